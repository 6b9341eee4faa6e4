"""The geometry of a diagram of units: where everything is, and what is near a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from cnn_tutor.engine.arrays import Array
from cnn_tutor.widgets.style.sizes import px
from cnn_tutor.widgets.units.units import LEFT, RIGHT, SIDES, Caption, Unit

_LABELS = (12, 17)
"""The height of the letters beside usual units and beside very large ones, in pixels."""

_LARGE = 34.0
"""From this radius on units are very large."""

_TITLE, _COLUMN_NAMES = 30, 16
_LEGEND, _LEGEND_LINE = 8, 20
_SMALLEST_GAP = 60
_REACH = 4
_APART = 9

_USUAL_RADIUS, _LARGEST_RADIUS = 28.0, 52.0
_STEP = 2.8
"""The step from one unit to the next is at most so many times its radius."""

_CROWDED = 9.0
"""Closer than this, in pixels, neighbours stand a little to the side of each other."""

_LANE_LIMIT = 3


@dataclass(frozen=True)
class UnitPlaces:
    """The middle of every unit, how large they are and how far apart."""

    centres: Array
    """(units, 2): x from the left edge of the column, y from the top."""
    radius: float
    step: float
    width: float
    """How wide all columns are together."""


class UnitFigure:
    """A diagram laid out in a box of pixels; ``font`` is that of the widget.

    Below it is room for a legend of some ``legend_lines``.
    """

    def __init__(
        self,
        units: Mapping[str, tuple[Unit, ...]],
        captions: Mapping[str, Caption],
        size: tuple[float, float],
        font: QFont,
        legend_lines: int = 1,
    ) -> None:
        self._units, self._captions, self._size = units, captions, size
        self._legend = px(_LEGEND_LINE) * legend_lines
        named = any(caption.columns for caption in captions.values())
        self._top = px(_TITLE) + (px(_COLUMN_NAMES) if named else 0)
        width, height = size[0], max(size[1] - self._top - px(_LEGEND) - self._legend, 40)
        self.places = {side: _arranged(units[side], height, px(_LARGEST_RADIUS)) for side in SIDES}
        large = min(places.radius for places in self.places.values()) >= px(_LARGE)
        if not large:  # a few very large units beside many small ones would look like the whole
            self.places = {
                side: _arranged(units[side], height, px(_USUAL_RADIUS)) for side in SIDES
            }
        self.label = px(_LABELS[1 if large else 0])
        """The height of the letters beside units, in pixels."""
        self._font = QFont(font)
        self._font.setPixelSize(self.label)
        self._font.setBold(True)
        # The titles stay close to columns that are short.
        self._rise = max(0.0, min(self._ends(side)[0] for side in SIDES) - px(8))
        self._labels = {side: self._wide(unit.label for unit in units[side]) for side in SIDES}
        beside = self._wide(unit.beside for unit in units[RIGHT])
        left, right = self.places[LEFT].width, self.places[RIGHT].width
        outer = [self._labels[side] + px(_APART) + 4 for side in SIDES]
        outer[1] += beside + px(_APART) if beside else 0
        # A gap much wider than the columns are high makes all lines look alike.
        room = width - left - right - sum(outer) - px(_APART)
        gap = max(px(_SMALLEST_GAP), min(room, max(1.1 * height, px(220))))
        start = max(0.0, (width - left - right - gap - sum(outer)) / 2)
        self._starts = {LEFT: start + outer[0], RIGHT: start + outer[0] + left + gap}

    def points(self, side: str) -> Array:
        """Return the middle of every unit of a side, (units, 2)."""
        points: Array = self.places[side].centres + np.array([self._starts[side], self._top])
        return points

    def unit_at(self, point: QPointF) -> tuple[str, int] | None:
        """Return the side and the place of the unit at a point or close to it."""
        for side in SIDES:
            if not self._units[side]:
                continue
            away = np.hypot(*(self.points(side) - np.array([point.x(), point.y()])).T)
            nearest = int(away.argmin())
            if away[nearest] <= self.places[side].radius + _REACH:
                return side, nearest
        return None

    def stepped(self, place: int, down: int, across: int) -> int:
        """Return the unit of the right side that lies a number of units away in its columns."""
        units = self._units[RIGHT]
        columns = sorted({unit.column for unit in units})
        if len(columns) == 1:
            down += across
        lines = {c: [n for n, unit in enumerate(units) if unit.column == c] for c in columns}
        at = columns.index(units[place].column)
        row = lines[columns[at]].index(place) + down
        line = lines[columns[max(0, min(at + across, len(columns) - 1))]]
        return line[max(0, min(row, len(line) - 1))]

    def label_boxes(self, side: str, strong: Iterable[int]) -> dict[int, QRectF]:
        """Return where the labels beside units are written.

        Those of the outer column are, as far as they find room, and those of ``strong`` units in
        the place of any that they would cover.
        """
        units, heights = self._units[side], self.places[side].centres[:, 1]
        outer = 0 if side == LEFT else max((unit.column for unit in units), default=0)
        column = [n for n, unit in enumerate(units) if unit.column == outer]
        some = labelled([units[n].group for n in column], heights[column], self.label)
        found = [column[n] for n in some]
        for place in strong:
            found = [n for n in found if abs(heights[n] - heights[place]) >= self.label] + [place]
        width = self._labels[side] + 2
        x = self._starts[side] + (
            self.places[side].width + px(_APART) if side == RIGHT else -width - px(_APART)
        )
        return {n: QRectF(x, heights[n] + self._top - 10, width, 20) for n in found}

    def beside(self, label: QRectF) -> QRectF:
        """Return the box for what stands beside a unit's label."""
        return QRectF(label.right() + px(_APART) - 2, label.y(), self._size[0], label.height())

    def caption(self, side: str) -> QPointF:
        """Return where the title of a side goes: over the middle of its columns."""
        return QPointF(self._starts[side] + self.places[side].width / 2, self._rise)

    def column_names(self, side: str) -> list[tuple[QRectF, str]]:
        """Return the names over the columns of a side, cut short where they would touch."""
        xs: dict[int, list[float]] = {}
        for unit, x in zip(self._units[side], self.points(side)[:, 0].tolist(), strict=True):
            xs.setdefault(unit.column, []).append(x)
        middles = [(min(column) + max(column)) / 2 for _, column in sorted(xs.items())]
        apart = min(np.diff(middles), default=1000.0) - 4
        names = self._captions[side].columns
        for texts in (names, [n.partition(" ")[0] for n in names], [n[-1:] for n in names]):
            if self._wide(texts) <= apart:
                break
        box = QRectF(-px(40), self._rise + px(_TITLE) - px(6), px(80), px(_COLUMN_NAMES))
        return [(box.translated(x, 0), text) for x, text in zip(middles, texts, strict=False)]

    def legend_box(self) -> QRectF:
        """Return the strip for the legend."""
        lowest = max(self._ends(side)[1] for side in SIDES)
        end = min(self._size[1], self._top + lowest + px(_LEGEND) + 6 + self._legend)
        return QRectF(0, end - self._legend, self._size[0], self._legend)

    def _ends(self, side: str) -> tuple[float, float]:
        """The upper end of a side's columns and the lower one."""
        heights, radius = self.places[side].centres[:, 1], self.places[side].radius
        if not len(heights):
            return 0.0, 0.0
        return float(heights.min()) - radius, float(heights.max()) + radius

    def _wide(self, texts: Iterable[str]) -> float:
        metrics = QFontMetricsF(self._font)
        return max((metrics.horizontalAdvance(text) for text in set(texts)), default=0.0)


