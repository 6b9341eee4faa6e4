"""A slim bar that fills as a skill is learned, and ends in a tick when it is mastered."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen

from cnn_tutor.widgets.style import colours

_THICK = 6
_BADGE = 15
_TICK = ((0.27, 0.53), (0.44, 0.69), (0.74, 0.34))
_LEAST, _MOST = 0.04, 0.93
"""So much of the bar is filled as soon as anything is, and no more before all is."""


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
        full = 1.0 if mastered else min(max(share, _LEAST), _MOST)
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
