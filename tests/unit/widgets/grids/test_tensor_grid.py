"""Going through a grid of numbers and choosing cells with the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.grids.tensor_model import NO_PADS
from tests.helpers.widgets import CTRL, NONE, SHIFT, Key, focused, press, sheet

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


def test_shift_enter_moves_up_and_chooses_that_cell_alone(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
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


def test_shift_tab_skips_the_padding_at_the_start_of_a_row(qtbot: QtBot) -> None:
    paper = sheet(qtbot, [[1, 2], [3, 4]], pads=RING)
    paper.press(Key.Key_Down)
    assert paper.at == (2, 1)
    paper.press(Key.Key_Backtab, modifiers=SHIFT)
    assert paper.at == (1, 2)


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
def test_delete_makes_the_chosen_cells_0_at_once(qtbot: QtBot, key: Key) -> None:
    paper = sheet(qtbot)
    paper.press(Key.Key_Right, modifiers=SHIFT)
    paper.press(key)
    assert paper.edits == [({(0, 0, 0): 0.0, (0, 1, 0): 0.0}, 0)]
    assert paper.rows[0] == [0, 0, 3]


@pytest.mark.parametrize(
    ("key", "modifiers", "number"),
    [(Key.Key_Up, CTRL, 2), (Key.Key_Down, CTRL, 0), (Key.Key_Delete, NONE, 0)],
)
def test_keys_work_on_the_cell_that_tab_came_to(
    qtbot: QtBot, key: Key, modifiers: Qt.KeyboardModifier, number: float
) -> None:
    paper = sheet(qtbot)
    press(qtbot, Key.Key_Backtab, modifiers=SHIFT)
    press(qtbot, Key.Key_Tab)
    assert focused() is paper.grid
    paper.press(key, modifiers=modifiers)
    assert paper.rows[0][0] == number


def test_control_up_and_down_change_the_chosen_cells_by_1(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    paper.press(Key.Key_Down)
    paper.press(Key.Key_Up, Key.Key_Up, modifiers=CTRL)
    assert [row[0] for row in paper.rows] == [1, 6, 7]
    paper.press(Key.Key_Down, modifiers=SHIFT)
    paper.press(Key.Key_Down, modifiers=CTRL)
    assert [row[0] for row in paper.rows] == [1, 5, 6]
    assert paper.at == (2, 0)
    assert len(paper.edits) == 3


def test_shift_and_arrows_choose_a_block(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
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
    qtbot: QtBot, key: Key, modifiers: Qt.KeyboardModifier, end: str
) -> None:
    paper = sheet(qtbot)
    paper.click(1, 1)
    press(qtbot, key, modifiers=modifiers)
    assert focused().objectName() == end


def test_arrows_announce_each_cell_they_come_to(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    pinned: list[tuple[int, int]] = []
    paper.grid.pinned.connect(pinned.append)
    paper.press(Key.Key_Right, Key.Key_Down, Key.Key_Tab)
    assert pinned == [(0, 1), (1, 1), (1, 2)]
