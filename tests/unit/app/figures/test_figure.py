"""A figure has an equal margin around what is drawn, and its caption below."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage

from cnn_tutor.app.figures import formats
from cnn_tutor.app.figures.figure import MARGIN, Figure
from cnn_tutor.app.figures.stage import Stage
from cnn_tutor.study.boards.views import CELLS
from cnn_tutor.widgets.style.colours import LIGHT
from tests.unit.app.figures.sources import source


@pytest.fixture
def stage(window):
    stage = Stage(source(window, "convolution"), CELLS, LIGHT)
    yield stage
    stage.close()


def margins(picture: QImage) -> tuple[int, int, int, int]:
    """Return how many rows and columns are empty: at the top, below, at the left and right."""
    pixels = np.frombuffer(bytes(picture.constBits()), np.uint32)
    differs = pixels.reshape(picture.height(), picture.width()) != pixels[0]
    rows, columns = np.flatnonzero(differs.any(1)), np.flatnonzero(differs.any(0))
    height, width = differs.shape
    return rows[0], height - 1 - rows[-1], columns[0], width - 1 - columns[-1]


def test_the_margin_is_the_same_on_all_sides(stage) -> None:
    figure = Figure(stage, stage.bounds(), "", transparent=False)
    assert set(margins(formats.image(figure, 1))) == {MARGIN}


def test_a_caption_makes_it_higher_and_leaves_the_board_as_it_is(stage) -> None:
    bounds = stage.bounds()
    bare, said = (Figure(stage, bounds, text, False) for text in ("", "What is seen."))
    assert said.size.width() == bare.size.width()
    assert said.size.height() > bare.size.height()
    place = QRect(QPoint(MARGIN, MARGIN), bounds.size())
    assert formats.image(said, 1).copy(place) == formats.image(bare, 1).copy(place)


def test_a_long_caption_is_wrapped(stage) -> None:
    bounds = stage.bounds()
    short, long = (Figure(stage, bounds, "word " * n, False) for n in (3, 120))
    assert long.size.width() == short.size.width()
    assert long.size.height() > short.size.height() + 40


@pytest.mark.parametrize("transparent", [True, False])
def test_it_stands_on_the_ground_of_its_theme_or_on_none(stage, transparent) -> None:
    figure = Figure(stage, stage.bounds(), "", transparent)
    corner = formats.image(figure, 1).pixelColor(2, 2)
    assert corner.alpha() == (0 if transparent else 255)
    assert transparent or corner == QColor(LIGHT.background)
