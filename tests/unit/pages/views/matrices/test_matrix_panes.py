"""Where the matrices of a product stand, and how they scroll together."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.style import language
from cnn_tutor.pages.views.matrices.matrix_view import MatrixView
from cnn_tutor.project.project import Project
from cnn_tutor.study.boards.presets import presets
from tests.unit.pages.bench import bench
from tests.unit.pages.views.matrices.test_matrix_view import dense, large, small


def im2col() -> Project:
    return presets()["im2col"].project()


ROOMS = [
    *((make, size) for make in (small, large, dense) for size in ((716, 480), (1350, 850))),
    *((make, (350, 480)) for make in (small, dense)),
    *((im2col, (width, 494)) for width in (716, 760, 932)),
]


@pytest.mark.parametrize("spoken", ["ja", "en"])
@pytest.mark.parametrize(("make", "size"), ROOMS)
def test_nothing_lies_over_anything_else(qtbot, make, size, spoken) -> None:
    language.apply(spoken)
    at = bench(qtbot, MatrixView, make(), size=size)
    parts = [w for w in at.view.children() if w.isWidgetType() and w.isVisible()]
    for n, one in enumerate(parts):
        assert at.view.rect().contains(one.geometry()), one
        for other in parts[n + 1 :]:
            common = one.geometry() & other.geometry()
            assert min(common.width(), common.height()) <= 1, (one, other, common)


@pytest.mark.parametrize("spoken", ["ja", "en"])
def test_the_patches_have_the_room_that_the_others_leave(qtbot, spoken) -> None:
    language.apply(spoken)
    at = bench(qtbot, MatrixView, im2col(), size=(738, 516))
    patches, filters, output = (at.grid(port) for port in ("x", "kernel", "output"))
    assert at.view.width() == 716
    between = (patches, filters), (filters, output)
    for left, right in between:
        assert right.x() - left.geometry().right() < 60
    assert at.view.width() - output.geometry().right() < 12
    assert patches.viewport().width() // patches.cell_size()[0] >= 12  # in wide letters, too


def test_a_large_product_scrolls_to_the_highlight(qtbot) -> None:
    at = bench(qtbot, MatrixView, large(), size=(716, 480))
    at.playback.point_at((20, 20, 5))
    QApplication.processEvents()
    row = 20 * 28 + 20
    for port, cell in (("x", (row, 0)), ("output", (row, 5)), ("kernel", (0, 5))):
        grid = at.grid(port)
        assert grid.viewport().rect().contains(at.centre(port, *cell)), port
    assert at.grid("x").verticalScrollBar().value() == at.grid("output").verticalScrollBar().value()
    # What is pointed at must not run away under the pointer.
    top = at.grid("x").verticalScrollBar().value()
    at.hover("x", row - 3, 0)
    assert at.grid("x").verticalScrollBar().value() == top
