"""A short message in the place it is about."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.widgets.overlay import make_overlay

_SHOWN_MS = 7000
_PER_LETTER_MS = 100
"""A long message is shown for longer: nobody can read a remark of three lines in seven seconds."""
WIDTH = 320
"""How wide a message is, where its parent has room for it."""


class Notice(QLabel):
    """A bubble under a cell that says what was wrong with it; it goes by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._board = parent
        self.setObjectName("notice")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)  # what was typed can look like HTML
        make_overlay(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, near: QRect, width: int = WIDTH) -> None:
        """Show a message below a place given in the parent's coordinates, or above it."""
        self.setText(text)
        self.setAccessibleName(text)
        self.ensurePolished()  # its style has margins that count
        self.setMinimumHeight(0)
        self.setFixedWidth(min(width, self._board.width() - 16))
        self.setFixedHeight(self.heightForWidth(self.width()))
        room = self._board.rect().adjusted(8, 8, -8, -8)
        x = max(
            room.left(), min(near.center().x() - self.width() // 2, room.right() - self.width())
        )
        below = near.bottom() + 8
        y = below if below + self.height() <= room.bottom() else near.top() - 8 - self.height()
        self.move(QPoint(x, max(room.top(), y)))
        self.raise_()
        self.show()
        self._timer.start(max(_SHOWN_MS, _PER_LETTER_MS * len(text)))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
