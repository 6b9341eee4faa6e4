"""Nothing moves where the user or the system does not want it to."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QProxyStyle, QStyle, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.style import motion


class Calm(QProxyStyle):
    """The style of a system whose user has turned animations off."""

    def styleHint(self, hint, *more):
        still = hint == QStyle.StyleHint.SH_Widget_Animation_Duration
        return 0 if still else super().styleHint(hint, *more)


def test_the_user_s_wish_and_the_system_s_count(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    assert not motion.may_move(widget)  # there is no screen
    monkeypatch.setattr(motion.QGuiApplication, "platformName", lambda: "xcb")
    assert motion.may_move(widget)
    calm = Calm()
    widget.setStyle(calm)
    assert not motion.may_move(widget)


def test_what_is_not_wanted_does_not_move(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    monkeypatch.setattr(motion, "_system_moves", lambda _: True)
    assert motion.may_move(widget)
    motion.want(False)
    assert not motion.may_move(widget)
    assert not motion.wanted()
    motion.want(True)
