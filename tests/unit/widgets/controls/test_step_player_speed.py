"""The speed of the transport bar: doubled, halved or typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from cnn_tutor.document.playback import BASE_INTERVAL
from tests.helpers.widgets import CTRL, Key, press, type_text
from tests.unit.widgets.controls.test_step_player import Bar


def test_the_speed_doubles_and_halves(qtbot: QtBot) -> None:
    bar = Bar(qtbot)
    bar.focus("speed")
    seen = [bar.speed.text()]
    for key in [Key.Key_Up] * 7 + [Key.Key_Down] * 9:
        press(qtbot, key)
        seen.append(bar.speed.text())
    up = ["1×", "2×", "4×", "8×", "16×", "32×", "64×", "64×"]
    assert seen == [*up, *up[5::-1], "0.5×", "0.25×", "0.25×"]


def test_any_speed_can_be_typed_and_is_used(qtbot: QtBot) -> None:
    bar = Bar(qtbot)
    bar.playback.seek(11)
    bar.focus("speed")
    press(qtbot, Key.Key_A, modifiers=CTRL)
    type_text(qtbot, "40")
    assert bar.speed.value() == 1
    press(qtbot, Key.Key_Return)
    assert bar.speed.value() == 40
    assert bar.speed.text() == "40×"
    bar.click("play")
    timer = bar.playback.findChild(QTimer)
    assert timer.isActive()
    assert timer.interval() == BASE_INTERVAL / 40


def test_a_typed_speed_is_kept_to_two_digits(qtbot: QtBot) -> None:
    bar = Bar(qtbot)
    bar.focus("speed")
    press(qtbot, Key.Key_A, modifiers=CTRL)
    type_text(qtbot, "1.25")
    press(qtbot, Key.Key_Tab)
    assert (bar.speed.value(), bar.speed.text()) == (1.25, "1.25×")


@pytest.mark.parametrize("text", ["0", "999", "x"])
def test_a_speed_that_cannot_be_is_not_taken(qtbot: QtBot, text: str) -> None:
    bar = Bar(qtbot)
    bar.focus("speed")
    press(qtbot, Key.Key_A, modifiers=CTRL)
    type_text(qtbot, text)
    press(qtbot, Key.Key_Return)
    assert 0.25 <= bar.speed.value() <= 64
    assert float(bar.speed.text().rstrip("×")) == bar.speed.value()


def test_a_speed_is_typed_in_full_width_digits(qtbot: QtBot) -> None:
    bar = Bar(qtbot)
    bar.focus("speed")
    press(qtbot, Key.Key_A, modifiers=CTRL)
    type_text(qtbot, "２")
    press(qtbot, Key.Key_Return)
    assert bar.speed.value() == 2
