"""Buttons: one that opens a menu, one that takes the brush."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget

from cnn_tutor.widgets.controls.layouts import fixed
from cnn_tutor.widgets.style.icons import icon
from cnn_tutor.widgets.style.sizes import measured, px

_BRUSH_KEY = "B"
RELABELS = (
    QEvent.Type.LanguageChange,
    QEvent.Type.PaletteChange,
    QEvent.Type.FontChange,
)
"""Events after which buttons write their words and draw their icons again."""


def with_keys(text: str, keys: QKeySequence | str) -> str:
    """Return what a tooltip says of a command that has a shortcut: as keyboards here name it."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({native})" if native else text


class MenuButton(QToolButton):
    """Opens its menu by a click, Enter or the space bar, whatever this Qt does with them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.showMenu()
        else:
            super().keyPressEvent(event)


Button = TypeVar("Button", bound=QAbstractButton)


def with_icon(button: Button, size: int) -> Button:
    """Return a button with room for an icon, given at the standard letters."""
    return measured(button, lambda button: button.setIconSize(QSize(px(size), px(size))))


class LabelledButton(QToolButton):
    """Has its words and its icon written anew in another language, theme or size of letters."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in RELABELS:
            self.label()

    def label(self) -> None:
        """Write the words and draw the icon as they are now."""
        raise NotImplementedError


class BrushButton(LabelledButton):
    """Its action takes the brush, with which drags over cells paint, and puts it away.

    The key does so all over the page.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("brush")
        fixed(self, 30, 30)
        with_icon(self, 18)
        self.setAutoRaise(True)
        action = QAction(page)
        action.setCheckable(True)
        action.setShortcut(QKeySequence(_BRUSH_KEY))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        page.addAction(action)
        self.setDefaultAction(action)
        self.label()

    def label(self) -> None:
        does = self.tr("Brush: drag to paint a cell's number over others")
        self.setAccessibleName(self.tr("Brush"))
        action = self.defaultAction()
        action.setText(self.tr("Brush"))
        action.setToolTip(with_keys(does, _BRUSH_KEY))
        action.setIcon(icon("brush", 18))
