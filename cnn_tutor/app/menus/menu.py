"""A menu of the menu bar, and how an action comes into it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QActionEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from cnn_tutor.widgets.style.icons import icon

Text = Callable[[], str]
"""Returns a text in the language that is on."""

_NO_ROLE = QAction.MenuRole.NoRole


class Menu(QMenu):
    """Writes its actions in the language that is on, and draws their icons in the theme.

    It keeps all of them, but for those whose role says that they belong under the program's name
    on macOS. By itself Qt goes by the words, in English: a lesson or a file that is called "Setup"
    would become the program's settings, and nothing in Japanese its end.
    """

    def __init__(self, above: QMenuBar | QMenu, text: Text) -> None:
        super().__init__(above)
        above.addMenu(self)
        self._texts: list[tuple[QAction, Text]] = [(self.menuAction(), text)]
        self._icons: list[tuple[QAction, str]] = []

    def add(
        self,
        text: Text,
        does: Callable[[], object],
        keys: QKeySequence.StandardKey | str | None = None,
        drawing: str = "",
        role: QAction.MenuRole = _NO_ROLE,
    ) -> QAction:
        """Add an action, with a shortcut and an icon if they are given."""
        action = QAction(self)
        action.setMenuRole(role)
        action.triggered.connect(lambda: does())
        if isinstance(keys, str):
            action.setShortcut(QKeySequence(keys))
        elif keys is not None:
            action.setShortcuts(QKeySequence.keyBindings(keys))
        self.addAction(action)
        self._texts.append((action, text))
        if drawing:
            self._icons.append((action, drawing))
        return action

    def retranslate(self) -> None:
        """Write the menu's title and its actions in the language that is on."""
        for action, text in self._texts:
            action.setText(text())

    def restyle(self) -> None:
        """Draw the icons in the theme that is on."""
        for action, name in self._icons:
            action.setIcon(icon(name))

    def actionEvent(self, event: QActionEvent) -> None:
        if event.type() == QEvent.Type.ActionAdded:
            action = event.action()
            if action.menuRole() == QAction.MenuRole.TextHeuristicRole:
                action.setMenuRole(_NO_ROLE)
        super().actionEvent(event)
