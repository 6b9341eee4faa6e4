"""What a monkey does with the keyboard, an input method and the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QInputMethodEvent,
    QKeySequence,
    QShortcut,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

Move = tuple[str, Callable[[], object]]
"""What is about to happen, for people to read, and what makes it happen."""

_Key, _Modifier = Qt.Key, Qt.KeyboardModifier
_NONE = _Modifier.NoModifier
MODIFIERS = [
    *(_NONE, _Modifier.ShiftModifier, _Modifier.ControlModifier, _Modifier.AltModifier),
    _Modifier.ControlModifier | _Modifier.ShiftModifier,
    _Modifier.ControlModifier | _Modifier.AltModifier,
]
_LETTERS = "0123456789" * 3 + "-.,/+e xyzhnaH%()=０１２９．，－−／　あ漢é😀"
_NUMBERS = ("0", "1", "-2", "0.5", "1/3", "7", "12", "1e9", "9" * 40, "３")
_WALKING = [
    *(_Key.Key_Tab, _Key.Key_Backtab, _Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down),
    *(_Key.Key_Home, _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_Space),
    *(_Key.Key_Return, _Key.Key_Enter, _Key.Key_Delete, _Key.Key_Backspace, _Key.Key_Escape),
]
_OTHERS = [
    *(Qt.Key(_Key.Key_F1.value + n) for n in range(12)),
    *(_Key.Key_Insert, _Key.Key_Menu, _Key.Key_Alt, _Key.Key_Control, _Key.Key_Shift),
    *(_Key.Key_Plus, _Key.Key_Minus, _Key.Key_A, _Key.Key_C, _Key.Key_V, _Key.Key_X, _Key.Key_Z),
]
_TEXTS = {
    **{_Key.Key_Tab: "\t", _Key.Key_Return: "\r", _Key.Key_Enter: "\r"},
    **{_Key.Key_Escape: "\x1b", _Key.Key_Backspace: "\b", _Key.Key_Delete: "\x7f"},
}
_OF_CELLS = {
    *("Ctrl+A", "Ctrl+C", "Ctrl+X", "Ctrl+Up", "Ctrl+Down", "Ctrl+Return", "Shift+Down"),
    *("Shift+F10", "Menu", "B"),
}
"""What the cells listen to themselves, and the brush, which most windows have in one page only."""


class Keys:
    """Draws what is done with the keyboard."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def walk(self, _: QWidget) -> Move:
        plain = self._rng.random() < 0.75
        held = _NONE if plain else self._rng.choice(MODIFIERS)
        return self.tap(self._rng.choice(_WALKING), held)

    def any_key(self, _: QWidget) -> Move:
        return self.tap(self._rng.choice(_WALKING + _OTHERS), self._rng.choice(MODIFIERS))

    def tap(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> Move:
        name = QKeySequence(key.value | modifiers.value).toString()
        return f"key {name}", lambda: _strike(QKeyCombination(modifiers, key))

    def shortcut(self, _: QWidget) -> Move:
        """Press what some command of the window is done with."""
        keys = [k for a in _all(QAction) for k in a.shortcuts()]
        keys += [k for s in _all(QShortcut) for k in s.keys()]  # noqa: SIM118
        usual = [k[0] for k in keys if k[0].key() <= _Key.Key_F35]  # and not a key called "Undo"
        text = self._rng.choice(sorted({QKeySequence(k).toString() for k in usual} | _OF_CELLS))
        return f"key {text}", lambda: _strike(QKeySequence(text)[0])

    def type(self, _: QWidget) -> Move:
        letter = self._rng.choice(_LETTERS)
        return f"type {letter!r}", lambda: _write(letter)

    def number(self, _: QWidget) -> Move:
        """Type a whole number and what takes it over."""
        text = self._rng.choice(_NUMBERS)
        key = self._rng.choice((_Key.Key_Return, _Key.Key_Tab, _Key.Key_Down, _Key.Key_Escape))

        def enter() -> None:
            for letter in text:
                _write(letter)
            _strike(QKeyCombination(key))

        return f"type {text!r} and key {QKeySequence(key).toString()}", enter

    def compose(self, _: QWidget) -> Move:
        """Write with an input method, which shows what it is at before it hands it over."""
        text, ends = self._rng.choice(("１２", "すうじ", "-３")), self._rng.random() < 0.8

        def compose() -> None:
            to = QApplication.focusWidget()
            if to is None or not to.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
                return
            QApplication.sendEvent(to, QInputMethodEvent(text, []))
            if ends and (to := QApplication.focusWidget()) is not None:
                done = QInputMethodEvent()
                done.setCommitString(text)
                QApplication.sendEvent(to, done)

        return f"compose {text!r}{' and take it' if ends else ''}", compose

    def paste(self, _: QWidget) -> Move:
        columns = self._rng.randint(1, 5)
        rows = ("\t".join("1" * columns) for _ in range(self._rng.randint(1, 5)))
        junk = ("", "\0", '"', "a\tb\n", "１，５\t−2", "\t" * 5, "1e999", "NaN", "\r\r1\r", "é😀漢")
        huge = "1\t" * 90_000 + "\n"
        text = self._rng.choice(("\n".join(rows), self._rng.choice(junk), huge))
        shown = text if len(text) < 60 else f"{text[:9]}… {len(text)} letters"
        return f"paste {shown!r}", lambda: (
            QGuiApplication.clipboard().setText(text),
            _strike(QKeySequence("Ctrl+V")[0]),
        )


def _all(kind: type) -> list:
    found = [one for top in QApplication.topLevelWidgets() for one in top.findChildren(kind)]
    return [one for one in found if isValid(one)]


def _strike(keys: QKeyCombination) -> None:
    """Press a key and let it go."""
    key, held = keys.key(), keys.keyboardModifiers()
    typed = not held & (_Modifier.ControlModifier | _Modifier.AltModifier)
    text = chr(key.value) if key.value < 128 else _TEXTS.get(key, "")
    _send(key, text.lower() if typed else "", held)


def _write(letter: str) -> None:
    key = Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown
    _send(key, letter, _NONE)


def _send(key: Qt.Key, text: str, held: Qt.KeyboardModifier) -> None:
    """Send a key down and up; what it closes going down is not there when it goes up."""
    for down in (True, False):
        if to := _at_keyboard():
            QTest.simulateEvent(to, down, key.value, held, text, False)


def _at_keyboard() -> QWindow | QWidget | None:
    """What gets the keys: what is open over everything, else the window that is on."""
    popup = QApplication.activePopupWidget()
    return (popup.focusWidget() or popup) if popup else QGuiApplication.focusWindow()
