"""A small outlined word that says a review is due."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from cnn_tutor.widgets.style import colours

_SMALLER = 0.86
_SIDE, _ROOM = 7, 1


def mark_width(text: str, font: QFont) -> float:
    """Return how wide a mark is that says this."""
    return QFontMetricsF(small(font)).horizontalAdvance(text) + 2 * _SIDE


def paint_mark(painter: QPainter, right: float, middle: float, text: str, font: QFont) -> None:
    """Paint a mark that ends at ``right``, with ``middle`` as the height of its centre."""
    theme = colours.current()
    written = small(font)
    width, height = mark_width(text, font), QFontMetricsF(written).height() + 2 * _ROOM
    place = QRectF(right - width, middle - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.colour(theme.read), 1.2))
    painter.setBrush(colours.colour(theme.panel))
    painter.drawRoundedRect(place.adjusted(0.6, 0.6, -0.6, -0.6), height / 2, height / 2)
    painter.setFont(written)
    painter.setPen(colours.colour(theme.read_text))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def small(font: QFont) -> QFont:
    """Return a font a little smaller than this one."""
    smaller = QFont(font)
    if font.pixelSize() > 0:
        smaller.setPixelSize(round(font.pixelSize() * _SMALLER))
    else:
        smaller.setPointSizeF(font.pointSizeF() * _SMALLER)
    return smaller
