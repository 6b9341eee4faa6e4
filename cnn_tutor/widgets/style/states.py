"""The state of a widget, which the style sheet colours it by."""

from __future__ import annotations

from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from cnn_tutor.widgets.style import colours


def set_state(widget: QWidget, state: object, name: str = "state") -> None:
    """Set a property that the style sheet asks for, and have the widget drawn by it."""
    if widget.property(name) != state:
        widget.setProperty(name, state)
        widget.style().polish(widget)


def fade(widget: QWidget, faint: bool) -> None:
    """Have a widget drawn faintly, as what does not belong to what is pointed at, or as usual."""
    set_opacity(widget, colours.faint() if faint else 1.0)


def set_opacity(widget: QWidget, opacity: float) -> None:
    """Have a widget drawn so opaque, from 0 to 1."""
    effect = widget.graphicsEffect()
    if not isinstance(effect, QGraphicsOpacityEffect):
        if opacity == 1.0:
            return
        effect = QGraphicsOpacityEffect(widget)
        widget.setGraphicsEffect(effect)
    effect.setOpacity(opacity)
    effect.setEnabled(opacity < 1.0)
