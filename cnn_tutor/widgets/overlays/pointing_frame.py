"""A frame with a soft halo and a triangle that points at it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QRegion

from cnn_tutor.widgets.style import colours

Point = tuple[float, float]

_LINE, _THIN = 2.5, 2.0
"""How thick a frame is, and where there is little room."""

_ROUND, _INSIDE = 6.0, 3
"""How round its corners are, and how far they reach inside of it."""

_SOFT = 0.25
_SWELL = 5.0
"""How much wider a halo can get, in pixels."""

_TIP, _LONG, _WIDE = 2.0, 9.0, 7.0
"""How far a triangle is from its frame, how long it is, and half as wide."""

_ALONG = (0.5, 0.75, 0.25)
"""Where along a side a triangle may stand; the middle is best."""


@dataclass(frozen=True)
class PointingFrame:
    """What is drawn around a place. Where ``near`` is small there is little room, and it is finer.

    ``near`` is how far the frame is from what it is around, ``tip`` the triangle's corners, the
    pointing one first.
    """

    rect: QRect
    near: int
    tip: tuple[Point, ...]

    def paint(self, painter: QPainter, swelling: float) -> None:
        """Draw it in the theme that is on; ``swelling`` is how wide its halo is, from 0 to 1."""
        theme = colours.current()
        ink = colours.colour(theme.accent)
        soft = QColor(ink)
        soft.setAlphaF(_SOFT)
        box, line = QRectF(self.rect), _line(self.near)
        halo = _halo(self.near) + _SWELL * swelling
        out = (line + halo) / 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(soft, halo))
        painter.drawRoundedRect(box.adjusted(-out, -out, out, out), _ROUND + out, _ROUND + out)
        painter.setPen(QPen(ink, line))
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        painter.setPen(QPen(colours.colour(theme.panel), 1))
        painter.setBrush(ink)
        painter.drawPolygon(_polygon(self.tip))

    def ground(self) -> QRegion:
        """Return all that it can cover; what it is around is none of it, but for its edge."""
        out = math.ceil(_line(self.near) / 2 + _halo(self.near) + _SWELL)
        outer = self.rect.adjusted(-out, -out, out, out)
        inner = self.rect.adjusted(_INSIDE, _INSIDE, -_INSIDE, -_INSIDE)
        tip = _polygon(self.tip).boundingRect().adjusted(-2, -2, 2, 2).toAlignedRect()
        return (QRegion(outer) - QRegion(inner)) + QRegion(tip)


def pointing_frame(rect: QRect, near: int, is_free: Callable[[QRect], bool]) -> PointingFrame:
    """Return a frame with its triangle in a free place: above it, else beside or below it.

    Where nothing is free, the triangle is at the corner: in a grid, cells have no numbers there.
    """
    for tip in _tips(QRectF(rect)):
        if is_free(_polygon(tip).boundingRect().toAlignedRect()):
            return PointingFrame(rect, near, tip)
    long, thin = 2.0 * near + 3, 0.2 * (2.0 * near + 3)
    corner = _triangle(rect.x() + 1, rect.y() + 1, (-long, -thin), (-thin, -long))
    return PointingFrame(rect, near, corner)


def _tips(box: QRectF) -> Iterator[tuple[Point, ...]]:
    """Go through the triangles that can point at a frame, the best first."""
    for sign, beside, over in ((-1, box.left(), box.top()), (1, box.right(), box.bottom())):
        away, long = sign * _TIP, sign * _LONG
        for share in _ALONG:
            x, y = box.left() + share * box.width(), box.top() + share * box.height()
            yield _triangle(x, over + away, (-_WIDE, long), (_WIDE, long))
            yield _triangle(beside + away, y, (long, -_WIDE), (long, _WIDE))


def _triangle(x: float, y: float, *others: Point) -> tuple[Point, ...]:
    return ((x, y), *((x + across, y + down) for across, down in others))


def _polygon(corners: tuple[Point, ...]) -> QPolygonF:
    return QPolygonF([QPointF(*corner) for corner in corners])


def _line(near: int) -> float:
    return _LINE if near > 2 else _THIN


def _halo(near: int) -> float:
    return near + 2.0
