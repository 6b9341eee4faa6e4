"""The way back from one cell through a network: the box that it reads of every earlier value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF

from cnn_tutor.engine.region import Region
from cnn_tutor.widgets.maps.map_layout import MapStack
from cnn_tutor.widgets.style import colours

_SEEN = 5.0
"""A smaller box is outlined from outside, so that its cell stays to be seen."""


@dataclass(frozen=True)
class Frustum:
    """What is highlighted: rectangles of every value, from the input on, and rays between them."""

    boxes: tuple[tuple[QRectF, ...], ...]
    """For each value from the first on that is read, its box in each of its maps."""

    rays: tuple[tuple[QPointF, QPointF, QPointF, QPointF], ...]
    """Right corners of one box, upper and lower, and left corners, lower and upper, of the next."""

    gaps: tuple[tuple[float, float], ...] = ()
    """For each ray from where to where it runs beside the maps, in pixels from the left."""


def traced(stacks: Sequence[MapStack], boxes: Sequence[Region]) -> Frustum:
    """Follow the boxes of the first values up to the cell itself, which is the last of them.

    Where several maps are read, the rays go through the one that is nearest in height.
    """
    found = [stack.rects(region) for stack, region in zip(stacks, boxes, strict=False)]
    rays, gaps = [], []
    after: list[QRectF] = []
    left = 0.0
    for stack, rects in zip(reversed(stacks[: len(found)]), reversed(found), strict=True):
        through = _through(stack, rects, after)
        if after and through:
            box, end = through[-1], after[0]
            rays.append((box.topRight(), box.bottomRight(), end.bottomLeft(), end.topLeft()))
            (line,) = (line for line in stack.lines if line.contains(box.center()))
            gaps.append((line.right(), left))
        after, left = through, stack.rect.left()
    outlined = tuple(tuple(r for _, r in rects) for rects in found)
    return Frustum(outlined, tuple(reversed(rays)), tuple(reversed(gaps)))


def draw_rays(painter: QPainter, frustum: Frustum, stacks: Sequence[MapStack]) -> None:
    """Draw the rays between the maps; at the edge of each they end, as if they went on behind."""
    theme = colours.current()
    maps = QPainterPath()
    maps.setFillRule(Qt.FillRule.WindingFill)
    for stack in stacks:
        for rect in stack.lines:
            maps.addRect(rect.adjusted(-1, -1, 1, 1))
    fill, line = QColor(theme.read), colours.colour(theme.read_line)
    fill.setAlphaF(0.13)
    stroke = QPainterPathStroker(QPen(line, 1.25))
    for ray, (left, right) in zip(frustum.rays, frustum.gaps, strict=True):
        edges = [(_along(a, b, left), _along(a, b, right)) for a, b in (ray[::3], ray[1:3])]
        (a, b), (c, d) = edges
        band = QPainterPath()
        band.addPolygon(QPolygonF([a, b, d, c]))
        # Not by clipping, which is lost where the picture is written as SVG.
        painter.fillPath(band.subtracted(maps), fill)
        for start, end in edges:
            way = QPainterPath(start)
            way.lineTo(end)
            painter.fillPath(stroke.createStroke(way).subtracted(maps), line)


def draw_boxes(painter: QPainter, frustum: Frustum) -> None:
    """Outline what is read, and the cell itself in another colour and a thicker line."""
    theme = colours.current()
    last = len(frustum.boxes) - 1
    for place, rects in enumerate(frustum.boxes):
        ink = theme.written if place == last else theme.read_line
        for rect in rects:
            outline(painter, rect, ink, 3.0 if place == last else 2.0)


def outline(painter: QPainter, rect: QRectF, ink: str, width: float) -> None:
    """Outline a box along its edge; a tiny one from outside, with a rim that sets it off."""
    tiny = min(rect.width(), rect.height()) < _SEEN + width
    room = width / 2 if tiny else 0.0
    box = rect.adjusted(-room, -room, room, room)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    rim = QColor(colours.current().panel)
    rim.setAlphaF(0.75)
    painter.setPen(_pen(rim, width + 2))
    painter.drawRect(box)
    painter.setPen(_pen(colours.colour(ink), width))
    painter.drawRect(box)


def _through(
    stack: MapStack, rects: Sequence[tuple[int, QRectF]], after: Sequence[QRectF]
) -> list[QRectF]:
    """Return the rectangles that the rays go through: of one map, or all strips of a vector."""
    if stack.flat or not rects:
        return [rect for _, rect in rects]
    height = after[0].center().y() if after else 0.0
    near = min((rect for _, rect in rects), key=lambda r: (abs(r.center().y() - height), -r.x()))
    return [near]


def _along(start: QPointF, end: QPointF, x: float) -> QPointF:
    """Return the point of a line that is so far from the left."""
    share = (x - start.x()) / (end.x() - start.x())
    return QPointF(x, start.y() + share * (end.y() - start.y()))


def _pen(ink: QColor, width: float) -> QPen:
    return QPen(
        ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin
    )
