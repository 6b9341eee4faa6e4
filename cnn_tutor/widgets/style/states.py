"""The state of a widget, which the style sheet colours it by."""

from __future__ import annotations

from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from cnn_tutor.widgets.style.colours import FAINT


def set_state(widget: QWidget, state: object, name: str = "state") -> None:
    """Set a property that the style sheet asks for, and have the widget drawn by it."""
    if widget.property(name) != state:
        widget.setProperty(name, state)
        widget.style().polish(widget)


def fade(widget: QWidget, faint: bool) -> None:
    """Have a widget drawn faintly, as what does not belong to what is pointed at, or as usual."""
    effect = widget.graphicsEffect()
    if effect is None and faint:
        effect = QGraphicsOpacityEffect(widget)
        effect.setOpacity(FAINT)
        widget.setGraphicsEffect(effect)
    if effect is not None:
        effect.setEnabled(faint)
