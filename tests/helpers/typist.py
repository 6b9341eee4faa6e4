"""Somebody at the keyboard: keys go to whatever has it, as the screen would send them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


class Stuck(AssertionError):
    """Something that a learner would have to do can't be done."""


def settle() -> None:
    """Let everything happen that is waiting to: layouts, what comes after a key."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    if widget is None:
        raise Stuck("the keyboard is nowhere")
    return widget


def type_letters(text: str) -> None:
    """Type letters where the keyboard is, as any layout or input method sends them."""
    for letter in text:
        # QTest knows the keys of ASCII only.
        key = ord(letter.upper()) if letter.isascii() else Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(focused(), QKeyEvent(kind, key, NONE, letter))


class Typist:
    """Presses keys and types letters."""

    @property
    def focus(self) -> QWidget:
        return focused()

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            QTest.keyClick(self.focus, key, modifiers)
            settle()

    def type(self, text: str) -> None:
        type_letters(text)
