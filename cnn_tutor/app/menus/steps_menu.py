"""The menu of the walk over an output: what the buttons of the step player do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cnn_tutor.app.window_parts import WindowParts
from cnn_tutor.document.playback import Walk

translate = QCoreApplication.translate
Add = Callable[[QMenu, Callable[[], str], Callable[[], object], str | None, str], QAction]


class StepsMenu:
    """Fills the menu; it steps on the page that is on, where there is anything to step through."""

    def __init__(self, menu: QMenu, add: Add, parts: WindowParts) -> None:
        self._parts = parts
        for text, method, keys, drawing in (
            (lambda: translate("menu", "&Play or pause"), Walk.toggle, "F5", "play"),
            (lambda: translate("menu", "&First"), Walk.first, "Alt+Home", "first"),
            (lambda: translate("menu", "&Back"), Walk.back, "Alt+Left", "back"),
            (lambda: translate("menu", "F&orward"), Walk.forward, "Alt+Right", "forward"),
            (lambda: translate("menu", "&Last"), Walk.last, "Alt+End", "last"),
        ):
            add(menu, text, partial(self._do, method), keys, drawing)

    def _do(self, method: Callable[[Walk], None]) -> None:
        desk = self._parts.practice
        walk = desk.walk if desk.on else self._parts.lab.walk
        if walk is not None:
            method(walk)
