"""The rows of a form of settings: which stay, which come, and what is said under them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.controls.boxes import WholeBox
from cnn_tutor.widgets.controls.settings_form import Field
from tests.helpers.widgets import LEFT, Key, focused, press
from tests.unit.widgets.controls.test_settings_form import Desk, rows


def test_showing_values_announces_nothing(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.form.show_fields(rows((3, 4), "full", -2))
    assert [desk.box(f"strides[{n}]").value() for n in (0, 1)] == [3, 4]
    assert desk.box("padding").currentText() == "all"
    assert desk.box("bias").text() == "-2"
    assert not desk.wanted


def test_rows_that_stay_keep_their_boxes_and_the_keyboard(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    box = desk.box("strides[1]")
    qtbot.mouseClick(box, LEFT)
    desk.form.show_fields(rows((3, 4)))
    assert desk.box("strides[1]") is box
    assert focused() is box
    press(qtbot, Key.Key_Up)
    assert desk.wanted == [("strides", (3, 5))]


def test_other_rows_take_the_place_of_the_old_ones(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.form.show_refusal("bias", "no")
    desk.form.show_fields([*rows()[:2], Field("pads", "Pads", "wholes", (1, 2))])
    assert not [w for w in desk.form.findChildren(QWidget, "bias") if w.isVisible()]
    assert desk.box("pads[1]").value() == 2
    assert not desk.said()
    desk.type("pads[1]", "7")
    assert desk.wanted == [("pads", (1, 7))]
    labels = [w.text() for w in desk.form.findChildren(QLabel) if w.isVisible()]
    assert sorted(labels) == ["Padding", "Pads", "Strides"]


def places(desk: Desk, *names: str) -> list[int]:
    """Return how far down each box is."""
    return [desk.box(name).mapTo(desk.form, QPoint(0, 0)).y() for name in names]


def test_a_new_row_comes_into_its_place_and_into_the_way_of_tab(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    fields = rows()
    fields.insert(1, Field("pads", "Pads", "wholes", (1, 2)))
    desk.form.show_fields(fields)
    names = ["strides[0]", "strides[1]", "pads[0]", "pads[1]", "padding", "bias"]

    def in_order() -> bool:
        down = places(desk, *names[::2], "bias")
        return down[0] < down[1] < down[2] < down[3]

    qtbot.waitUntil(in_order)
    desk.box(names[0]).setFocus()
    seen = [focused().objectName()]
    for _ in names[1:]:
        press(qtbot, Key.Key_Tab)
        seen.append(focused().objectName())
    assert seen == names


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Field("size", "Size", "wholes", (1,)), Field("size", "Size", "wholes", (1, 2))),
        (Field("size", "Size", "wholes", (1, 2)), Field("size", "Size", "wholes", (1,))),
        (Field("size", "Size", "number", 1.0), Field("size", "Size", "wholes", (1,))),
    ],
)
def test_a_row_that_takes_other_boxes_is_made_anew(
    qtbot: QtBot, before: Field, after: Field
) -> None:
    desk = Desk(qtbot, [before])
    desk.form.show_fields([after])
    names = ["size"] if len(after.value) == 1 else ["size[0]", "size[1]"]
    assert all(isinstance(desk.box(name), WholeBox) for name in names)
    assert tuple(desk.box(name).value() for name in names) == after.value


def test_a_refusal_stands_under_its_row_and_puts_the_value_back(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.form.wanted.connect(lambda key, _: desk.form.show_refusal(key, f"no {key}"))
    desk.type("strides[0]", "9")
    assert desk.said() == ["no strides"]
    assert desk.box("strides[0]").value() == 1
    message = next(m for m in desk.form.findChildren(QLabel, "refusal") if m.isVisible())

    def under_its_row() -> bool:
        above, below = places(desk, "strides[0]", "padding")
        return above < message.y() and message.geometry().bottom() < below

    qtbot.waitUntil(under_its_row)
    desk.type("bias", "9")
    assert desk.said() == ["no bias"]
    assert desk.box("bias").text() == "0.5"
    assert desk.wanted == [("strides", (9, 2)), ("bias", 9)]


def test_a_refused_choice_goes_back(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.form.wanted.connect(lambda key, _: desk.form.show_refusal(key, "no"))
    desk.box("padding").setFocus()
    press(qtbot, Key.Key_Down)
    assert desk.said() == ["no"]
    assert desk.box("padding").currentText() == "none"


def test_messages_are_taken_back(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.form.show_refusal("strides", "no")
    desk.form.clear_refusals()
    assert not desk.said()


def test_a_long_message_is_wholly_in_sight(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.form.setFixedWidth(280)
    text = "The filter is larger than the input with its padding, so that it fits nowhere. " * 3
    desk.form.show_refusal("padding", text)
    message = next(m for m in desk.form.findChildren(QLabel, "refusal") if m.isVisible())
    qtbot.waitUntil(lambda: message.height() >= message.heightForWidth(message.width()))
    assert QApplication.widgetAt(message.mapToGlobal(message.rect().center())) is message
