"""The legend of shaded numbers: which colour stands for what."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cnn_tutor.study import numbers
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import shade

_BAR = QSize(160, 12)
_GAP = 10


class Legend(QWidget):
    """A bar from the lowest to the highest colour, with what its ends and its middle mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = ""

    def set_caption(self, caption: str) -> None:
        """Say beside the bar how far the scale goes."""
        self._caption = caption
        self.setAccessibleName(caption)
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(
            _BAR.width() + 2 * _GAP + 24 + metrics.horizontalAdvance(self._caption),
            _BAR.height() + metrics.height() + 4,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, left, below = colours.current(), 12, _BAR.height() + 2
        with QPainter(self) as painter:
            for x in range(_BAR.width()):
                value = 2 * x / (_BAR.width() - 1) - 1
                painter.fillRect(left + x, 2, 1, _BAR.height(), shade(value, 1.0))
            painter.setPen(colours.colour(theme.text))
            for text, share in ((numbers.MINUS, 0.0), ("0", 0.5), ("+", 1.0)):
                middle = left + round(share * _BAR.width())
                box = QRect(middle - 12, below, 24, self.height() - below)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            beside = QRect(left + _BAR.width() + _GAP + 4, 0, self.width(), self.height())
            painter.setPen(colours.colour(theme.dim))
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, self._caption)
