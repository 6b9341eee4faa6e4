"""Typing numbers into a grid, as into a spreadsheet."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.study.numbers import AmbiguousNumber, NotANumber
from tests.helpers.widgets import SHIFT, Key, focused, sheet

RING = ((1, 1), (1, 1))


def test_typing_a_number_and_enter_writes_it_and_moves_down(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    paper.type("12")
    assert paper.rows[0][0] == 1
    paper.press(Key.Key_Return)
    assert paper.edits == [({(0, 0, 0): 12.0}, 0)]
    assert paper.rows[0] == [12, 2, 3]
    assert paper.at == (1, 0)
    assert focused() is paper.grid


def test_shift_and_enter_after_typing_move_up(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    paper.press(Key.Key_Down)
    paper.type("12")
    paper.press(Key.Key_Return, modifiers=SHIFT)
    assert paper.rows[1][0] == 12
    assert paper.at == (0, 0)


def test_a_column_is_typed_with_enter(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    for digit in "456":
        paper.type(digit)
        paper.press(Key.Key_Enter)
    assert [row[0] for row in paper.rows] == [4, 5, 6]
    assert paper.at == (2, 0)


def test_a_row_is_typed_with_tab(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    for digit in "7890":
        paper.type(digit)
        paper.press(Key.Key_Tab)
    assert paper.rows == [[7, 8, 9], [0, 5, 6], [7, 8, 9]]
    assert len(paper.edits) == 4
    assert paper.at == (1, 1)


def test_shift_and_tab_after_typing_go_back(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
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
def test_escape_keeps_the_old_number_and_the_place(qtbot: QtBot, key: Key) -> None:
    paper = sheet(qtbot)
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
    qtbot: QtBot, text: str, key: Key
) -> None:
    paper = sheet(qtbot)
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


def test_a_number_that_can_be_read_in_two_ways_is_refused(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    paper.type("1,000")
    paper.press(Key.Key_Tab)
    assert isinstance(paper.refusals[0][2], AmbiguousNumber)
    assert not paper.edits


@pytest.mark.parametrize(
    ("text", "number"), [("１２．５", 12.5), ("−3", -3), ("－３", -3), ("1/4", 0.25), ("0,5", 0.5)]
)
def test_numbers_are_typed_as_people_write_them(qtbot: QtBot, text: str, number: float) -> None:
    paper = sheet(qtbot)
    paper.type(text)
    paper.press(Key.Key_Tab)
    assert paper.rows[0][0] == number


def test_a_number_comes_from_an_input_method(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
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


def test_what_an_input_method_commits_at_once_is_taken(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    commit = QInputMethodEvent()
    commit.setCommitString("４２")
    QApplication.sendEvent(focused(), commit)
    assert paper.editor is not None
    paper.press(Key.Key_Tab)
    assert paper.rows[0][0] == 42


def test_a_number_over_the_limit_is_refused_and_the_keyboard_stays(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    paper.type("1000001")
    paper.press(Key.Key_Return)
    assert not paper.edits
    assert [why.reason for _, _, why in paper.refusals] == ["number_limit"]
    assert paper.at == (0, 0)
