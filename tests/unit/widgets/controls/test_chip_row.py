"""A row of chips: which of them are in sight, and what chooses one."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.controls.chip_row import Chip, ChipRow
from tests.helpers.widgets import LEFT, Key, in_window, press, turn_wheel

CHIPS = [Chip("input", "Input", "8×8×1", fixed=True)]
CHIPS += [Chip(f"c{n}", f"Convolution {n}", "6×6×16") for n in range(9)]


@pytest.fixture
def row(qtbot: QtBot) -> ChipRow:
    made = ChipRow()
    in_window(qtbot, made, size=(500, 60))
    made.show_chips(CHIPS, "c0")
    made.chosen.connect(lambda key: made.show_chips(CHIPS, key))
    made.setFocus()
    return made


def seen(row: ChipRow) -> list[QWidget]:
    return [chip for chip in row.buttons() if chip.isVisible()]


def test_the_chosen_chip_is_in_sight_and_all_that_are_are_whole(qtbot: QtBot, row: ChipRow) -> None:
    for chip in CHIPS[1:]:
        (button,) = row.buttons(chip.key)
        assert button in seen(row)
        assert button.isChecked()
        assert all(b.width() >= b.sizeHint().width() for b in seen(row))
        assert all(row.rect().contains(b.geometry()) for b in seen(row))
        places = [b.geometry() for b in seen(row)]
        assert all(a.right() < b.left() for a, b in itertools.pairwise(places))
        press(qtbot, Key.Key_Right)
    assert row.more_before
    assert not row.more_after


def test_keys_and_clicks_choose_what_can_be_chosen(qtbot: QtBot, row: ChipRow) -> None:
    said: list[str] = []
    row.chosen.connect(said.append)
    press(qtbot, Key.Key_Left, Key.Key_End, Key.Key_Left, Key.Key_Home)
    assert said == ["c8", "c7", "c0"]
    for key in ("c1", "input"):
        qtbot.mouseClick(row.buttons(key)[0], LEFT)
    assert said[3:] == ["c1"]


def test_the_wheel_and_turning_look_along_the_row_without_choosing(row: ChipRow) -> None:
    first = seen(row)
    row.turn(2)
    assert seen(row) != first
    turn_wheel(row, QPoint(5, 5), 240)
    assert seen(row) == first
    row.look_at("c8")
    assert row.buttons("c8")[0] in seen(row)
    assert row.buttons("c0")[0].isChecked()


def test_only_the_chosen_chip_has_its_detail_where_room_is_short(row: ChipRow) -> None:
    chosen, other = (row.buttons(key)[0].sizeHint().width() for key in ("c0", "c1"))
    assert chosen > other + 20
    row.show_chips(CHIPS[:2], "c0")
    assert row.whole_width() <= row.width()
    row.show_chips(CHIPS[1:3], "c0")
    assert [button.sizeHint().width() for button in row.buttons()] == [chosen, chosen]


@pytest.mark.parametrize("width", [90, 130, 200])
def test_a_chip_without_room_for_its_detail_goes_without_and_is_not_cut(
    row: ChipRow, width: int
) -> None:
    row.window().resize(width, 60)
    row.resize(width - 20, row.height())
    (only,) = seen(row)
    assert row.rect().contains(only.geometry())
    assert only.toolTip() == "Convolution 0 6×6×16"
