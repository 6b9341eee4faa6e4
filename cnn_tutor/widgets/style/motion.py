"""Whether anything may move on the screen: the user's wish, and the system's."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStyle, QWidget

_wanted = True


def want(motion: bool) -> None:
    """Let things move from now on, where the system has nothing against it, or nothing at all."""
    global _wanted
    _wanted = motion


def wanted() -> bool:
    """Say whether the user wants things to move."""
    return _wanted


def may_move(widget: QWidget) -> bool:
    """Say whether something may move in a widget."""
    return _wanted and _system_moves(widget)


def _system_moves(widget: QWidget) -> bool:
    """Say whether the system lets things move; a picture is of what stands still."""
    hints: Any = QGuiApplication.styleHints()
    accessibility = hints.accessibility() if hasattr(hints, "accessibility") else None
    asked = getattr(accessibility, "motionPreference", None)  # there is one from Qt 6.12 on
    if asked is not None and asked().name == "ReducedMotion":
        return False
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    still = QGuiApplication.platformName() == "offscreen"
    return not still and widget.style().styleHint(hint, None, widget) > 0
