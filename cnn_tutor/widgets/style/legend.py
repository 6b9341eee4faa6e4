"""The legend of shaded numbers: which colour stands for what."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cnn_tutor.study import numbers
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import shade
from cnn_tutor.widgets.style.sizes import px

_BAR, _HIGH, _GAP, _EDGE = 160, 12, 10, 12


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
            px(_BAR + 2 * _GAP + 2 * _EDGE) + metrics.horizontalAdvance(self._caption),
            px(_HIGH + 4) + metrics.height(),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, left, below = colours.current(), px(_EDGE), px(_HIGH + 2)
        wide = px(_BAR)
        with QPainter(self) as painter:
            for x in range(wide):
                value = 2 * x / (wide - 1) - 1
                painter.fillRect(left + x, px(2), 1, px(_HIGH), shade(value, 1.0))
            painter.setPen(colours.colour(theme.text))
            for text, share in ((numbers.MINUS, 0.0), ("0", 0.5), ("+", 1.0)):
                middle = left + round(share * wide)
                box = QRect(middle - left, below, 2 * left, self.height() - below)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            beside = QRect(left + wide + px(_GAP + 4), 0, self.width(), self.height())
            painter.setPen(colours.colour(theme.dim))
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, self._caption)
