"""What floats over its neighbours on purpose."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_PROPERTY = "overlay"


def make_overlay(widget: QWidget) -> None:
    """Let a widget float over others: the mouse goes through it."""
    widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    widget.setProperty(_PROPERTY, True)


def is_overlay(widget: QWidget) -> bool:
    """Say whether a widget is meant to lie over others."""
    return bool(widget.property(_PROPERTY))
