"""What the menu of a cell does to the work: each choice is undone at once, and nothing is told."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from cnn_tutor.study.boards.views import MATRICES
from cnn_tutor.widgets.grids.cell_menu import CellMenu
from tests.helpers.widgets import OFFSCREEN

pytestmark = OFFSCREEN


def menu(grid, row: int, column: int) -> CellMenu:
    """Go to a cell and open its menu as the keyboard does."""
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(row, column))
    grid._open_menu()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, CellMenu)
    return popup


def choose(opened: CellMenu, *way: str) -> None:
    at, passed = opened, []
    for text in way:
        action = next(a for a in at.actions() if a.text() == text)
        passed.append(action)  # PySide6 6.8.3 lets go of a menu with the action that named it
        assert action.isEnabled()
        at = action.menu() or at
    action.trigger()
    opened.close()


@pytest.mark.parametrize("way", [("1",), ("Pattern", "Checkerboard")])
def test_each_fill_is_one_step_back_with_a_name(drive, way: tuple[str, ...]) -> None:
    lab = drive()
    before, stack = lab.read("x"), lab.document.undo_stack
    lab.grid("x").setFocus()
    lab.grid("x").selectAll()
    popup = lab.grid("x").cell_menu((0, 0))
    choose(popup, "Fill", *way)
    assert lab.read("x") != before
    assert stack.count() == 1
    assert stack.undoText() == "Change cells: Input"
    stack.undo()
    assert lab.read("x") == before


def test_why_goes_to_an_output_cell_and_highlights_what_an_input_reaches(drive) -> None:
    lab = drive()
    choose(menu(lab.grid("output"), 0, 1), "Why this number?")
    assert lab.lab.playback.at == (0, 1, 0)
    assert "= 0" in lab.part("formula").toPlainText()
    choose(menu(lab.grid("x"), 2, 2), "Why this number?")
    assert lab.lab.state.highlight.port == "x"
    assert lab.lab.state.highlight.at == (2, 2, 0)


def test_a_matrix_is_filled_and_copied_as_a_picture_as_well(drive) -> None:
    lab = drive()
    lab.lab.state.show_view(MATRICES)
    kernel = lab.lab.views.view._panes.grids["kernel"]
    kernel.selectAll()
    choose(kernel.cell_menu((0, 0)), "Fill", "0")
    assert not lab.document.project.network.nodes[0].tensors["kernel"].any()
    choose(menu(kernel, 0, 0), "Copy as picture")
    picture = QGuiApplication.clipboard().image()
    width, height = kernel.cell_size()
    assert picture.size().toTuple() == (2 * width, 2 * 9 * height)
