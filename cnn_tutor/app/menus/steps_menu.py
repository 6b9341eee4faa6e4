"""The menu of playback: what the buttons of the step player do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cnn_tutor.app.window_parts import WindowParts
from cnn_tutor.document.playback import Playback

translate = QCoreApplication.translate
Add = Callable[[QMenu, Callable[[], str], Callable[[], object], str | None, str], QAction]


class StepsMenu:
    """Fills the menu; it steps on the page that is on, where there is anything to step through."""

    def __init__(self, menu: QMenu, add: Add, parts: WindowParts) -> None:
        self._parts = parts
        for text, method, keys, drawing in (
            (lambda: translate("menu", "&Play or pause"), Playback.toggle, "F5", "play"),
            (lambda: translate("menu", "&First"), Playback.first, "Alt+Home", "first"),
            (lambda: translate("menu", "&Back"), Playback.back, "Alt+Left", "back"),
            (lambda: translate("menu", "F&orward"), Playback.forward, "Alt+Right", "forward"),
            (lambda: translate("menu", "&Last"), Playback.last, "Alt+End", "last"),
        ):
            add(menu, text, partial(self._do, method), keys, drawing)

    def _do(self, method: Callable[[Playback], None]) -> None:
        practice = self._parts.practice
        walk = practice.playback if practice.on else self._parts.lab.playback
        if walk is not None:
            method(walk)
