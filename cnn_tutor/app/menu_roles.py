"""Which commands macOS moves into the menu that bears the program's name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QActionEvent


class MenuRoles(QObject):
    """Keeps the actions of menus where they are, but for those that say where they belong.

    An event filter for menus. By itself Qt goes by the words, in English: a lesson or a file that
    is called "Setup" would become the program's settings, and nothing in Japanese its end.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give an action that is added the role of none, if it has no other."""
        if event.type() == QEvent.Type.ActionAdded and isinstance(event, QActionEvent):
            action = event.action()
            if action.menuRole() == QAction.MenuRole.TextHeuristicRole:
                action.setMenuRole(QAction.MenuRole.NoRole)
        return False
