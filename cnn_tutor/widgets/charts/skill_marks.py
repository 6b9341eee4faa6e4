"""How a skill stands: a bar with a tick when it is mastered, an outlined word when it is due."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.sizes import SMALLER, scaled

_THICK = 6
_BADGE = 15
_TICK = ((0.27, 0.53), (0.44, 0.69), (0.74, 0.34))
_LOWEST, _HIGHEST = 0.04, 0.93
"""The share of the bar that is filled as soon as anything is, and before all is."""
_SIDE, _ROOM = 7, 1


def paint_bar(painter: QPainter, room: QRectF, share: float, mastered: bool) -> None:
    """Paint a bar across the middle of some room, filled to a share; mastered ones have a tick."""
    theme = colours.current()
    groove = QRectF(room.left(), room.center().y() - _THICK / 2, room.width(), _THICK)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.colour(theme.line))
    painter.drawRoundedRect(groove, _THICK / 2, _THICK / 2)
    if share > 0 or mastered:
        full = 1.0 if mastered else min(max(share, _LOWEST), _HIGHEST)
        painter.setBrush(colours.colour(theme.written))
        filled = QRectF(groove.topLeft(), QSizeF(max(groove.width() * full, _THICK), _THICK))
        painter.drawRoundedRect(filled, _THICK / 2, _THICK / 2)
    if mastered:
        badge = QRectF(0, 0, _BADGE, _BADGE)
        badge.moveCenter(groove.center())
        badge.moveRight(room.right())
        painter.setBrush(colours.colour(theme.written_text))
        painter.drawEllipse(badge)
        pen = QPen(colours.colour(theme.panel), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline([badge.topLeft() + QPointF(x, y) * _BADGE for x, y in _TICK])
    painter.restore()


def mark_width(text: str, font: QFont) -> float:
    """Return how wide a mark is that says this."""
    return QFontMetricsF(scaled(font, SMALLER)).horizontalAdvance(text) + 2 * _SIDE


def paint_mark(painter: QPainter, right: float, middle: float, text: str, font: QFont) -> None:
    """Paint a mark that ends at ``right``, with ``middle`` as the height of its centre."""
    theme = colours.current()
    written = scaled(font, SMALLER)
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
