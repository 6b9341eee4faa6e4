"""A form of settings: what it announces, what it shows, and what it says under a row."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.widgets.controls.boxes import NumberEdit, WholeBox
from cnn_tutor.widgets.controls.settings_form import Choice, Field, SettingsForm
from tests.helpers.widgets import (
    CTRL,
    LEFT,
    NONE,
    OFFSCREEN,
    Key,
    focused,
    in_window,
    press,
    turn_wheel,
    type_text,
)

pytestmark = OFFSCREEN
CHOICES = (Choice("valid", "none"), Choice("same", "as many", "it can't be"), Choice("full", "all"))


def rows(
    strides: tuple[int, int] = (1, 2), padding: str = "valid", bias: float = 0.5
) -> list[Field]:
    return [
        Field("strides", "Strides", "wholes", strides, ("down", "across")),
        Field("padding", "Padding", "choice", padding, choices=CHOICES),
        Field("bias", "Bias", "number", bias),
    ]


class Desk:
    """A form that is shown, and what it has announced."""

    def __init__(self, qtbot: QtBot, fields: list[Field] | None = None) -> None:
        self.qtbot = qtbot
        self.form = SettingsForm()
        self.form.show_fields(rows() if fields is None else fields)
        self.wanted: list[tuple[str, Any]] = []
        self.refusals: list[tuple[str, Refusal]] = []
        self.form.wanted.connect(lambda key, value: self.wanted.append((key, value)))
        self.form.refused.connect(lambda key, why: self.refusals.append((key, why)))
        in_window(qtbot, self.form)

    def box(self, name: str) -> Any:
        found = [w for w in self.form.findChildren(QWidget, name) if w.isVisible()]
        assert len(found) == 1
        return found[0]

    def type(self, name: str, text: str, key: Key = Key.Key_Return) -> None:
        """Click into a box, type over what is in it and press a key."""
        self.qtbot.mouseClick(self.box(name), LEFT)
        press(self.qtbot, Key.Key_A, modifiers=CTRL)
        type_text(self.qtbot, text)
        press(self.qtbot, key)

    def said(self) -> list[str]:
        """Return the messages that can be seen."""
        return [m.text() for m in self.form.findChildren(QLabel, "refusal") if m.isVisible()]


def test_every_field_has_its_boxes_and_names(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    down, across = desk.box("strides[0]"), desk.box("strides[1]")
    assert isinstance(down, WholeBox)
    assert (down.value(), across.value()) == (1, 2)
    assert (down.accessibleName(), across.accessibleName()) == ("down", "across")
    assert isinstance(desk.box("bias"), NumberEdit)
    assert desk.box("bias").text() == "0.5"
    assert desk.box("bias").accessibleName() == "Bias"
    assert isinstance(desk.box("padding"), QComboBox)
    assert desk.box("padding").currentText() == "none"
    assert not desk.said()


def test_a_field_of_one_whole_number_announces_a_tuple(qtbot: QtBot) -> None:
    desk = Desk(qtbot, [Field("groups", "Groups", "wholes", (2,))])
    desk.type("groups", "4")
    assert desk.wanted == [("groups", (4,))]


def test_both_numbers_are_announced_when_one_is_typed(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.type("strides[1]", "５")
    desk.type("strides[0]", "3", Key.Key_Tab)
    assert desk.wanted == [("strides", (1, 5)), ("strides", (3, 5))]
    assert focused() is desk.box("strides[1]")


def test_arrows_step_and_announce_each_time(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    qtbot.mouseClick(desk.box("strides[0]"), LEFT)
    press(qtbot, Key.Key_Up, Key.Key_Up)
    assert desk.wanted == [("strides", (2, 2)), ("strides", (3, 2))]


def test_a_number_is_announced(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.type("bias", "−１．５")
    assert desk.wanted == [("bias", -1.5)]


def test_a_choice_is_made_with_the_keyboard_and_skips_what_cannot_be(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.box("padding").setFocus()
    press(qtbot, Key.Key_Down)
    assert desk.wanted == [("padding", "full")]


def pick(desk: Desk, place: int) -> None:
    """Open the list of choices and click on one."""
    combo = desk.box("padding")
    combo.setFocus()
    press(desk.qtbot, Key.Key_F4)
    view = combo.view()
    desk.qtbot.waitUntil(view.isVisible)
    where = view.visualRect(view.model().index(place, 0)).center()
    desk.qtbot.mouseMove(view.viewport(), where)
    desk.qtbot.mouseClick(view.viewport(), LEFT, pos=where)
    desk.qtbot.waitUntil(lambda: not view.isVisible())


def test_a_choice_is_made_from_the_list(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    pick(desk, 2)
    assert desk.wanted == [("padding", "full")]


def test_what_cannot_be_chosen_is_not_announced(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    pick(desk, 1)
    assert ("padding", "same") not in desk.wanted
    assert desk.box("padding").currentText() == "none"


def test_the_choice_that_is_on_is_not_announced_again(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    pick(desk, 0)
    assert not desk.wanted


def test_the_number_that_is_there_is_not_announced_again(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.type("strides[0]", "1")
    desk.type("bias", "0.5")
    assert not desk.wanted


@pytest.mark.parametrize(
    ("name", "key", "reason"),
    [("strides[1]", "strides", "not_whole"), ("bias", "bias", "not_a_number")],
)
@pytest.mark.parametrize("end", [Key.Key_Return, Key.Key_Tab])
def test_nonsense_is_refused_and_the_value_comes_back(
    qtbot: QtBot, name: str, key: str, reason: str, end: Key
) -> None:
    desk = Desk(qtbot)
    before = desk.box(name).text()
    desk.type(name, "abc", end)
    assert [(k, why.reason) for k, why in desk.refusals] == [(key, reason)]
    assert not desk.wanted
    assert desk.box(name).text() == before


@pytest.mark.parametrize("held", [NONE, CTRL])
def test_the_wheel_changes_a_box_only_when_the_keyboard_is_in_it(
    qtbot: QtBot, held: Qt.KeyboardModifier
) -> None:
    desk = Desk(qtbot)
    desk.box("bias").setFocus()
    box = desk.box("strides[0]")
    assert not turn_wheel(box, box.rect().center(), -120, held).isAccepted()
    assert not desk.wanted
    box.setFocus()
    turn_wheel(box, box.rect().center(), -120, held)
    assert len(desk.wanted) == (0 if held else 1)


def test_the_wheel_never_changes_a_choice(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    box = desk.box("padding")
    box.setFocus()
    assert not turn_wheel(box, box.rect().center(), -120).isAccepted()
    assert not desk.wanted


def test_a_choice_that_cannot_be_says_why(qtbot: QtBot) -> None:
    combo = Desk(qtbot).box("padding")
    tips = [combo.itemData(n, 3) for n in range(3)]
    assert tips == [None, "it can't be", None]
