"""Putting things into their places on a board, and the signs between them, such as ∗ and =."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.pages.views.boxes import Box
from cnn_tutor.pages.views.cells.columns_layout import Size


class Signs:
    """As many signs as a board has just now; labels that are not needed wait for the next time."""

    def __init__(self, board: QWidget) -> None:
        self._board = board
        self.labels: list[QLabel] = []
        """All labels, those that wait among them."""
        self._used = 0

    def start_over(self) -> None:
        """Begin a new arrangement: no sign is in its place yet."""
        self._used = 0

    def put(self, text: str, box: Box) -> None:
        """Put a sign into a place."""
        if self._used == len(self.labels):
            label = QLabel(self._board)
            label.setObjectName("sign")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.lower()
            self.labels.append(label)
        label = self.labels[self._used]
        self._used += 1
        label.setText(text)
        label.setGeometry(box.x, box.y, box.width, box.height)
        label.show()

    def hide_unused(self) -> None:
        """Hide the signs that this arrangement does not have."""
        for label in self.labels[self._used :]:
            label.hide()


def within(box: Box, size: Size, cell: Size) -> Box:
    """The part of a box that a grid fills, which may be smaller than the largest of its kind."""
    wide, high = size[1] * cell[0], size[0] * cell[1]
    return Box(box.x, box.y, min(wide, box.width), min(high, box.height))


def put(widget: QWidget, box: Box) -> None:
    """Show a widget in a box."""
    widget.setGeometry(QRect(box.x, box.y, box.width, box.height))
    widget.show()
