"""The state of a widget, which the style sheet colours it by."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def set_state(widget: QWidget, state: object, name: str = "state") -> None:
    """Set a property that the style sheet asks for, and have the widget drawn by it."""
    if widget.property(name) != state:
        widget.setProperty(name, state)
        widget.style().polish(widget)
