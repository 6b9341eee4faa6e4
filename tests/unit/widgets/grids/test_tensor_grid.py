"""Going through a grid, choosing its cells and typing numbers into it, as into a spreadsheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.study.numbers import NotANumber
from cnn_tutor.widgets.grids.tensor_model import NO_PADS
from tests.helpers.widgets import CTRL, NONE, SHIFT, Key, Sheet, focused, press, sheet

RING = ((1, 1), (1, 1))


def test_the_keyboard_starts_on_the_first_cell_that_can_be_edited(qtbot: QtBot) -> None:
    assert sheet(qtbot).at == (0, 0)
    assert sheet(qtbot, pads=((2, 0), (1, 0))).at == (2, 1)


def test_tab_goes_on_in_the_next_row_and_leaves_after_the_last_cell(qtbot: QtBot) -> None:
    paper = sheet(qtbot, [[1, 2], [3, 4]])
    seen = []
    for _ in range(4):
        seen.append(paper.at)
        paper.press(Key.Key_Tab)
    assert seen == [(0, 0), (0, 1), (1, 0), (1, 1)]
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


def test_shift_enter_moves_up_and_chooses_that_cell_alone(paper: Sheet) -> None:
    paper.press(Key.Key_Down, Key.Key_Down)
    paper.press(Key.Key_Return, modifiers=SHIFT)
    assert paper.at == (1, 0)
    assert paper.selected == {(1, 0)}


def test_tab_skips_the_padding_at_the_end_of_a_row(qtbot: QtBot) -> None:
    paper = sheet(qtbot, [[1, 2], [3, 4]], pads=RING)
    seen = []
    for _ in range(4):
        seen.append(paper.at)
        paper.press(Key.Key_Tab)
    assert seen == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert focused().objectName() == "after"


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
    paper.press(Key.Key_Right, Key.Key_Down)
    assert paper.at == (2, 2)
    paper.press(key, key, key)
    assert paper.at == end


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_makes_the_chosen_cells_0_at_once(paper: Sheet, key: Key) -> None:
    paper.press(Key.Key_Right, modifiers=SHIFT)
    paper.press(key)
    assert paper.edits == [({(0, 0, 0): 0.0, (0, 1, 0): 0.0}, 0)]
    assert paper.rows[0] == [0, 0, 3]


@pytest.mark.parametrize(
    ("key", "modifiers", "number"),
    [(Key.Key_Up, CTRL, 2), (Key.Key_Down, CTRL, 0), (Key.Key_Delete, NONE, 0)],
)
def test_keys_work_on_the_cell_that_tab_came_to(
    qtbot: QtBot, paper: Sheet, key: Key, modifiers: Qt.KeyboardModifier, number: float
) -> None:
    press(qtbot, Key.Key_Backtab, modifiers=SHIFT)
    press(qtbot, Key.Key_Tab)
    assert focused() is paper.grid
    paper.press(key, modifiers=modifiers)
    assert paper.rows[0][0] == number


def test_control_up_and_down_change_the_chosen_cells_by_1(paper: Sheet) -> None:
    paper.press(Key.Key_Down)
    paper.press(Key.Key_Up, Key.Key_Up, modifiers=CTRL)
    assert [row[0] for row in paper.rows] == [1, 6, 7]
    paper.press(Key.Key_Down, modifiers=SHIFT)
    paper.press(Key.Key_Down, modifiers=CTRL)
    assert [row[0] for row in paper.rows] == [1, 5, 6]
    assert paper.at == (2, 0)
    assert len(paper.edits) == 3


def test_shift_and_arrows_choose_a_block(paper: Sheet) -> None:
    paper.press(Key.Key_Right, Key.Key_Down, modifiers=SHIFT)
    assert paper.selected == {(0, 0), (0, 1), (1, 0), (1, 1)}
    paper.press(Key.Key_Right)
    assert len(paper.selected) == 1


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


def test_arrows_announce_each_cell_they_come_to(paper: Sheet) -> None:
    pinned: list[tuple[int, int]] = []
    paper.grid.pinned.connect(pinned.append)
    paper.press(Key.Key_Right, Key.Key_Down, Key.Key_Tab)
    assert pinned == [(0, 1), (1, 1), (1, 2)]


def test_typing_a_number_and_enter_writes_it_and_moves_down(paper: Sheet) -> None:
    paper.type("12")
    assert paper.rows[0][0] == 1
    paper.press(Key.Key_Return)
    assert paper.edits == [({(0, 0, 0): 12.0}, 0)]
    assert paper.rows[0] == [12, 2, 3]
    assert paper.at == (1, 0)
    assert focused() is paper.grid


def test_shift_and_enter_after_typing_move_up(paper: Sheet) -> None:
    paper.press(Key.Key_Down)
    paper.type("12")
    paper.press(Key.Key_Return, modifiers=SHIFT)
    assert paper.rows[1][0] == 12
    assert paper.at == (0, 0)


def test_a_column_is_typed_with_enter(paper: Sheet) -> None:
    for digit in "456":
        paper.type(digit)
        paper.press(Key.Key_Enter)
    assert [row[0] for row in paper.rows] == [4, 5, 6]
    assert paper.at == (2, 0)


def test_a_row_is_typed_with_tab(paper: Sheet) -> None:
    for digit in "7890":
        paper.type(digit)
        paper.press(Key.Key_Tab)
    assert paper.rows == [[7, 8, 9], [0, 5, 6], [7, 8, 9]]
    assert len(paper.edits) == 4
    assert paper.at == (1, 1)


def test_shift_and_tab_after_typing_go_back(paper: Sheet) -> None:
    paper.press(Key.Key_Right)
    paper.type("5")
    paper.press(Key.Key_Backtab, modifiers=SHIFT)
    assert paper.rows[0] == [1, 5, 3]
    assert (paper.at, paper.selected) == ((0, 0), {(0, 0)})


def test_tab_after_the_last_typed_number_does_not_lose_it(qtbot: QtBot) -> None:
    paper = sheet(qtbot, [[1, 2]])
    paper.press(Key.Key_Right)
    paper.type("5")
    paper.press(Key.Key_Tab)
    assert paper.rows == [[1, 5]]
    paper.press(Key.Key_Tab)
    assert focused().objectName() == "after"


def test_enter_in_the_last_row_of_a_padded_grid_stays(qtbot: QtBot) -> None:
    paper = sheet(qtbot, [[1], [2]], pads=RING)
    paper.type("5")
    paper.press(Key.Key_Return)
    paper.type("6")
    paper.press(Key.Key_Return)
    assert paper.rows == [[5], [6]]
    assert paper.at == (2, 1)


def test_f2_opens_the_cell_with_its_number(qtbot: QtBot) -> None:
    paper = sheet(qtbot, [[-2.5, 0]])
    paper.press(Key.Key_F2)
    assert paper.editor is not None
    assert paper.editor.text() == "-2.5"
    paper.press(Key.Key_End, Key.Key_Backspace)
    paper.type("7")
    paper.press(Key.Key_Tab)
    assert paper.rows == [[-2.7, 0]]


@pytest.mark.parametrize("key", [Key.Key_F2, Key.Key_5])
def test_escape_keeps_the_old_number_and_the_place(paper: Sheet, key: Key) -> None:
    paper.press(key)
    paper.type("88")
    paper.press(Key.Key_Escape)
    assert not paper.edits
    assert paper.at == (0, 0)
    assert focused() is paper.grid


def test_a_cell_that_was_only_opened_keeps_its_number_to_the_last_bit(qtbot: QtBot) -> None:
    paper = sheet(qtbot, [[1 / 3, 0]])
    paper.press(Key.Key_F2, Key.Key_Tab)
    assert paper.rows == [[1 / 3, 0]]


@pytest.mark.parametrize("text", ["abc", "-", "1/0", "1e999", "１２　３"])
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab])
def test_nonsense_is_refused_and_the_keyboard_stays_on_its_cell(
    paper: Sheet, text: str, key: Key
) -> None:
    paper.press(Key.Key_Right)
    paper.type(text)
    paper.press(key)
    assert [(r, c, type(why)) for r, c, why in paper.refusals] == [(0, 1, NotANumber)]
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


def test_a_number_comes_from_an_input_method(paper: Sheet) -> None:
    commit = QInputMethodEvent()
    commit.setCommitString("１２")
    for event in (QInputMethodEvent("１", []), QInputMethodEvent("１２", []), commit):
        QApplication.sendEvent(focused(), event)
    assert paper.editor is not None
    paper.press(Key.Key_Tab)
    assert paper.rows[0][0] == 12


@pytest.mark.parametrize("end", [Key.Key_Tab, Key.Key_Return])
def test_a_vector_is_typed_down_its_column(qtbot: QtBot, end: Key) -> None:
    paper = sheet(qtbot, [1, 2, 3])
    paper.press(Key.Key_Down)
    paper.type("5")
    paper.press(end)
    assert paper.edits == [({(1,): 5.0}, 0)]
    assert paper.at == (2, 0)


def test_what_an_input_method_commits_at_once_is_taken(paper: Sheet) -> None:
    commit = QInputMethodEvent()
    commit.setCommitString("４２")
    QApplication.sendEvent(focused(), commit)
    assert paper.editor is not None
    paper.press(Key.Key_Tab)
    assert paper.rows[0][0] == 42


def test_a_number_over_the_limit_is_refused_and_the_keyboard_stays(paper: Sheet) -> None:
    paper.type("1000001")
    paper.press(Key.Key_Return)
    assert not paper.edits
    assert [why.reason for _, _, why in paper.refusals] == ["number_limit"]
    assert paper.at == (0, 0)
