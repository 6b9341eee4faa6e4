"""Figures are written whole or not at all, and copied in several forms at once."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from cnn_tutor.app.figures.export import SERIES, Order, clipping, still, write_figure
from cnn_tutor.app.figures.stage import Stage
from cnn_tutor.project.file import FileError
from cnn_tutor.study.boards.views import CELLS
from cnn_tutor.widgets.style.colours import LIGHT
from tests.unit.app.figures.sources import source

STARTS = {
    "png": b"\x89PNG",
    "svg": b"<?xml",
    "pdf": b"%PDF",
    "gif": b"GIF89a",
    "webp": b"RIFF",
}


@pytest.fixture
def stage(window):
    stage = Stage(source(window, "convolution"), CELLS, LIGHT)
    yield stage
    stage.close()


@pytest.mark.parametrize("kind", STARTS)
def test_a_figure_is_written_in_every_kind(stage, tmp_path, kind) -> None:
    path = tmp_path / f"figure.{kind}"
    write_figure(str(path), stage, Order(kind, 1))
    assert path.read_bytes().startswith(STARTS[kind])


def test_a_series_is_a_picture_for_each_step(stage, tmp_path) -> None:
    shares: list[float] = []
    write_figure(str(tmp_path / "board.png"), stage, Order(SERIES, 1, last=3), shares.append)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["board-1.png", "board-2.png", "board-3.png"]
    first, second, _ = (QImage(str(tmp_path / name)) for name in names)
    assert first.size() == second.size()
    assert first != second
    assert len(shares) == 3


@pytest.mark.parametrize("kind", [*STARTS, SERIES])
def test_a_folder_that_is_not_there_is_said(stage, tmp_path, kind) -> None:
    with pytest.raises(FileError) as error:
        write_figure(str(tmp_path / "no" / "figure.png"), stage, Order(kind, 1, last=1))
    assert error.value.reason == "export_failed"


def test_a_gif_has_a_ground_even_if_none_is_wanted(stage, tmp_path) -> None:
    for kind in ("gif", "webp"):
        path = tmp_path / f"figure.{kind}"
        write_figure(str(path), stage, Order(kind, 1, transparent=True, last=1))
        corner = QImage(str(path)).pixelColor(2, 2) if kind == "gif" else None
        assert corner is None or corner.alpha() == 255


def test_what_is_copied_is_pixels_svg_and_pdf(stage) -> None:
    order = Order("png", 3)
    data = clipping(stage, order)
    assert data.hasImage()
    assert data.imageData().size() == still(stage, order).size * 3
    assert b"<text" in bytes(data.data("image/svg+xml").data())
    assert bytes(data.data("application/pdf").data()).startswith(b"%PDF")
