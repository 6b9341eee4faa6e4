"""A figure: what a stage shows, with a margin around it and perhaps a caption, for any device."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.figures.stage import Stage
from cnn_tutor.widgets.style.colours import colour

MARGIN = 16
"""Pixels that stay free around a figure."""

_CAPTION_GAP, _LEAST_CAPTION = 14, 420
_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)


class Figure:
    """Paints a stage, cropped to its ``bounds``, over its caption; sizes are in pixels."""

    def __init__(self, stage: Stage, bounds: QRect, caption: str, transparent: bool) -> None:
        self._stage, self._bounds, self._caption = stage, bounds, caption
        self.ground: QColor | None = None if transparent else colour(stage.theme.background)
        """What the figure stands on; None for whatever is behind it."""
        wide, high = bounds.width(), bounds.height()
        if caption:
            wide = max(wide, _LEAST_CAPTION)
            room = QRect(0, 0, wide, 10_000)
            text = QFontMetrics(self._font).boundingRect(room, _FLAGS, caption)
            high += _CAPTION_GAP + text.height()
        self.size = QSize(wide + 2 * MARGIN, high + 2 * MARGIN)

    def paint(self, painter: QPainter) -> None:
        """Paint it at the painter's origin."""
        if self.ground is not None:
            painter.fillRect(QRect(QPoint(), self.size), self.ground)
        inside = self.size.width() - 2 * MARGIN
        left = MARGIN + (inside - self._bounds.width()) // 2
        self._stage.paint(painter, self._bounds.topLeft() - QPoint(left, MARGIN))
        if self._caption:
            top = MARGIN + self._bounds.height() + _CAPTION_GAP
            painter.setFont(self._font)
            painter.setPen(colour(self._stage.theme.text))
            place = QRect(MARGIN, top, inside, self.size.height() - top)
            painter.drawText(place, _FLAGS, self._caption)

    @property
    def _font(self) -> QFont:
        return QApplication.font()
