"""Every kind of event that a person can cause in the window, drawn at random.

Keys, the mouse and the wheel go through the platform's door, as real ones do: popups, modal
dialogs, shortcuts and focus are Qt's to sort out.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget

from tests.end_to_end.monkey_keys import Keys, Move
from tests.end_to_end.monkey_mouse import Mouse, name

_WAIT_LIMIT = 160
"""Milliseconds; now and then it is long enough for every timer to have run."""
_PATIENT = 1700


class Moves:
    """Draws one move after the other with ``rng``; ``dropped`` are files to let fall."""

    def __init__(self, rng: Random, dropped: Sequence[Path]) -> None:
        self._rng = rng
        self._keys, self._mouse = keys, mouse = Keys(rng), Mouse(rng, dropped)
        self._kinds: list[tuple[int, Callable[[QWidget], Move]]] = [
            *((16, keys.walk), (12, keys.type), (4, keys.number), (12, keys.shortcut)),
            *((4, keys.any_key), (2, keys.compose), (4, keys.paste)),
            *((30, mouse.click), (10, mouse.touch), (11, mouse.drag), (8, mouse.wheel)),
            *((8, mouse.item), (2, mouse.context_menu), (2, mouse.drop)),
            *((2, self._resize), (5, self._wait), (1, self._state)),
        ]

    def draw(self) -> Move:
        """Draw a move in the window that is on."""
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if QGuiApplication.focusWindow() is None and (lost := modal or self._any_window()):
            return "the system activates a window", lost.activateWindow
        on = popup or modal or self._any_window()
        if on is None or on.windowHandle() is None:
            return self._wait(QWidget.find(0))
        if self._rng.random() < (0.2 if popup else 0.06 if modal else 0.0):
            return self.out()
        if popup and self._rng.random() < 0.5:
            return self._keys.walk(on)
        weights, kinds = zip(*self._kinds, strict=True)
        return self._rng.choices(kinds, weights)[0](on)

    def out(self) -> Move:
        """Leave what is on."""
        return self._keys.tap(Qt.Key.Key_Escape)

    def _any_window(self) -> QWidget | None:
        """The window that has the keyboard, mostly, or another one."""
        active = QApplication.activeWindow()
        if active is not None and self._rng.random() < 0.9:
            return active
        kinds = (QMainWindow, QDialog)
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kinds)]
        found = sorted((w for w in found if w.isVisible()), key=lambda w: w.objectName())
        return self._rng.choice(found) if found else None

    def _resize(self, on: QWidget) -> Move:
        if isinstance(on, QMenu):
            return self._mouse.click(on)
        least = on.minimumSize()
        size = self._rng.randint(least.width(), 1920), self._rng.randint(least.height(), 1080)
        return f"resize {name(on)} to {size}", lambda: on.resize(*size)

    def _state(self, on: QWidget) -> Move:
        """Fold the window up, unfold it, or let the system turn dark."""
        scheme = self._rng.choice((Qt.ColorScheme.Dark, Qt.ColorScheme.Light))
        way = self._rng.choice(("showMinimized", "showMaximized", "showNormal", "showNormal", ""))
        if not isinstance(on, QMainWindow):
            return f"activate {name(on)}", on.activateWindow
        if not way:
            hints = QGuiApplication.styleHints()
            return f"system turns {scheme.name}", lambda: hints.setColorScheme(scheme)

        def show() -> None:
            getattr(on, way)()
            if way == "showMinimized":
                on.showNormal()
            on.activateWindow()

        return f"{way} {name(on)}", show

    def _wait(self, _: QWidget | None) -> Move:
        patient = self._rng.random() < 0.03
        span = _PATIENT if patient else self._rng.randrange(_WAIT_LIMIT)
        return f"wait {span} ms", lambda: QTest.qWait(span)
