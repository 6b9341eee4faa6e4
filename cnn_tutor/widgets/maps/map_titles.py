"""The titles over the columns of a picture of a network."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from cnn_tutor.widgets.style import colours

_LONG = 116.0
"""A wider title is written in two lines, in pixels."""

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom


class MapTitles:
    """Names in bold with their shapes below, all as high as the highest needs."""

    def __init__(self, widget: QWidget, titles: list[tuple[str, str]]) -> None:
        self._titles = titles
        self._bold, self._plain = QFont(widget.font()), QFont(widget.font())
        self._bold.setBold(True)
        for font, scale in ((self._bold, 0.95), (self._plain, 0.88)):
            font.setPointSizeF(widget.font().pointSizeF() * scale)
        names, shapes = QFontMetricsF(self._bold), QFontMetricsF(self._plain)
        self.widths = [
            max(_width(names, name), shapes.horizontalAdvance(shape)) + 4.0
            for name, shape in titles
        ]
        pairs = zip(titles, self.widths, strict=True)
        self._high = max((_height(names, name, wide) for (name, _), wide in pairs), default=0.0)
        self.line = shapes.height()
        self.height = self._high + self.line + 6.0

    def draw(self, painter: QPainter, place: int, slot: QRectF, current: bool) -> None:
        """Write a title over a slot; that of the current column in the accent's colour."""
        theme = colours.current()
        name, shape = self._titles[place]
        painter.setFont(self._bold)
        painter.setPen(colours.colour(theme.accent_text if current else theme.text))
        width = max(slot.width(), self.widths[place])
        box = QRectF(slot.center().x() - width / 2, 0.0, width, self._high)
        painter.drawText(box, _WRAP, name)
        self.note(painter, box.translated(0, self._high), shape, colours.colour(theme.dim))

    def note(self, painter: QPainter, box: QRectF, text: str, ink: QColor) -> None:
        """Write a line in small letters at the top of a box."""
        painter.setFont(self._plain)
        painter.setPen(ink)
        line = QRectF(box.x() - 20, box.y(), box.width() + 40, self.line)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)


def _width(metrics: QFontMetricsF, text: str) -> float:
    """Return the width of a title, of one in two lines where it is long."""
    whole = metrics.horizontalAdvance(text)
    if whole <= _LONG:
        return whole
    width = whole / 2
    while _height(metrics, text, width) > 2.1 * metrics.height():
        width += 4
    return max(width, *(metrics.horizontalAdvance(word) for word in [*text.split(), ""]))


def _height(metrics: QFontMetricsF, text: str, width: float) -> float:
    return metrics.boundingRect(QRectF(0, 0, width, 1000), _WRAP, text).height()
