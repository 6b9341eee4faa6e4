"""What stands under every map: how far its scale goes, and the filter that made it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from cnn_tutor.engine.arrays import Array
from cnn_tutor.study import numbers
from cnn_tutor.widgets.maps.map_layout import NO_FOOT, Foot, MapStack
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import images, largest
from cnn_tutor.widgets.style.sizes import SMALLER, scaled

_LETTERS = 6
_BAR, _BAR_HIGH = (8.0, 26.0), 6.0
"""The least and the most width of a bar between the ends of a scale, and its height, in pixels."""

_APART, _GAP = 4.0, 8.0
_ABOVE = 4.0

_BADGE, _DOT = 22, (2, 8)
"""How large a filter is about, and the least and the most of one of its cells, in pixels."""

_CORNER, _COARSE = 0.34, 12.0
"""How much of a map's width its filter takes in a corner, where cells are smaller than that."""

_MAPS_LIMIT = 36
"""With more maps there is no room for anything under them."""


@dataclass(frozen=True)
class Scale:
    """The lowest and the highest number that the colours of a map tell apart."""

    low: float
    high: float

    @property
    def end(self) -> float:
        """The number, without its sign, that has the full colour."""
        return max(abs(self.low), abs(self.high))


def scales(planes: Array, shared: bool) -> list[Scale | None]:
    """Return the scale of each of (planes, rows, columns), or for each that of all of them.

    Numbers that are not finite have no place on a scale; without any other there is none.
    """
    return [_scale(planes)] * len(planes) if shared else [_scale(plane) for plane in planes]


class Form(Enum):
    """What has room under a map: its scale and its filter, its scale alone, or nothing.

    Its filter is then in a corner of the map.
    """

    BOTH = 0
    SCALE = 1
    NEITHER = 2


