"""Going through a grid, choosing its cells and typing numbers into it, as into a spreadsheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.engine.window import Pair
from cnn_tutor.widgets.grids.tensor_model import NO_PADS
from tests.helpers.widgets import CTRL, NONE, SHIFT, Key, Sheet, focused, press, sheet

RING = ((1, 1), (1, 1))


@pytest.mark.parametrize(("pads", "first"), [(NO_PADS, (0, 0)), (RING, (1, 1))])
def test_tab_goes_over_all_cells_that_are_no_padding_and_leaves_after_the_last(
    qtbot: QtBot, pads: tuple[Pair, Pair], first: tuple[int, int]
) -> None:
    paper = sheet(qtbot, [[1, 2], [3, 4]], pads=pads)
    seen = []
    for _ in range(4):
        seen.append(paper.at)
        paper.press(Key.Key_Tab)
    top, left = first
    assert seen == [(top, left), (top, left + 1), (top + 1, left), (top + 1, left + 1)]
    assert focused().objectName() == "after"
    assert not paper.edits


def test_shift_tab_goes_back_and_leaves_before_the_first_cell(qtbot: QtBot) -> None:
    paper = sheet(qtbot, [[1, 2], [3, 4]])
    paper.press(Key.Key_Down)
    paper.press(Key.Key_Backtab, modifiers=SHIFT)
    assert paper.at == (0, 1)
    assert paper.selected == {(0, 1)}
    paper.press(Key.Key_Backtab, Key.Key_Backtab, modifiers=SHIFT)
    assert focused().objectName() == "before"


@pytest.mark.parametrize(
    ("key", "end"),
    [
        (Key.Key_Left, (2, 1)),
        (Key.Key_Right, (2, 3)),
        (Key.Key_Up, (1, 2)),
        (Key.Key_Down, (3, 2)),
        (Key.Key_Home, (2, 1)),
        (Key.Key_End, (2, 3)),
        (Key.Key_PageUp, (1, 2)),
        (Key.Key_PageDown, (3, 2)),
    ],
)
def test_no_key_leads_into_the_padding(qtbot: QtBot, key: Key, end: tuple[int, int]) -> None:
    paper = sheet(qtbot, pads=RING)
    pinned: list[tuple[int, int]] = []
    paper.grid.pinned.connect(pinned.append)
    paper.press(Key.Key_Right, Key.Key_Down)
    assert pinned == [(1, 2), (2, 2)]
    paper.press(key, key, key)
    assert paper.at == pinned[-1] == end


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_makes_the_chosen_cells_0_at_once(paper: Sheet, key: Key) -> None:
    paper.press(Key.Key_Right, modifiers=SHIFT)
    assert paper.selected == {(0, 0), (0, 1)}
    paper.press(key)
    assert paper.edits == [({(0, 0, 0): 0.0, (0, 1, 0): 0.0}, 0)]
    paper.press(Key.Key_Right)
    assert paper.selected == {(0, 2)}


@pytest.mark.parametrize(("key", "change"), [(Key.Key_Up, 1), (Key.Key_Down, -1)])
def test_control_and_arrows_change_the_chosen_cells_by_1(
    qtbot: QtBot, paper: Sheet, key: Key, change: int
) -> None:
    press(qtbot, Key.Key_Backtab, modifiers=SHIFT)
    press(qtbot, Key.Key_Tab)
    assert focused() is paper.grid
    paper.press(key, key, modifiers=CTRL)  # on the cell that Tab came to
    assert [row[0] for row in paper.rows] == [1 + 2 * change, 4, 7]
    paper.press(Key.Key_Down, modifiers=SHIFT)
    paper.press(key, modifiers=CTRL)
    assert [row[0] for row in paper.rows] == [1 + 3 * change, 4 + change, 7]
    assert len(paper.edits) == 3


@pytest.mark.parametrize("pads", [NO_PADS, ((2, 2), (2, 2))])
def test_the_keyboard_keeps_a_cell_when_another_tensor_is_shown(
    qtbot: QtBot, pads: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    paper = sheet(qtbot, [[1, 2], [3, 4]], pads=RING)
    paper.press(Key.Key_Down)
    paper.grid.tensor_model.show(paper.tensor, (0,), pads)
    assert focused() is paper.grid
    paper.type("9")
    paper.press(Key.Key_Tab)
    assert len(paper.edits) == 1


def test_a_read_only_grid_writes_nothing(qtbot: QtBot) -> None:
    paper = sheet(qtbot, editable=False)
    QApplication.clipboard().setText("5")
    paper.type("7x")
    paper.press(Key.Key_F2, Key.Key_Return, Key.Key_Delete, Key.Key_Backspace)
    paper.press(Key.Key_Up, Key.Key_Down, Key.Key_V, Key.Key_X, modifiers=CTRL)
    assert paper.editor is None
    assert not paper.edits
    # What is typed is answered: these cells are computed.
    assert {why.reason for _, _, why in paper.refusals} == {"computed_cell"}


@pytest.mark.parametrize(
    ("key", "modifiers", "end"),
    [(Key.Key_Tab, CTRL, "after"), (Key.Key_Backtab, CTRL | SHIFT, "before")],
)
def test_control_and_tab_leave_the_grid_at_once(
    qtbot: QtBot, paper: Sheet, key: Key, modifiers: Qt.KeyboardModifier, end: str
) -> None:
    paper.click(1, 1)
    press(qtbot, key, modifiers=modifiers)
    assert focused().objectName() == end


def test_f2_opens_the_cell_with_its_number(qtbot: QtBot) -> None:
    paper = sheet(qtbot, [[1 / 3, -2.5]], pads=RING)
    paper.press(Key.Key_F2, Key.Key_Tab)
    assert not paper.edits  # it was only opened, and has more digits than are shown
    paper.press(Key.Key_F2)
    assert paper.editor is not None
    assert paper.editor.text() == "-2.5"
    paper.press(Key.Key_End, Key.Key_Backspace)
    paper.type("7")
    paper.press(Key.Key_Return)
    assert paper.rows == [[1 / 3, -2.7]]
    assert paper.at == (1, 2)  # there is no row below
    paper.type("5")
    paper.press(Key.Key_Tab)
    assert paper.rows == [[1 / 3, 5]]
    paper.press(Key.Key_Tab)
    assert focused().objectName() == "after"


@pytest.mark.parametrize("key", [Key.Key_F2, Key.Key_5])
def test_escape_keeps_the_old_number_and_the_place(paper: Sheet, key: Key) -> None:
    paper.press(key)
    paper.type("88")
    paper.press(Key.Key_Escape)
    assert not paper.edits
    assert paper.at == (0, 0)
    assert focused() is paper.grid


@pytest.mark.parametrize(("text", "reason"), [("x", "not_a_number"), ("1000001", "number_limit")])
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab])
def test_nonsense_is_refused_and_the_keyboard_stays_on_its_cell(
    paper: Sheet, text: str, reason: str, key: Key
) -> None:
    paper.press(Key.Key_Right)
    paper.type(text)
    paper.press(key)
    assert [(r, c, why.reason) for r, c, why in paper.refusals] == [(0, 1, reason)]
    assert not paper.edits
    assert paper.at == (0, 1)
    assert focused() is paper.grid
    paper.type("7")
    paper.press(Key.Key_Tab)
    assert paper.rows[0] == [1, 7, 3]
    assert paper.at == (0, 2)


@pytest.mark.parametrize(("text", "number"), [("１２．５", 12.5), ("−3", -3), ("1/4", 0.25)])
def test_numbers_are_typed_as_people_write_them(paper: Sheet, text: str, number: float) -> None:
    paper.type(text)
    paper.press(Key.Key_Tab)
    assert paper.rows[0][0] == number


@pytest.mark.parametrize("composed", [("１", "１２"), ()])
def test_a_number_comes_from_an_input_method(paper: Sheet, composed: tuple[str, ...]) -> None:
    commit = QInputMethodEvent()
    commit.setCommitString("１２")
    for event in (*(QInputMethodEvent(text, []) for text in composed), commit):
        QApplication.sendEvent(focused(), event)
    assert paper.editor is not None
    paper.press(Key.Key_Tab)
    assert paper.rows[0][0] == 12


@pytest.mark.parametrize("text", ["12", ""])
@pytest.mark.parametrize(
    ("key", "held", "end"),
    [
        (Key.Key_Return, NONE, (2, 1)),
        (Key.Key_Enter, SHIFT, (0, 1)),
        (Key.Key_Tab, NONE, (1, 2)),
        (Key.Key_Backtab, SHIFT, (1, 0)),
    ],
)
def test_a_key_ends_the_typing_if_there_was_any_and_moves_on(
    paper: Sheet, text: str, key: Key, held: Qt.KeyboardModifier, end: tuple[int, int]
) -> None:
    paper.click(1, 1)
    paper.type(text)
    assert paper.rows[1][1] == 5
    paper.press(key, modifiers=held)
    assert paper.edits == ([({(1, 1, 0): 12.0}, 0)] if text else [])
    assert (paper.at, paper.selected) == (end, {end})
    assert focused() is paper.grid


@pytest.mark.parametrize("end", [Key.Key_Tab, Key.Key_Return])
def test_a_vector_is_typed_down_its_column(qtbot: QtBot, end: Key) -> None:
    paper = sheet(qtbot, [1, 2, 3])
    for digit in "456":
        paper.type(digit)
        paper.press(end)
    assert [cells for cells, _ in paper.edits] == [{(0,): 4.0}, {(1,): 5.0}, {(2,): 6.0}]
    assert paper.at == (2, 0)
