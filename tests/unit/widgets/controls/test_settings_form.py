"""A form of settings: what it announces, what it shows, and what it says under a row."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.widgets.controls.boxes import NumberEdit, ShareSlider, WholeBox
from cnn_tutor.widgets.controls.settings_form import Choice, Field, SettingsForm
from tests.helpers.widgets import (
    CTRL,
    LEFT,
    OFFSCREEN,
    Key,
    focused,
    in_window,
    press,
    type_text,
)
from tests.unit.widgets.controls.test_boxes import drag

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


class Bench:
    """A form that is shown, and what it has announced."""

    def __init__(self, qtbot: QtBot, fields: list[Field] | None = None) -> None:
        self.qtbot = qtbot
        self.form = SettingsForm()
        self.form.show_fields(rows() if fields is None else fields)
        self.wanted: list[tuple[str, Any]] = []
        self.refusals: list[tuple[str, Refusal]] = []
        self.form.wanted.connect(lambda key, value, _: self.wanted.append((key, value)))
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


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_every_field_has_its_boxes_and_names(bench: Bench) -> None:
    down, across = bench.box("strides[0]"), bench.box("strides[1]")
    assert isinstance(down, WholeBox)
    assert (down.value(), across.value()) == (1, 2)
    assert (down.accessibleName(), across.accessibleName()) == ("down", "across")
    assert isinstance(bench.box("bias"), NumberEdit)
    assert bench.box("bias").text() == "0.5"
    assert bench.box("bias").accessibleName() == "Bias"
    assert isinstance(bench.box("padding"), QComboBox)
    assert bench.box("padding").currentText() == "none"
    assert not bench.said()


def test_both_numbers_are_announced_when_one_is_typed(bench: Bench) -> None:
    bench.type("strides[1]", "５")
    bench.type("strides[0]", "3", Key.Key_Tab)
    assert bench.wanted == [("strides", (1, 5)), ("strides", (3, 5))]
    assert focused() is bench.box("strides[1]")


@pytest.mark.parametrize(("value", "wanted"), [((2,), (4,)), (2, 4)])
def test_a_single_number_is_announced_as_it_was_given(
    qtbot: QtBot, value: object, wanted: object
) -> None:
    bench = Bench(qtbot, [Field("groups", "Groups", "wholes", value)])
    bench.type("groups", "4")
    assert bench.wanted == [("groups", wanted)]


def pick(bench: Bench, place: int) -> None:
    """Open the list of choices and click on one."""
    combo = bench.box("padding")
    combo.setFocus()
    press(bench.qtbot, Key.Key_F4)
    view = combo.view()
    bench.qtbot.waitUntil(view.isVisible)
    where = view.visualRect(view.model().index(place, 0)).center()
    bench.qtbot.mouseMove(view.viewport(), where)
    bench.qtbot.mouseClick(view.viewport(), LEFT, pos=where)
    bench.qtbot.waitUntil(lambda: not view.isVisible())


@pytest.mark.parametrize(("place", "wanted"), [(0, []), (1, []), (2, [("padding", "full")])])
def test_a_choice_is_made_from_the_list_if_it_is_another_and_can_be(
    bench: Bench, place: int, wanted: list[tuple[str, str]]
) -> None:
    pick(bench, place)
    assert bench.wanted == wanted
    combo = bench.box("padding")
    assert [combo.itemData(n, 3) for n in range(3)] == [None, "it can't be", None]


def test_rows_that_stay_keep_their_boxes_and_the_keyboard_and_announce_nothing(
    qtbot: QtBot, bench: Bench
) -> None:
    box = bench.box("strides[1]")
    qtbot.mouseClick(box, LEFT)
    bench.form.show_fields(rows((3, 4), "full", -2))
    assert [bench.box(f"strides[{n}]").value() for n in (0, 1)] == [3, 4]
    assert bench.box("padding").currentText() == "all"
    assert bench.box("bias").text() == "-2"
    assert bench.box("strides[1]") is box
    assert focused() is box
    assert not bench.wanted
    press(qtbot, Key.Key_Up)
    assert bench.wanted == [("strides", (3, 5))]
    bench.type("bias", "abc")
    assert [(key, why.reason) for key, why in bench.refusals] == [("bias", "not_a_number")]
    assert bench.box("bias").text() == "-2"


def test_other_rows_take_the_place_of_the_old_ones(bench: Bench) -> None:
    bench.form.show_refusal("bias", "no")
    bench.form.show_fields([*rows()[:2], Field("pads", "Pads", "wholes", (1, 2))])
    assert not [w for w in bench.form.findChildren(QWidget, "bias") if w.isVisible()]
    assert bench.box("pads[1]").value() == 2
    assert not bench.said()
    bench.type("pads[1]", "7")
    assert bench.wanted == [("pads", (1, 7))]
    labels = [w.text() for w in bench.form.findChildren(QLabel) if w.isVisible()]
    assert sorted(labels) == ["Padding", "Pads", "Strides"]


def places(bench: Bench, *names: str) -> list[int]:
    """Return how far down each box is."""
    return [bench.box(name).mapTo(bench.form, QPoint(0, 0)).y() for name in names]


def test_a_new_row_comes_into_its_place_and_into_the_way_of_tab(qtbot: QtBot, bench: Bench) -> None:
    fields = rows()
    fields.insert(1, Field("pads", "Pads", "wholes", (1, 2)))
    bench.form.show_fields(fields)
    names = ["strides[0]", "strides[1]", "pads[0]", "pads[1]", "padding", "bias"]

    def in_order() -> bool:
        down = places(bench, *names[::2], "bias")
        return down[0] < down[1] < down[2] < down[3]

    qtbot.waitUntil(in_order)
    bench.box(names[0]).setFocus()
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
    bench = Bench(qtbot, [before])
    bench.form.show_fields([after])
    names = ["size"] if len(after.value) == 1 else ["size[0]", "size[1]"]
    assert all(isinstance(bench.box(name), WholeBox) for name in names)
    assert tuple(bench.box(name).value() for name in names) == after.value


def test_a_refusal_stands_under_its_row_and_puts_the_value_back(qtbot: QtBot, bench: Bench) -> None:
    bench.form.wanted.connect(lambda key, *_: bench.form.show_refusal(key, f"no {key}"))
    bench.type("strides[0]", "9")
    assert bench.said() == ["no strides"]
    assert bench.box("strides[0]").value() == 1
    message = next(m for m in bench.form.findChildren(QLabel, "refusal") if m.isVisible())

    def under_its_row() -> bool:
        above, below = places(bench, "strides[0]", "padding")
        return above < message.y() and message.geometry().bottom() < below

    qtbot.waitUntil(under_its_row)
    bench.type("bias", "9")
    assert bench.said() == ["no bias"]
    assert bench.box("bias").text() == "0.5"
    bench.box("padding").setFocus()
    press(qtbot, Key.Key_Down)  # which skips what can't be
    assert bench.said() == ["no padding"]
    assert bench.box("padding").currentText() == "none"
    assert bench.wanted == [("strides", (9, 2)), ("bias", 9), ("padding", "full")]
    bench.form.clear_refusals()
    assert not bench.said()


def test_a_long_message_is_wholly_in_sight(qtbot: QtBot, bench: Bench) -> None:
    bench.form.setFixedWidth(280)
    text = "The filter is larger than the input with its padding, so that it fits nowhere. " * 3
    bench.form.show_refusal("padding", text)
    message = next(m for m in bench.form.findChildren(QLabel, "refusal") if m.isVisible())
    qtbot.waitUntil(lambda: message.height() >= message.heightForWidth(message.width()))
    assert QApplication.widgetAt(message.mapToGlobal(message.rect().center())) is message


def test_a_share_has_a_slider_and_a_line_that_show_the_same(qtbot: QtBot) -> None:
    field = Field("rate", "Rate", "share", 0.25, ("Rate",))
    bench = Bench(qtbot, [field])
    assert isinstance(bench.box("rate[0]"), ShareSlider)
    assert isinstance(bench.box("rate[1]"), NumberEdit)
    assert (bench.box("rate[0]").value(), bench.box("rate[1]").text()) == (5, "0.25")
    assert {bench.box(f"rate[{n}]").accessibleName() for n in (0, 1)} == {"Rate"}
    bench.form.show_fields([Field("rate", "Rate", "share", 1 / 3)])
    assert bench.box("rate[1]").text() == "0.333333333333"
    assert not bench.wanted


def test_a_share_can_be_slid_and_typed(qtbot: QtBot) -> None:
    bench = Bench(qtbot, [Field("rate", "Rate", "share", 0.5)])
    gestures: list[int] = []
    bench.form.wanted.connect(lambda _, __, gesture: gestures.append(gesture))
    drag(qtbot, bench.box("rate[0]"), 8, 16, 24)
    assert len(gestures) > 1
    assert len(set(gestures)) == 1
    assert gestures[0] != 0
    bench.type("rate[1]", "1/3")
    assert bench.wanted[-1] == ("rate", 1 / 3)
    assert gestures[-1] == 0
    bench.type("rate[1]", "much")
    assert [(key, why.reason) for key, why in bench.refusals] == [("rate", "not_a_number")]


@pytest.mark.parametrize("on", [True, False])
def test_a_switch_is_turned_by_a_click_and_by_the_space_bar(qtbot: QtBot, on: bool) -> None:
    bench = Bench(qtbot, [Field("training", "Training", "switch", on, ("Training",))])
    box = bench.box("training")
    assert isinstance(box, QCheckBox)
    assert box.isChecked() == on
    assert box.accessibleName() == "Training"
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    assert bench.wanted == [("training", not on)]
    box.setFocus()
    press(qtbot, Key.Key_Space)
    assert bench.wanted[1:] == [("training", on)]
    assert focused() is box
    bench.form.show_refusal("training", "no")
    assert box.isChecked() == on
    assert len(bench.wanted) == 2
