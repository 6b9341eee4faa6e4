"""Keeps the wheel from changing what it passes over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QWidget


class CalmWheel(QObject):
    """Leaves the wheel over a box, a slider or tabs to the page behind: it scrolls.

    Only a number that is being edited takes it: a spin box or a slider that has the keyboard.
    With Ctrl it never does, which people turn to zoom.
    """

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self._edits = isinstance(box, QAbstractSpinBox | QAbstractSlider)
        if box.focusPolicy() == Qt.FocusPolicy.WheelFocus or self._edits:
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel gives it no keyboard
        box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QWheelEvent):
            return False
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self._edits and watched is QApplication.focusWidget() and not control:
            return False
        event.ignore()
        return True
