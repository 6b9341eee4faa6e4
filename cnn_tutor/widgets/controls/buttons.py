"""Buttons: one that opens a menu, one that takes the brush."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget

from cnn_tutor.widgets.style.icons import icon

_BRUSH_KEY = "B"


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


class BrushButton(QToolButton):
    """Its action takes the brush, with which drags over cells paint, and puts it away.

    The key does so all over the page.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("brush")
        self.setFixedSize(30, 30)
        self.setIconSize(QSize(18, 18))
        self.setAutoRaise(True)
        action = QAction(page)
        action.setCheckable(True)
        action.setShortcut(QKeySequence(_BRUSH_KEY))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        page.addAction(action)
        self.setDefaultAction(action)
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        """Write what it does in the language that is on."""
        self.defaultAction().setText(self.tr("Brush"))
        does = self.tr("Brush: drag to paint a cell's number over others")
        self.defaultAction().setToolTip(f"{does} ({_BRUSH_KEY})")
        self.setAccessibleName(self.tr("Brush"))

    def restyle(self) -> None:
        """Draw the icon in the theme that is on."""
        self.defaultAction().setIcon(icon("brush", 18))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.restyle()
