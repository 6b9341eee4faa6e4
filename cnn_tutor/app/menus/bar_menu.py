"""A menu of the menu bar, which macOS takes commands out of."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QActionEvent
from PySide6.QtWidgets import QMenu


class BarMenu(QMenu):
    """Keeps its actions, but for those that say that they belong under the program's name.

    By itself Qt goes by the words, in English: a lesson or a file that is called "Setup" would
    become the program's settings, and nothing in Japanese its end.
    """

    def actionEvent(self, event: QActionEvent) -> None:
        """Give an action that is added the role of none, if it has no other."""
        if event.type() == QEvent.Type.ActionAdded:
            action = event.action()
            if action.menuRole() == QAction.MenuRole.TextHeuristicRole:
                action.setMenuRole(QAction.MenuRole.NoRole)
        super().actionEvent(event)
