"""Cells that are painted all at once look just as if each had been painted by itself."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QRect
from PySide6.QtGui import QImage, QPainter, QPen, QRegion
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.engine.arrays import Array
from cnn_tutor.widgets.grids import cell_delegate, plain_cells
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.matrix_grid import MatrixGrid
from cnn_tutor.widgets.grids.plain_cells import PlainCells
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import Shading

RING = ((1, 2), (2, 1))
NUMBERS = np.arange(48.0).reshape(6, 8) - 20.25


@pytest.fixture(autouse=True)
def _solid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw all lines solid: where a dash begins is the one thing that may differ."""

    def pen(ink: str, dashed: bool) -> QPen:
        return QPen(colours.colour(colours.current().dim if dashed else ink), 1)

    monkeypatch.setattr(cell_delegate, "line_pen", pen)
    monkeypatch.setattr(plain_cells, "line_pen", pen)


at_once = PlainCells.paint


def one_by_one(cells: PlainCells, painter: QPainter, region: QRegion) -> None:
    """Paint each cell by itself, as when only that one has changed."""
    grid = cells._grid
    rows, columns = grid.cells_in(region.boundingRect())
    for row, column in itertools.product(rows, columns):
        place = QRect(
            grid.columnViewportPosition(column),
            grid.rowViewportPosition(row),
            grid.columnWidth(column),
            grid.rowHeight(row),
        )
        painter.save()
        painter.setClipRect(place)
        at_once(cells, painter, QRegion(place))
        painter.restore()


def picture(grid: TensorGrid) -> QImage:
    return grid.viewport().grab().toImage()


def in_parts(cells: PlainCells, painter: QPainter, region: QRegion) -> None:
    """Paint what Qt asks for where several things have changed: parts that share cells."""
    whole = region.boundingRect()
    across = [QRect(x, whole.y(), 17, whole.height()) for x in range(0, whole.width(), 17)]
    for parts in (across[::2], across[1::2]):
        region = QRegion()
        for part in parts:
            region += part & whole
        painter.save()
        painter.setClipRegion(region)
        at_once(cells, painter, region)
        painter.restore()


def check(qtbot: QtBot, grid: TensorGrid, monkeypatch: pytest.MonkeyPatch) -> None:
    grid.viewport().repaint()
    quick = picture(grid)
    with monkeypatch.context() as patch:
        patch.setattr(PlainCells, "paint", one_by_one)
        slow = picture(grid)
        patch.setattr(PlainCells, "paint", in_parts)
        assert picture(grid) == quick
    assert quick == slow
    assert len({quick.pixel(x, quick.height() // 2) for x in range(quick.width())}) > 2


def tensor_grid(qtbot: QtBot, tone: str = "read", numbers: Array = NUMBERS, **more) -> TensorGrid:
    grid = TensorGrid(tone, editable=True)
    qtbot.addWidget(grid)
    grid.tensor_model.show(numbers, **more)
    grid.set_cell_size(34, 30)
    grid.resize(420, 300)
    grid.show()
    return grid


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("tone", ["read", "weight", "written"])
def test_plain_cells_and_padding(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, theme: str, tone: str
) -> None:
    appearance.apply(theme)
    check(qtbot, tensor_grid(qtbot, tone, pads=RING), monkeypatch)
    check(qtbot, tensor_grid(qtbot, tone), monkeypatch)
    check(qtbot, tensor_grid(qtbot, tone, numbers=NUMBERS[0]), monkeypatch)


def test_cells_that_stand_out_in_a_grid_that_is_scrolled(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = np.arange(900.0).reshape(30, 30)
    grid = tensor_grid(qtbot, numbers=numbers, pads=RING)
    marks = [Mark.READ, Mark.WEIGHT, Mark.WRITTEN, Mark.REACHED, Mark.READ | Mark.ACTIVE]
    grid.set_marks({(n, n + 1): mark for n, mark in enumerate(marks)})
    check(qtbot, grid, monkeypatch)
    grid.set_reads([(0, 1), (0, 2), (1, 1), (1, 2)])
    check(qtbot, grid, monkeypatch)
    grid.set_marks(dict.fromkeys(grid.reads, Mark.READ))
    check(qtbot, grid, monkeypatch)
    grid.set_slide(QPoint(20, 9))
    check(qtbot, grid, monkeypatch)
    grid.set_slide(QPoint())
    grid.set_marks({(n, n + 1): mark for n, mark in enumerate(marks)})
    grid.horizontalScrollBar().setValue(50)
    grid.verticalScrollBar().setValue(77)
    check(qtbot, grid, monkeypatch)
    before = picture(grid)
    numbers[4, 5] = -99
    grid.update_cell(5, 7)
    qtbot.waitUntil(lambda: picture(grid) != before)
    check(qtbot, grid, monkeypatch)
    grid.set_shading(Shading(30.0))
    check(qtbot, grid, monkeypatch)
    grid.set_shading(Shading(30.0, strong=True))
    check(qtbot, grid, monkeypatch)


def test_the_keyboard_s_cell_and_a_block(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    grid = tensor_grid(qtbot)
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    check(qtbot, grid, monkeypatch)
    select = QItemSelectionModel.SelectionFlag.Select
    for row, column in itertools.product(range(1, 4), range(2, 5)):
        grid.selectionModel().select(grid.model().index(row, column), select)
    check(qtbot, grid, monkeypatch)
    assert grid.chosen(range(2), range(8)) == {(0, 0), (1, 2), (1, 3), (1, 4)}


def test_a_matrix_with_names_and_padding(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    grid = MatrixGrid("read", editable=True)
    qtbot.addWidget(grid)
    places = np.indices((6, 8)).transpose(1, 2, 0) - (1, 2)  # some of them outside
    grid.matrix_model.show_matrix(NUMBERS, places)
    grid.matrix_model.set_labels("x", list("abcdef"), list("ghijklmn"))
    grid.set_cell_size(34, 30)
    grid.set_headers(40, 20)
    grid.resize(420, 300)
    grid.show()
    assert grid.viewport().pos().toTuple() == (40, 20)
    check(qtbot, grid, monkeypatch)
    grid.set_marks({(2, 3): Mark.READ})
    check(qtbot, grid, monkeypatch)


def test_only_what_is_in_sight_is_asked_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    grid = tensor_grid(qtbot, numbers=np.arange(8192.0))
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    grid.selectAll()
    seen: list[int] = []
    number = grid.tensor_model.number
    monkeypatch.setattr(
        grid.tensor_model, "number", lambda r, c: seen.append(r) or number(r, c), raising=True
    )
    picture(grid)
    assert seen
    assert max(seen) < 20
    assert len(grid.chosen(range(10), range(1))) == 10