class MapFeet:
    """The lines under the maps of one value.

    ``filters`` is what made each map, (rows, columns, channels, maps), or None where no filter did.
    """

    def __init__(
        self,
        font: QFont,
        found: Sequence[Scale | None],
        filters: Array | None,
        form: Form = Form.BOTH,
    ) -> None:
        self._form = form
        self._font = scaled(font, SMALLER)
        self._metrics = QFontMetricsF(self._font)
        self._scales, self._filters = found, filters
        self._dot = 0
        if filters is not None:
            least, most = _DOT
            self._dot = max(least, min(most, round(_BADGE / max(filters.shape[:2]))))

    @property
    def foot(self) -> Foot:
        """How much room they take under each map."""
        if len(self._scales) > _MAPS_LIMIT or self._form == Form.NEITHER:
            return NO_FOOT
        high, wide = self._metrics.height(), max(map(self._ends_width, self._scales), default=0.0)
        if self._filters is not None and self._form == Form.BOTH:
            rows, _, channels, _ = self._filters.shape
            high = max(high, rows * self._dot + 2.0)
            more = _APART + self._metrics.horizontalAdvance(_times(channels)) if channels > 1 else 0
            wide += _GAP + self._badges_width(1) + more
        return Foot(_ABOVE + high, wide)

    def draw(self, painter: QPainter, stack: MapStack) -> None:
        """Draw them where the stack has room for them."""
        painter.setFont(self._font)
        for plane, found in enumerate(self._scales):
            box = stack.foot_rect(plane).adjusted(0, _ABOVE, 0, 0)
            left = 0.0
            if self._filters is not None and not (stack.foot.high and self._form == Form.BOTH):
                self._draw_in_corner(painter, stack, self._filters[..., plane], plane)
            elif self._filters is not None:
                room = box.width() - self._ends_width(found) - _GAP
                left = self._draw_filter(painter, box, self._filters[..., plane], room)
            if found is not None and stack.foot.high:
                self._draw_ends(painter, box, found, left - _GAP if left else 0.0)

    def _draw_ends(self, painter: QPainter, box: QRectF, found: Scale, right: float) -> None:
        """Write the ends of a scale: at the left of what goes to ``right``, or in the middle."""
        theme, least = colours.current(), self._ends_width(found)
        room = (right or box.right()) - box.x() - least
        bar_width = float(round(min(_BAR[1], _BAR[0] + max(room, 0.0))))
        x = box.x() if right else box.center().x() - (least + bar_width - _BAR[0]) / 2
        painter.setPen(colours.colour(theme.dim))
        texts = _texts(found)
        self._write(painter, QRectF(x, box.y(), 0, box.height()), texts[0])
        if len(texts) == 1:
            return
        bar = QRectF(x + self._wide(texts[0]) + _APART, 0, bar_width, _BAR_HIGH)
        bar.moveTop(round(box.center().y() - _BAR_HIGH / 2))
        bar.moveLeft(round(bar.left()))
        values = np.linspace(found.low, found.high, round(bar_width))
        (image,) = images(values[None, None], found.end)
        _draw_plane(painter, bar, image, colours.blend(theme.dim, theme.panel, 0.55))
        painter.setPen(colours.colour(theme.dim))
        self._write(painter, QRectF(bar.right() + _APART, box.y(), 0, box.height()), texts[1])

    def _draw_filter(self, painter: QPainter, box: QRectF, weights: Array, room: float) -> float:
        """Draw the planes of a filter beside each other, or the first if there is no room for all.

        How many there are is said beside that one. Return where they begin.
        """
        rows, columns, channels = weights.shape
        theme, all_fit = colours.current(), self._badges_width(channels) <= room
        seen = channels if all_fit else 1
        wide = self._badges_width(seen)
        x = round(box.right() - wide)
        if not all_fit:
            text = _times(channels)
            x = round(x - _APART - self._wide(text))
            painter.setPen(colours.colour(theme.dim))
            self._write(painter, QRectF(x + wide + _APART, box.y(), 0, box.height()), text)
        y = round(box.center().y() - rows * self._dot / 2)
        planes = images(np.moveaxis(weights[..., :seen], -1, 0), largest(weights))
        for channel, image in enumerate(planes):
            left = x + 1 + channel * (columns * self._dot + 3)
            rect = QRectF(left, y, columns * self._dot, rows * self._dot)
            _draw_plane(painter, rect, image, colours.colour(theme.dim))
        return float(x)

    def _draw_in_corner(
        self, painter: QPainter, stack: MapStack, weights: Array, plane: int
    ) -> None:
        """Draw the first plane of a filter into the upper right corner, if its cells are small."""
        rect = stack.plane_rect(plane)
        rows, columns = weights.shape[:2]
        dot = math.floor(rect.width() * _CORNER / max(rows, columns))
        if stack.cell < _COARSE and dot:
            box = QRectF(0, 0, columns * dot, rows * dot)
            box.moveTopRight(rect.topRight())
            (image,) = images(weights[None, :, :, 0], largest(weights))
            _draw_plane(painter, box, image, colours.colour(colours.current().dim))

    def _badges_width(self, count: int) -> float:
        columns = self._filters.shape[1] if self._filters is not None else 0
        return float(count * (columns * self._dot + 3) - 1)

    def _ends_width(self, found: Scale | None) -> float:
        if found is None:
            return 0.0
        texts = _texts(found)
        return sum(map(self._wide, texts)) + (len(texts) - 1) * (_BAR[0] + 2 * _APART)

    def _wide(self, text: str) -> float:
        return self._metrics.horizontalAdvance(text)

    def _write(self, painter: QPainter, at: QRectF, text: str) -> None:
        up = (at.height() - self._metrics.height()) / 2
        painter.drawText(QPointF(at.x(), at.y() + up + self._metrics.ascent()), text)


def _draw_plane(painter: QPainter, rect: QRectF, image: QImage, ink: QColor) -> None:
    painter.drawImage(rect, image)
    painter.setPen(QPen(ink, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.translated(0.5, 0.5))


def _scale(values: Array) -> Scale | None:
    known = values[np.isfinite(values)]
    return Scale(float(known.min()), float(known.max())) if known.size else None


def _texts(found: Scale) -> tuple[str, ...]:
    """Write the ends of a scale; where they are the same, one of them."""
    ends = (found.low,) if found.low == found.high else (found.low, found.high)
    return tuple(numbers.shorten(end, _LETTERS) for end in ends)


def _times(channels: int) -> str:
    return f"×{channels}"