def _arranged(units: Sequence[Unit], height: float, most: float) -> UnitPlaces:
    return arrange([unit.column for unit in units], [unit.group for unit in units], height, most)


def arrange(
    columns: Sequence[int], groups: Sequence[int], height: float, most: float
) -> UnitPlaces:
    """Put units in columns of a height, each in the middle of it; ``most`` is the largest radius.

    ``columns`` is the column of every unit, ``groups`` the group that it stands in, such as the
    row of an image; a small gap parts the groups of a column.
    """
    slots = np.zeros(len(columns))
    ends: dict[int, tuple[float, int]] = {}
    for n, (column, group) in enumerate(zip(columns, groups, strict=True)):
        if column in ends:
            slot, last = ends[column]
            slots[n] = slot + (1.0 if group == last else 1.5)
        ends[column] = (slots[n], group)
    longest = max((slot for slot, _ in ends.values()), default=0.0) + 1
    step = min(height / longest, _STEP * most)
    lanes = min(_LANE_LIMIT, int(np.ceil(_CROWDED / step))) if step < _CROWDED else 1
    radius = min(most, 0.38 * step * lanes)
    lane_width = 2 * radius + 3
    column_width = lanes * lane_width + (10 if lanes == 1 else 6)
    centres = np.zeros((len(columns), 2))
    counts: dict[int, int] = {}
    for n, column in enumerate(columns):
        place = counts.get(column, 0)
        counts[column] = place + 1
        spare = height - (ends[column][0] + 1) * step
        lane = place % lanes
        centres[n] = (
            column * column_width + radius + 1 + lane * lane_width,
            spare / 2 + (slots[n] + 0.5) * step,
        )
    wide = max(columns, default=0) * column_width + (lanes - 1) * lane_width + 2 * radius + 2
    return UnitPlaces(centres, radius, step, wide)


def labelled(groups: Sequence[int], heights: Array, high: float) -> list[int]:
    """Return the units of a column whose labels find room: all, the first of each group, some.

    ``heights`` is where they are, ``high`` how high a label is.
    """
    every = range(len(groups))
    step = float(np.abs(np.diff(heights)).min()) if len(groups) > 1 else high
    if step >= high:
        return list(every)
    firsts = [n for n in every if n == 0 or groups[n - 1] != groups[n]]
    if len(firsts) > 1 and np.abs(np.diff(heights[firsts])).min() >= high:
        return firsts
    return list(every[:: int(np.ceil(high / step))])
