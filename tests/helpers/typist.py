"""Somebody at the keyboard: keys go to whatever has it, as the screen would send them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers.lesson_window import settle

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


class Stuck(AssertionError):
    """Something that a learner would have to do can't be done."""


class Typist:
    """Presses keys and types letters."""

    @property
    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        if widget is None:
            raise Stuck("the keyboard is nowhere")
        return widget

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            QTest.keyClick(self.focus, key, modifiers)
            settle()

    def type(self, text: str) -> None:
        """Type letters where the keyboard is, as any layout or input method sends them."""
        for letter in text:
            key = ord(letter.upper()) if letter.isascii() else Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.focus, QKeyEvent(kind, key, NONE, letter))
