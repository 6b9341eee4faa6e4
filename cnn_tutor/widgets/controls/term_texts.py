"""Formulas whose terms can be pointed at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget

from cnn_tutor.widgets.style.rich_text import pointed_term


class TermLabel(QLabel):
    """A label with a formula; says which of its terms is pointed at."""

    pointed = Signal(object)
    """Emitted with the place of the term that is pointed at, None for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.linkHovered.connect(self._point)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def _point(self, link: str) -> None:
        self.setCursor(Qt.CursorShape.ArrowCursor)  # there is nothing to click
        self.pointed.emit(pointed_term(link))


class TermText(QTextEdit):
    """A formula that may be long, to be read and copied; says which term is pointed at."""

    pointed = Signal(object)
    """Emitted with the place of the term that is pointed at, None for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setMouseTracking(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            self.pointed.emit(pointed_term(self.anchorAt(event.position().toPoint())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)
