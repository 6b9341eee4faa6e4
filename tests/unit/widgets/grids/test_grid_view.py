"""The base of every grid: cells of one size, marks that cost only the cells they change."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QRect
from PySide6.QtGui import QPainter, QRegion
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.plain_cells import PlainCells
from tests.helpers.widgets import CTRL, SHIFT, Key, Sheet, sheet

RING = ((1, 1), (1, 1))


class Painted:
    """The cells that a grid has painted since it was asked last."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._cells: list[tuple[int, int]] = []
        paint = PlainCells.paint

        def noted(cells: PlainCells, painter: QPainter, region: QRegion) -> None:
            for part in region:
                self._cells += itertools.product(*cells._grid.cells_in(part))
            paint(cells, painter, region)

        monkeypatch.setattr(PlainCells, "paint", noted)

    def settle(self, paper: Sheet) -> None:
        """Paint everything that waits to be painted, and forget it."""
        paper.grid.viewport().repaint()
        paper.qtbot.waitUntil(lambda: bool(self._cells))
        self._cells.clear()

    def next(self, paper: Sheet) -> set[tuple[int, int]]:
        """Return the cells that are painted next."""
        paper.qtbot.waitUntil(lambda: bool(self._cells))
        cells, self._cells = set(self._cells), []
        return cells

    @property
    def nothing(self) -> bool:
        return not self._cells


def test_only_cells_whose_mark_outline_or_number_changes_are_painted_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted = Painted(monkeypatch)
    paper = sheet(qtbot, np.ones((5, 5)), pads=RING)
    paper.grid.set_marks({(1, 1): Mark.READ, (1, 2): Mark.READ, (3, 3): Mark.WRITTEN})
    painted.settle(paper)
    marks = {(1, 2): Mark.READ, (1, 3): Mark.READ, (3, 3): Mark.REACHED}
    paper.grid.set_marks(marks)
    assert painted.next(paper) == {(1, 1), (1, 2), (1, 3), (3, 3)}
    paper.grid.set_marks(marks)
    paper.write({(2, 3, 0): 7.0}, 0)
    assert painted.next(paper) == {(3, 4)}
    assert painted.nothing


def test_a_block_that_is_let_go_is_wholly_painted_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted = Painted(monkeypatch)
    paper = sheet(qtbot, np.ones((5, 5)))
    paper.press(Key.Key_Right, Key.Key_Down, modifiers=SHIFT)
    painted.settle(paper)
    paper.click(1, 1)
    assert painted.next(paper) >= {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_large_block_is_painted_without_asking_for_all_of_it_at_each_cell(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = sheet(qtbot, np.ones((30, 30)), cell=(12, 12))
    asked: list[int] = []
    whole = QItemSelectionModel.selectedIndexes
    monkeypatch.setattr(
        QItemSelectionModel, "selectedIndexes", lambda model: asked.append(1) or whole(model)
    )
    paper.press(Key.Key_A, modifiers=CTRL)
    painted = Painted(monkeypatch)
    painted.settle(paper)
    assert len(asked) < 50


def test_marks_are_kept_and_taken_back(qtbot: QtBot) -> None:
    grid = sheet(qtbot).grid
    marks = {(0, 0): Mark.READ | Mark.ACTIVE}
    grid.set_marks(marks)
    marks[1, 1] = Mark.READ
    assert grid.mark(0, 0) == Mark.READ | Mark.ACTIVE
    assert grid.mark(1, 1) == Mark.NONE
    grid.set_marks({(9, 9): Mark.READ, (-1, 0): Mark.READ})  # beyond it they do no harm
    grid.set_marks({})
    assert grid.mark(0, 0) == grid.mark(9, 9) == Mark.NONE


def test_every_cell_has_the_size_that_was_set(qtbot: QtBot) -> None:
    grid = sheet(qtbot, np.ones((3, 4))).grid
    for width, height in ((33, 21), (5, 4)):
        grid.set_cell_size(width, height)
        assert grid.cell_size() == (width, height)
        for row, column in np.ndindex(3, 4):
            place = QRect(width * column, height * row, width, height)
            assert grid.cell_rect(row, column) == place


def test_the_place_of_a_cell_follows_the_scrolling(qtbot: QtBot) -> None:
    paper = sheet(qtbot, np.ones((40, 2)))
    assert paper.grid.cell_rect(39, 0).top() == 39 * 40
    paper.press(*[Key.Key_PageDown] * 40)
    assert paper.at == (39, 0)
    assert paper.grid.rect().contains(paper.grid.cell_rect(39, 0))
    assert paper.grid.cell_rect(0, 0).top() < 0


def test_the_program_can_move_the_keyboard_without_pinning(qtbot: QtBot, paper: Sheet) -> None:
    with qtbot.assertNotEmitted(paper.grid.pinned):
        paper.grid.go_to(2, 1)
    assert (paper.at, paper.selected) == ((2, 1), {(2, 1)})
    here = paper.grid.currentIndex()
    assert paper.grid.has_cursor(here)
    paper.press(Key.Key_Backtab, modifiers=CTRL | SHIFT)
    assert not paper.grid.has_cursor(here)
