"""Boxes that are typed into, chosen from or slid: they read numbers as people write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.widgets.controls.boxes import ChoiceBox, NumberEdit, ShareSlider, WholeBox
from tests.helpers.widgets import (
    CTRL,
    LEFT,
    OFFSCREEN,
    Key,
    focused,
    in_window,
    press,
    turn_wheel,
    type_text,
)

pytestmark = OFFSCREEN


class Bench:
    """A box, another thing to go to, and what the box has announced."""

    def __init__(self, qtbot: QtBot, box: WholeBox | NumberEdit, value: int) -> None:
        self.qtbot, self.box, self.other = qtbot, box, QLineEdit()
        self.values: list[float] = []
        self.refusals: list[Refusal] = []
        signal = box.valueChanged if isinstance(box, WholeBox) else box.entered
        signal.connect(self.values.append)
        box.refused.connect(self.refusals.append)
        box.show_value(value)
        in_window(qtbot, box, self.other)
        box.setFocus()
        qtbot.waitUntil(box.hasFocus)

    def replace(self, text: str) -> None:
        """Type over everything that is in the box."""
        press(self.qtbot, Key.Key_A, modifiers=CTRL)
        type_text(self.qtbot, text)


def whole(qtbot: QtBot, value: int = 3) -> Bench:
    return Bench(qtbot, WholeBox(), value)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return whole(qtbot)


def line(qtbot: QtBot, value: int = 3) -> Bench:
    bench = Bench(qtbot, NumberEdit(), value)
    assert isinstance(bench.box, NumberEdit)
    bench.box.entered.connect(bench.box.show_value)
    return bench


Made = Callable[[QtBot, int], Bench]


@pytest.mark.parametrize(
    ("made", "text", "value"),
    [
        (whole, "５", 5),
        (whole, "−2", -2),
        (whole, "4.0", 4),
        (whole, "6/2 ", 3),
        (whole, "1e2", 100),
        (line, "５．５", 5.5),
        (line, "−2", -2),
        (line, "1/4", 0.25),
        (line, "0,5", 0.5),
    ],
)
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab])
def test_a_number_is_read_as_people_write_it(
    qtbot: QtBot, made: Made, text: str, value: float, key: Key
) -> None:
    bench = made(qtbot, 7)
    bench.replace(text)
    assert not bench.values
    press(qtbot, key)
    assert bench.values == [value]
    assert float(bench.box.text()) == value
    assert not bench.refusals


@pytest.mark.parametrize(
    ("made", "text", "reason"),
    [
        (whole, "abc", "not_whole"),
        (whole, "2.5", "not_whole"),
        (whole, "9999999", "not_whole"),
        (whole, "1,000", "ambiguous_number"),
        (whole, "", "not_whole"),
        (line, "abc", "not_a_number"),
        (line, "1,000", "ambiguous_number"),
    ],
)
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab])
def test_what_is_no_such_number_is_refused_once_and_the_old_one_comes_back(
    qtbot: QtBot, made: Made, text: str, reason: str, key: Key
) -> None:
    bench = made(qtbot, 3)
    bench.replace(text or "1")
    if not text:
        press(qtbot, Key.Key_Backspace)
    press(qtbot, key)
    assert [refusal.reason for refusal in bench.refusals] == [reason]
    assert not bench.values
    assert bench.box.text() == "3"


@pytest.mark.parametrize("made", [whole, line])
def test_a_line_break_in_a_number_is_no_blank(qtbot: QtBot, made: Made) -> None:
    bench = made(qtbot, 7)
    for text, value in (("1\n000", None), ("1\r\n000", None), ("1\t000", None), ("5\n", 5)):
        bench.values.clear()
        bench.refusals.clear()
        QGuiApplication.clipboard().setText(text)
        press(qtbot, Key.Key_A, Key.Key_V, modifiers=CTRL)
        press(qtbot, Key.Key_Return)
        assert bench.values == ([] if value is None else [value])
        assert [why.reason for why in bench.refusals] == (
            [] if value else ["not_whole" if made is whole else "not_a_number"]
        )


@pytest.mark.parametrize("made", [whole, line])
def test_arrows_step_by_1_on_from_what_was_typed(qtbot: QtBot, made: Made) -> None:
    bench = made(qtbot, 3)
    press(qtbot, Key.Key_Up, Key.Key_Up, Key.Key_Down)
    assert bench.values == [4, 5, 4]
    bench.replace("８")
    press(qtbot, Key.Key_Up)
    assert bench.values[-1] == 9
    assert bench.box.text() == "9"


@pytest.mark.parametrize("made", [whole, line])
def test_the_same_number_again_is_not_announced(qtbot: QtBot, made: Made) -> None:
    bench = made(qtbot, 8)
    bench.box.show_value(3)
    assert bench.box.text() == "3"
    press(qtbot, Key.Key_Return)
    bench.replace("3")
    press(qtbot, Key.Key_Return, Key.Key_Tab)
    assert not bench.values
    assert not bench.refusals


def test_the_wheel_changes_a_number_only_in_the_chosen_box(qtbot: QtBot, bench: Bench) -> None:
    turn_wheel(bench.box, QPoint(10, 10), 120)
    assert bench.values == [4]
    assert not turn_wheel(bench.box, QPoint(10, 10), 120, CTRL).isAccepted()
    press(qtbot, Key.Key_Tab)
    assert not turn_wheel(bench.box, QPoint(10, 10), 120).isAccepted()
    assert bench.values == [4]


def test_a_number_that_the_owner_does_not_take_goes_when_the_line_is_left(qtbot: QtBot) -> None:
    bench = Bench(qtbot, NumberEdit(), 3)
    bench.replace("9")
    qtbot.mouseClick(bench.other, LEFT)
    assert bench.values == [9]
    assert bench.box.text() == "3"


def test_the_context_menu_leaves_what_is_typed(qtbot: QtBot) -> None:
    bench = line(qtbot)
    bench.replace("12")
    place = QPoint(5, 5)
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, place, bench.box.mapToGlobal(place))
    QApplication.sendEvent(bench.box, event)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    text = bench.box.text()
    press(qtbot, Key.Key_Escape)
    menu.close()
    assert focused() is bench.box
    assert text == "12"


def shown(qtbot: QtBot) -> ChoiceBox:
    box, row = ChoiceBox(), QWidget()
    line = QHBoxLayout(row)
    line.addWidget(box)
    line.addStretch(1)
    in_window(qtbot, row)
    return box


def test_it_is_as_wide_as_its_widest_name_even_after_a_wider_one(qtbot: QtBot) -> None:
    box = shown(qtbot)
    box.addItems(["one", "two"])
    QApplication.processEvents()
    narrow = box.width()
    box.setItemText(1, "a good deal wider than two")
    QApplication.processEvents()
    assert box.width() > narrow + 60
    box.setItemText(1, "two")
    QApplication.processEvents()
    assert box.width() == narrow


def test_the_wheel_is_left_to_the_page(qtbot: QtBot) -> None:
    box = shown(qtbot)
    box.addItems(["one", "two", "three"])
    box.setFocus()
    event = turn_wheel(box, QPoint(4, 4), -120)
    assert not event.isAccepted()
    assert box.currentText() == "one"
    press(qtbot, Key.Key_Down)
    assert box.currentText() == "two"


def slider(qtbot: QtBot, value: float = 0.5) -> tuple[ShareSlider, list[tuple[float, int]]]:
    made, entered = ShareSlider(), []
    made.entered.connect(lambda share, gesture: entered.append((share, gesture)))
    made.show_value(value)
    made.setFixedWidth(200)
    in_window(qtbot, made)
    return made, entered


def handle(of: ShareSlider) -> QPoint:
    option = QStyleOptionSlider()
    of.initStyleOption(option)
    part = QStyle.SubControl.SC_SliderHandle
    return of.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, of).center()


def drag(qtbot: QtBot, of: ShareSlider, *ways: int) -> None:
    at = handle(of)
    qtbot.mousePress(of, LEFT, pos=at)
    for way in ways:
        qtbot.mouseMove(of, at + QPoint(way, 0))
    qtbot.mouseRelease(of, LEFT, pos=at + QPoint(ways[-1], 0))


def test_keys_go_in_steps_of_a_twentieth(qtbot: QtBot) -> None:
    made, entered = slider(qtbot)
    made.setFocus()
    press(qtbot, Key.Key_Right, Key.Key_Left, Key.Key_Left, Key.Key_Home, Key.Key_End)
    press(qtbot, Key.Key_Right, Key.Key_PageDown)
    assert entered == [(share, 0) for share in (0.55, 0.5, 0.45, 0.0, 0.95, 0.85)]


def test_all_of_a_drag_has_one_gesture_and_the_next_has_another(qtbot: QtBot) -> None:
    made, entered = slider(qtbot)
    drag(qtbot, made, 15, 30, 400)
    first = {gesture for _, gesture in entered}
    assert len(entered) > 1
    assert max(share for share, _ in entered) == 0.95  # it never reaches 1
    entered.clear()
    drag(qtbot, made, -15, -400)
    assert min(share for share, _ in entered) == 0
    second = {gesture for _, gesture in entered}
    assert len(first) == len(second) == 1
    assert first != second
    assert 0 not in first | second
    entered.clear()
    made.setFocus()
    press(qtbot, Key.Key_Right)
    assert [gesture for _, gesture in entered] == [0]


@pytest.mark.parametrize(
    ("share", "step"), [(0, 0), (0.5, 10), (0.52, 10), (0.53, 11), (0.95, 19), (0.99, 19)]
)
def test_a_share_is_shown_at_the_nearest_step_and_not_announced(
    qtbot: QtBot, share: float, step: int
) -> None:
    made, entered = slider(qtbot, 0.3)
    made.show_value(share)
    assert made.value() == step
    assert not entered


def test_what_comes_back_during_a_drag_does_not_move_the_handle(qtbot: QtBot) -> None:
    made, entered = slider(qtbot)
    made.entered.connect(lambda *_: made.show_value(0.0))
    drag(qtbot, made, 20, 40, 60)
    shares = [share for share, _ in entered]
    assert shares == sorted(shares)
    assert len(shares) > 1


def test_the_wheel_passes_a_slider_that_has_not_the_keyboard(qtbot: QtBot) -> None:
    made, entered = slider(qtbot)
    made.clearFocus()
    assert not turn_wheel(made, QPoint(20, 8), 120).isAccepted()
    assert not entered
    made.setFocus()
    turn_wheel(made, QPoint(20, 8), 120)
    assert len(entered) == 1


def test_a_choice_is_called_by_its_label_or_else_by_its_name(qtbot: QtBot) -> None:
    """On Linux its own name would be what is chosen, for a screen reader."""
    labelled, named, label = ChoiceBox(), ChoiceBox(), QLabel("Padding")
    label.setBuddy(labelled)
    in_window(qtbot, label, labelled, named)
    for box, name in ((labelled, "Padding"), (named, "Order")):
        box.addItems(["valid", "same"])
        box.setAccessibleName(name)
        read = QAccessible.queryAccessibleInterface(box)
        labels = read.relations(QAccessible.RelationFlag.Label)
        assert [found.text(QAccessible.Text.Name) for found, _ in labels] == [name]
    assert [found for found in labelled.parent().findChildren(QLabel) if found.isVisible()] == [
        label
    ]
