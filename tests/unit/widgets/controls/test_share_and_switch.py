"""The rows of a form for a share and for a switch."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.controls.boxes import NumberEdit, ShareSlider
from cnn_tutor.widgets.controls.settings_form import Field
from tests.helpers.widgets import LEFT, OFFSCREEN, Key, focused, in_window, press, turn_wheel
from tests.unit.widgets.controls.test_settings_form import Desk

pytestmark = OFFSCREEN


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


def test_a_share_never_reaches_1(qtbot: QtBot) -> None:
    made, entered = slider(qtbot, 0.9)
    drag(qtbot, made, 30, 120, 400)
    assert max(share for share, _ in entered) == 0.95
    drag(qtbot, made, -60, -400)
    assert min(share for share, _ in entered) == 0


def test_all_of_a_drag_has_one_gesture_and_the_next_has_another(qtbot: QtBot) -> None:
    made, entered = slider(qtbot)
    drag(qtbot, made, 15, 30, 45)
    first = {gesture for _, gesture in entered}
    assert len(entered) > 1
    entered.clear()
    drag(qtbot, made, -15, -30)
    second = {gesture for _, gesture in entered}
    assert len(first) == len(second) == 1
    assert first != second
    assert 0 not in first | second
    entered.clear()
    made.setFocus()
    press(qtbot, Key.Key_Left)
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
    desk = Desk(qtbot, [Field("rate", "Rate", "share", 0.5), Field("bias", "Bias", "number", 1.0)])
    desk.box("bias").setFocus()
    event = turn_wheel(desk.box("rate[0]"), QPoint(20, 8), 120)
    assert not event.isAccepted()
    assert not desk.wanted
    desk.box("rate[0]").setFocus()
    turn_wheel(desk.box("rate[0]"), QPoint(20, 8), 120)
    assert len(desk.wanted) == 1


def test_a_share_has_a_slider_and_a_line_that_show_the_same(qtbot: QtBot) -> None:
    field = Field("rate", "Rate", "share", 0.25, ("Rate",))
    desk = Desk(qtbot, [field])
    assert isinstance(desk.box("rate[0]"), ShareSlider)
    assert isinstance(desk.box("rate[1]"), NumberEdit)
    assert (desk.box("rate[0]").value(), desk.box("rate[1]").text()) == (5, "0.25")
    assert {desk.box(f"rate[{n}]").accessibleName() for n in (0, 1)} == {"Rate"}
    desk.form.show_fields([Field("rate", "Rate", "share", 1 / 3)])
    assert desk.box("rate[1]").text() == "0.333333333333"
    assert not desk.wanted


def test_a_share_can_be_slid_and_typed(qtbot: QtBot) -> None:
    desk = Desk(qtbot, [Field("rate", "Rate", "share", 0.5)])
    desk.box("rate[0]").setFocus()
    press(qtbot, Key.Key_Right)
    desk.type("rate[1]", "1/3")
    assert desk.wanted == [("rate", 0.55), ("rate", 1 / 3)]
    desk.type("rate[1]", "much")
    assert [(key, why.reason) for key, why in desk.refusals] == [("rate", "not_a_number")]


def test_the_form_tells_the_gesture_only_while_it_announces_a_drag(qtbot: QtBot) -> None:
    desk = Desk(qtbot, [Field("rate", "Rate", "share", 0.5)])
    told: list[int] = []
    desk.form.wanted.connect(lambda *_: told.append(desk.form.gesture))
    drag(qtbot, desk.box("rate[0]"), 8, 16, 24)
    assert len(told) > 1
    assert len(set(told)) == 1
    assert told[0] != 0
    assert desk.form.gesture == 0
    desk.type("rate[1]", "0.1")
    assert told[-1] == 0


@pytest.mark.parametrize("on", [True, False])
def test_a_switch_is_turned_by_a_click_and_by_the_space_bar(qtbot: QtBot, on: bool) -> None:
    desk = Desk(qtbot, [Field("training", "Training", "switch", on, ("Training",))])
    box = desk.box("training")
    assert isinstance(box, QCheckBox)
    assert box.isChecked() == on
    assert box.accessibleName() == "Training"
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    assert desk.wanted == [("training", not on)]
    box.setFocus()
    press(qtbot, Key.Key_Space)
    assert desk.wanted[1:] == [("training", on)]
    assert focused() is box


def test_a_refused_switch_goes_back_and_showing_it_announces_nothing(qtbot: QtBot) -> None:
    desk = Desk(qtbot, [Field("training", "Training", "switch", True)])
    desk.form.wanted.connect(lambda key, _: desk.form.show_refusal(key, "no"))
    box = desk.box("training")
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    assert desk.said() == ["no"]
    assert box.isChecked()
    desk.form.show_fields([Field("training", "Training", "switch", False)])
    assert not box.isChecked()
    assert len(desk.wanted) == 1


def test_a_whole_number_alone_is_announced_alone(qtbot: QtBot) -> None:
    desk = Desk(qtbot, [Field("axis:kernel:2", "Depth", "wholes", 3, ("Depth",))])
    desk.type("axis:kernel:2", "5")
    assert desk.wanted == [("axis:kernel:2", 5)]
