"""How a skill stands: a bar with a tick when it is mastered, an outlined word when it is due."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.sizes import SMALLER, px, scaled

_THICK = 6
_BADGE = 15
_TICK = ((0.27, 0.53), (0.44, 0.69), (0.74, 0.34))
_LOWEST, _HIGHEST = 0.04, 0.93
"""The share of the bar that is filled as soon as anything is, and before all is."""
_SIDE, _ROOM = 7, 1
_BETWEEN = 4
"""Between the parts of a bar."""


def paint_bar(painter: QPainter, room: QRectF, share: float, mastered: bool) -> None:
    """Paint a bar across the middle of some room, filled to a share; mastered ones have a tick."""
    theme = colours.current()
    groove = QRectF(room.left(), room.center().y() - px(_THICK) / 2, room.width(), px(_THICK))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_groove(painter, groove)
    if share > 0 or mastered:
        full = 1.0 if mastered else min(max(share, _LOWEST), _HIGHEST)
        painter.setBrush(colours.colour(theme.written))
        filled = QRectF(
            groove.topLeft(), QSizeF(max(groove.width() * full, px(_THICK)), px(_THICK))
        )
        painter.drawRoundedRect(filled, px(_THICK) / 2, px(_THICK) / 2)
    if mastered:
        _paint_tick(painter, groove)
    painter.restore()


def paint_conditions(painter: QPainter, room: QRectF, met: Sequence[float]) -> None:
    """Paint a bar in parts, one for each condition, filled as far as that is met.

    One that is met has a tick.
    """
    theme, wide = colours.current(), (room.width() + px(_BETWEEN)) / len(met)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for n, share in enumerate(met):
        left, top = room.left() + n * wide, room.center().y() - px(_THICK) / 2
        groove = QRectF(left, top, wide - px(_BETWEEN), px(_THICK))
        _paint_groove(painter, groove)
        if share > 0:
            groove.setWidth(max(groove.width() * share, px(_THICK)))
            painter.setBrush(colours.colour(theme.written))
            painter.drawRoundedRect(groove, px(_THICK) / 2, px(_THICK) / 2)
        if share >= 1:
            _paint_tick(painter, groove)
    painter.restore()


def _paint_groove(painter: QPainter, bar: QRectF) -> None:
    """Paint an empty bar: its edge, which tells how long a full one is."""
    theme = colours.current()
    painter.setPen(QPen(colours.colour(theme.border), 1))
    painter.setBrush(colours.colour(theme.panel))
    edge = bar.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(edge, edge.height() / 2, edge.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)


def _paint_tick(painter: QPainter, bar: QRectF) -> None:
    """Paint a tick in a circle at the end of a bar."""
    theme = colours.current()
    badge = QRectF(0, 0, px(_BADGE), px(_BADGE))
    badge.moveCenter(bar.center())
    badge.moveRight(bar.right())
    painter.setBrush(colours.colour(theme.written_text))
    painter.drawEllipse(badge)
    pen = QPen(colours.colour(theme.panel), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([badge.topLeft() + QPointF(x, y) * px(_BADGE) for x, y in _TICK])
    painter.setPen(Qt.PenStyle.NoPen)


def mark_width(text: str, font: QFont) -> float:
    """Return how wide a mark is that says this."""
    return QFontMetricsF(scaled(font, SMALLER)).horizontalAdvance(text) + 2 * px(_SIDE)


def paint_mark(painter: QPainter, right: float, middle: float, text: str, font: QFont) -> None:
    """Paint a mark that ends at ``right``, with ``middle`` as the height of its centre."""
    theme = colours.current()
    written = scaled(font, SMALLER)
    width, height = mark_width(text, font), QFontMetricsF(written).height() + 2 * px(_ROOM)
    place = QRectF(right - width, middle - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.colour(theme.read_line), 1.2))
    painter.setBrush(colours.colour(theme.panel))
    painter.drawRoundedRect(place.adjusted(0.6, 0.6, -0.6, -0.6), height / 2, height / 2)
    painter.setFont(written)
    painter.setPen(colours.colour(theme.read_text))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
