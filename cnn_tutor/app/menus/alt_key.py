"""Keeps a shortcut with Alt from opening the menus, too, where a screen reader is on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow


class AltKey(QObject):
    """Passes over an Alt of a window that comes a second time.

    On Linux, Qt shows each key to the screen reader first and sends it again afterwards. When Alt
    comes that late, its shortcut is done already: alone, it would bring the keyboard to the menus.
    """

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        return event.key() == Qt.Key.Key_Alt and not event.spontaneous()
