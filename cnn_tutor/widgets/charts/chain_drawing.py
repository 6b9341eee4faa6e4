"""A chain of layers: boxes joined by arrows, with what leaves each of them at its arrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from cnn_tutor.widgets.style.sizes import SMALLER, scaled

_SIDE, _TOP, _NARROWEST, _WIDEST, _WIDEST_NAME = 0.55, 0.4, 4.0, 7.4, 10.5
"""Beside and over the text in a box, and how wide the text is; all lengths are line heights."""

_ARROW, _HEAD, _MARGIN, _BESIDE, _SPACE = 1.9, 0.28, 0.2, 1.0, 0.5
_ONE, _SIDES, _HIGH = 3.6, 2.5, 1.75
"""How wide a field is that stands alone, or beside others, and how high they all are."""

_TIMES, _APART, _SIGN = 0.75, 0.8, 1.0
_UNDER, _BETWEEN = 0.45, 0.9
"""Under the fields, and between two rows."""

_ROUND = 0.42
_WRAPPED = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap


class Stop(NamedTuple):
    """A layer, with a line for each of its settings, and what leaves it.

    ``known`` is written on the arrow; over it is room for some ``fields``, after a ``caption``.
    """

    name: str
    details: tuple[str, ...] = ()
    known: str = ""
    fields: int = 0
    caption: str = ""


class Inks(NamedTuple):
    """The colours of a chain."""

    text: QColor
    dim: QColor
    line: QColor
    ground: QColor


class _Part(NamedTuple):
    """A stop, its box, the length of its arrow and the width of what stands over that."""

    stop: Stop
    box: QSizeF
    arrow: float
    label: float


class ChainDrawing:
    """The boxes, arrows and texts of a chain, in rows no wider than ``width`` if they can be.

    ``start`` is what goes into the first layer; ``marked`` says that there is to be room for a
    sign over each field. Everything is as large as the ``font``. ``fields`` are the places of all
    fields in their order, ``signs`` those over them.
    """

    def __init__(
        self, start: str, stops: Sequence[Stop], font: QFont, width: float, marked: bool = False
    ) -> None:
        self.fields: list[QRectF] = []
        self.signs: list[QRectF] = []
        self._wide = self._high = 0.0
        self._line = QFontMetricsF(font).height()
        self._plain, self._small, self._strong = font, scaled(font, SMALLER), QFont(font)
        self._strong.setBold(True)
        self._boxes: list[tuple[QRectF, Stop]] = []
        self._arrows: list[tuple[QPointF, QPointF]] = []
        self._leaders: list[tuple[QPointF, QPointF]] = []
        self._texts: list[tuple[QRectF, str]] = []
        self._sign = _SIGN * self._line if marked else 0.0
        self._start, self._parts = start, [self._measured(stop) for stop in stops]
        for first, end in pairwise((0, *self._ends(width))):
            self._place(first, end)

    @property
    def size(self) -> QSizeF:
        """How large all of it is."""
        return QSizeF(self._wide, self._high)

    @property
    def least_width(self) -> float:
        """How wide it is with each layer in a row of its own."""
        return max((self._width(n, n + 1) for n in range(len(self._parts))), default=0.0)

    @property
    def boxes(self) -> list[QRectF]:
        """The places of the layers."""
        return [box for box, _ in self._boxes]

    def paint(self, painter: QPainter, inks: Inks) -> None:
        """Draw all but the fields, from the painter's origin on."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box, stop in self._boxes:
            self._paint_box(painter, inks, box, stop)
        painter.setPen(QPen(inks.dim, self._line / 11))
        head = _HEAD * self._line
        for start, end in self._arrows:
            painter.drawLine(start, end)
            ways = (QPointF(-head, -head), QPointF(), QPointF(-head, head))
            painter.drawPolyline([end + way for way in ways])
        painter.setPen(QPen(inks.line, self._line / 14))
        for start, end in self._leaders:
            painter.drawLine(start, end)
        painter.setFont(self._plain)
        painter.setPen(inks.text)
        for rect, text in self._texts:
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _paint_box(self, painter: QPainter, inks: Inks, box: QRectF, stop: Stop) -> None:
        painter.setPen(QPen(inks.line, self._line / 14))
        painter.setBrush(inks.ground)
        painter.drawRoundedRect(box, _ROUND * self._line, _ROUND * self._line)
        side = _SIDE * self._line
        rect = box.adjusted(side, 0, -side, 0)
        heights = self._heights(stop, rect.width())
        rect.setTop(box.center().y() - sum(heights) / 2)
        for n, (text, high) in enumerate(zip((stop.name, *stop.details), heights, strict=True)):
            painter.setFont(self._small if n else self._strong)
            painter.setPen(inks.dim if n else inks.text)
            painter.drawText(rect, _WRAPPED, text)
            rect.setTop(rect.top() + high)

    # --- rows ------------------------------------------------------------------------------------

    def _ends(self, width: float) -> list[int]:
        """Return where each row ends: as few as can be, with nearly as many layers in each."""

        def ends(most: int) -> list[int]:
            found, first = [], 0
            for n in range(1, len(self._parts)):
                if n - first == most or self._width(first, n + 1) > width:
                    found.append(n)
                    first = n
            return [*found, count] if count else []

        count = len(self._parts)
        fewest = ends(count)
        even = ends(-(-count // max(len(fewest), 1)))
        return even if len(even) == len(fewest) else fewest

    def _width(self, first: int, end: int) -> float:
        row = self._parts[first:end]
        arrows = self._before(first) + sum(part.arrow for part in row)
        over = max(0.0, (row[-1].label - row[-1].arrow) / 2)
        return arrows + sum(self._wides(first, end)) + over

    def _before(self, first: int) -> float:
        """Return how long the arrow into a row is."""
        return self._arrow("" if first else self._start)

    def _wides(self, first: int, end: int) -> Iterator[float]:
        """Go through the widths of boxes that leave room for what stands over their arrows."""
        arrow, label = self._before(first), 0.0
        for part in self._parts[first:end]:
            labels = (label + part.label) / 2 + _APART * self._line if label else 0.0
            yield max(part.box.width(), labels - (arrow + part.arrow) / 2)
            arrow, label = part.arrow, part.label

    def _place(self, first: int, end: int) -> None:
        """Put the layers of a row into their places, under the rows before."""
        row = self._parts[first:end]
        y = self._high + (_BETWEEN * self._line if first else 0.0)
        asked = any(part.stop.fields for part in row)
        top = y + (self._sign + (_HIGH + _UNDER) * self._line if asked else 0.0)
        tall = max(part.box.height() for part in row)
        middle, x = top + tall / 2, self._before(first)
        self._join(0.0, x, middle, "" if first else self._start)
        for part, wide in zip(row, self._wides(first, end), strict=True):
            self._boxes.append((QRectF(x, top, wide, tall), part.stop))
            x += wide
            self._join(x, part.arrow, middle, part.stop.known)
            centre = x + part.arrow / 2
            if part.stop.fields:
                self._put_fields(part, centre - part.label / 2, y + self._sign)
                above = 1.25 if part.stop.known else 0.3
                ends = (top - 0.8 * _UNDER * self._line, middle - above * self._line)
                self._leaders.append((QPointF(centre, ends[0]), QPointF(centre, ends[1])))
            x += part.arrow
            self._wide = max(self._wide, x, centre + part.label / 2)
        self._high = top + tall

    def _join(self, x: float, long: float, middle: float, text: str) -> None:
        margin = _MARGIN * self._line
        self._arrows.append((QPointF(x + margin, middle), QPointF(x + long - margin, middle)))
        if text:
            high = 1.15 * self._line
            self._texts.append((QRectF(x, middle - high, long, self._line), text))

    def _put_fields(self, part: _Part, x: float, y: float) -> None:
        high, stop = _HIGH * self._line, part.stop
        if stop.caption:
            wide = self._text_width(stop.caption)
            self._texts.append((QRectF(x, y, wide, high), stop.caption))
            x += wide + _SPACE * self._line
        wide, times = self._field(stop), _TIMES * self._line
        for n in range(stop.fields):
            if n:
                self._texts.append((QRectF(x, y, times, high), "×"))
                x += times
            self.fields.append(QRectF(x, y, wide, high))
            self.signs.append(QRectF(x, y - self._sign, wide, self._sign))
            x += wide

    # --- measuring -------------------------------------------------------------------------------

    def _measured(self, stop: Stop) -> _Part:
        name = QFontMetricsF(self._strong).horizontalAdvance(stop.name)
        advance = QFontMetricsF(self._small).horizontalAdvance
        detail = min(max(map(advance, stop.details), default=0.0), _WIDEST * self._line)
        wide = max(min(name, _WIDEST_NAME * self._line), detail, _NARROWEST * self._line) + 1
        high = sum(self._heights(stop, wide)) + 2 * _TOP * self._line
        box = QSizeF(wide + 2 * _SIDE * self._line, high)
        label = stop.fields * self._field(stop) + max(stop.fields - 1, 0) * _TIMES * self._line
        if stop.caption:
            label += self._text_width(stop.caption) + _SPACE * self._line
        return _Part(stop, box, self._arrow(stop.known), label)

    def _heights(self, stop: Stop, wide: float) -> list[float]:
        """Return how high the name and each of the details is."""
        fonts = (self._strong, *[self._small] * len(stop.details))
        room = QRectF(0, 0, wide, 100_000)
        return [
            QFontMetricsF(font).boundingRect(room, _WRAPPED, text).height()
            for font, text in zip(fonts, (stop.name, *stop.details), strict=True)
        ]

    def _arrow(self, text: str) -> float:
        return max(_ARROW * self._line, self._text_width(text) + _BESIDE * self._line)

    def _field(self, stop: Stop) -> float:
        return (_ONE if stop.fields == 1 else _SIDES) * self._line

    def _text_width(self, text: str) -> float:
        return QFontMetricsF(self._plain).horizontalAdvance(text)
