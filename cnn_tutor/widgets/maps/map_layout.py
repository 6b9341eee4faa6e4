"""Where everything in a picture of a network is: a column of maps for every value."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF

from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.engine.region import Region
from cnn_tutor.widgets.style.sizes import px

_GAP = 6.0
"""Between two maps of one value, in pixels."""

_FEET_APART = 10.0
"""Between what stands under two maps at least, in pixels."""

_STRIP_GAP = 3.0
_PARTED = 5.0
"""Strips of smaller cells are not parted."""

_FINE = 8.0
"""From this size on cells are whole pixels, and a vector's cells have it where there is room."""

_BLOCK = 160.0
"""The largest width of a long vector that is folded."""

_UNIT = 30.0
"""The size of a vector's cells, where there is room."""

_SMALL = 36.0
"""A map is drawn this large at least."""

_WIDE = 16.0
"""From this size on the cells of a vector are wider than high, for numbers to fit."""

_BETWEEN = 24.0
"""The least room between two columns, for the lines that join them, in pixels."""

_BETWEEN_SHARE = 0.03
"""The same as a share of the whole width, where there is more room."""

_LARGEST_CELL = 72.0
"""The largest cell, in pixels."""

_SMALLEST_CELL = 1.25
"""Smaller cells can't be pointed at; then the picture rather gets wider than its window."""


MapCell = tuple[int, Index]
"""The place of a column of maps, from 0, and the index of a cell in it."""


class Spot(NamedTuple):
    """A cell of a stack: the map that it is in and its row and column there."""

    plane: int
    row: int
    column: int


class Foot(NamedTuple):
    """The line under a map: its height, and how wide it is at least, in pixels."""

    high: float = 0.0
    wide: float = 0.0


NO_FOOT = Foot()


@dataclass(frozen=True)
class MapStack:
    """Maps under and beside each other: planes of a tensor over its first two axes.

    A vector stands upright; where it is too long for that, it is folded into several strips, each
    of which counts as a plane of one column. Under each map is its ``foot``, under all strips of a
    vector a single one. Lengths are in pixels.
    """

    shape: Shape
    rows: int
    columns: int
    planes: int
    across: int
    """How many planes stand side by side."""

    cell: float
    wide: float
    """The height and the width of a cell."""

    foot: Foot = NO_FOOT
    x: float = 0.0
    y: float = 0.0

    @property
    def gap(self) -> float:
        """The room between two planes."""
        if not self.flat:
            return _GAP
        return _STRIP_GAP if self.cell >= _PARTED else 0.0

    @property
    def flat(self) -> bool:
        """Whether the value is a vector."""
        return len(self.shape) == 1

    @property
    def rect(self) -> QRectF:
        """Where the whole stack is."""
        down = math.ceil(self.planes / self.across)
        high = self.rows * self.cell + self.foot.high
        return QRectF(self.x, self.y, self._width, down * (high + self.gap) - self.gap)

    def foot_rect(self, plane: int) -> QRectF:
        """Return where the line under a map is, or that under all strips of a vector."""
        if self.flat:
            top = self.y + self.rows * self.cell
            return QRectF(self.x, top, self._width, self.foot.high)
        box = self.plane_rect(plane)
        wide = max(box.width(), self.foot.wide)
        return QRectF(box.center().x() - wide / 2, box.bottom(), wide, self.foot.high)

    @property
    def lines(self) -> list[QRectF]:
        """Where each line of maps that stand beside each other is, with what is under them."""
        if self.flat:
            return [self.rect]
        firsts = range(0, self.planes, self.across)
        lasts = (min(first + self.across, self.planes) - 1 for first in firsts)
        return [
            self.plane_rect(first)
            .united(self.foot_rect(first))
            .united(self.plane_rect(last))
            .united(self.foot_rect(last))
            for first, last in zip(firsts, lasts, strict=True)
        ]

    @property
    def _slot(self) -> float:
        """The width that a plane takes with what is under it."""
        map_width = self.columns * self.wide
        under = self.foot.wide + px(_FEET_APART) - self.gap if self.foot.wide else 0.0
        return map_width if self.flat else max(map_width, under)

    @property
    def _width(self) -> float:
        wide = self.across * (self._slot + self.gap) - self.gap
        return max(wide, self.foot.wide) if self.flat else wide

    def rows_of(self, plane: int) -> int:
        """Return how many rows a plane has; the last strip of a vector may be shorter."""
        return min(self.rows, self.shape[0] - plane * self.rows) if self.flat else self.rows

    def plane_rect(self, plane: int) -> QRectF:
        """Return where a plane is."""
        return self._box(plane, range(self.rows_of(plane)), range(self.columns))

    def beside(self, plane: int, down: int, right: int) -> int | None:
        """Return the plane in a direction from another, None where there is none."""
        row, along = divmod(plane, self.across)
        row, along = row + down, along + right
        found = row * self.across + along
        return found if row >= 0 and 0 <= along < self.across and found < self.planes else None

    def spot(self, index: Index) -> Spot:
        """Return where in the stack a cell of the tensor is."""
        if self.flat:
            return Spot(index[0] // self.rows, index[0] % self.rows, 0)
        plane = int(np.ravel_multi_index(index[2:], self.shape[2:])) if index[2:] else 0
        return Spot(plane, index[0], index[1])

    def index(self, spot: Spot) -> Index:
        """Return the index in the tensor of the cell at a spot, or of the nearest one."""
        if self.flat:
            return (min(spot.plane * self.rows + spot.row, self.shape[0] - 1),)
        suffix = np.unravel_index(spot.plane, self.shape[2:]) if self.shape[2:] else ()
        return (spot.row, spot.column, *(int(i) for i in suffix))

    def rects(self, region: Region) -> list[tuple[int, QRectF]]:
        """Return where a box of the tensor is: a rectangle in each plane that it touches."""
        if not all(part.start < part.stop for part in region):
            return []
        if self.flat:
            return list(self._strips(region[0]))
        rows, columns = (range(part.start, part.stop) for part in region[:2])
        if not region[2:]:
            return [(0, self._box(0, rows, columns))]
        planes = np.arange(self.planes).reshape(self.shape[2:])[region[2:]]
        return [(int(plane), self._box(int(plane), rows, columns)) for plane in planes.flat]

    def at(self, point: QPointF) -> Index | None:
        """Return the index of the cell under a point, None between the maps."""
        for plane in range(self.planes):
            rect = self.plane_rect(plane)
            if rect.contains(point):
                row = int((point.y() - rect.y()) / self.cell)
                column = int((point.x() - rect.x()) / self.wide)
                row, column = min(row, self.rows_of(plane) - 1), min(column, self.columns - 1)
                return self.index(Spot(plane, row, column))
        return None

    def pictured(self, values: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
        """Return a tensor as planes of rows and columns; zeros fill up a last, shorter strip."""
        if self.flat:
            filled = np.zeros(self.planes * self.rows)
            filled[: values.size] = values
            return filled.reshape(self.planes, self.rows, 1)
        return planed(values)

    def _strips(self, part: slice) -> Iterator[tuple[int, QRectF]]:
        for plane in range(part.start // self.rows, (part.stop - 1) // self.rows + 1):
            first = plane * self.rows
            rows = range(max(part.start - first, 0), min(part.stop - first, self.rows))
            yield plane, self._box(plane, rows, range(1))

    def _box(self, plane: int, rows: range, columns: range) -> QRectF:
        down, along = divmod(plane, self.across)
        spare = self._width - self.across * (self._slot + self.gap) + self.gap
        left = self.x + spare / 2 + along * (self._slot + self.gap)
        left = float(round(left + (self._slot - self.columns * self.wide) / 2))
        top = self.y + down * (self.rows * self.cell + self.foot.high + self.gap)
        return QRectF(
            left + columns.start * self.wide,
            top + rows.start * self.cell,
            len(columns) * self.wide,
            len(rows) * self.cell,
        )


def planed(values: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Return a tensor as planes of rows and columns; a vector is a single plane."""
    if values.ndim == 1:
        return values[None, :, None]
    return np.moveaxis(values.reshape(*values.shape[:2], -1), -1, 0)


def scaled(
    shape: Shape, scale: float, height: float, largest: float, foot: Foot = NO_FOOT
) -> MapStack:
    """Return the stack with cells of ``scale`` pixels; higher than ``height`` if it has to be.

    Very small maps, and vectors, get larger cells, up to ``largest``.
    """
    if len(shape) == 1:
        return replace(_upright(shape, scale, height - foot.high, largest), foot=foot)
    rows, columns, planes = shape[0], shape[1], math.prod(shape[2:])
    room = height - foot.high
    cell = _rounded(max(scale, min(px(_SMALL) / max(rows, columns), room / rows, largest)))
    down = max(1, min(planes, int((height + _GAP) / (rows * cell + foot.high + _GAP))))
    return MapStack(shape, rows, columns, planes, math.ceil(planes / down), cell, cell, foot)


def _rounded(cell: float) -> float:
    """Return whole pixels where that costs little."""
    step = 1.0 if cell >= _FINE else 0.25
    return max(math.floor(cell / step) * step, 0.25)


def _upright(shape: Shape, scale: float, height: float, largest: float) -> MapStack:
    """Fold a vector as little as leaves cells large enough, or a block of it small enough."""
    count = shape[0]
    wanted = max(1.0, min(math.sqrt(px(_BLOCK) * height / count), _FINE))
    rows = max(1, min(count, int(height / wanted)))
    across = math.ceil(count / rows)
    rows = math.ceil(count / across)
    cell = _rounded(min(height / rows, largest, max(scale, px(_UNIT))))
    wide = max(cell, min(2 * cell, px(64))) if cell >= px(_WIDE) else cell
    return MapStack(shape, rows, 1, across, across, cell, wide)


@dataclass(frozen=True)
class MapPlan:
    """The stacks of maps, each with the slot that it shares with its title."""

    stacks: tuple[MapStack, ...]
    slots: tuple[QRectF, ...]

    @property
    def cell(self) -> float:
        """The size of the smallest cells of a map; 1 where there are only vectors."""
        return min((stack.cell for stack in self.stacks if not stack.flat), default=1.0)

    def stepped(self, cell: MapCell, down: int, right: int) -> MapCell:
        """Return the next cell in a direction; at the edge of a map that is one of the next map."""
        column, index = cell
        stack = self.stacks[column]
        spot = stack.spot(index)
        row, along = spot.row + down, spot.column + right
        if 0 <= row < stack.rows_of(spot.plane) and 0 <= along < stack.columns:
            return column, stack.index(Spot(spot.plane, row, along))
        if stack.flat and down:
            return column, (max(0, min(index[0] + down, stack.shape[0] - 1)),)
        plane = stack.beside(spot.plane, down, right)
        if plane is not None:
            return column, stack.index(Spot(plane, row % stack.rows, along % stack.columns))
        if right and 0 <= column + right < len(self.stacks):
            return column + right, _across(stack, spot, self.stacks[column + right], right)
        return cell

    def turned(self, cell: MapCell, by: int) -> MapCell:
        """Return the same place in the next map of a column, or in the one before."""
        column, index = cell
        stack = self.stacks[column]
        spot = stack.spot(index)
        plane = max(0, min(spot.plane + by, stack.planes - 1))
        return column, stack.index(spot._replace(plane=plane))

    def at_end(self, cell: MapCell, last: bool, of_map: bool) -> MapCell:
        """Return the first or the last cell of a row, or of the whole map."""
        column, index = cell
        stack = self.stacks[column]
        plane, row, _ = stack.spot(index)
        if of_map or stack.flat:
            row = stack.rows_of(plane) - 1 if last else 0
        return column, stack.index(Spot(plane, row, stack.columns - 1 if last else 0))

    def entered(self, cell: MapCell, column: int) -> MapCell:
        """Return the cell of another column that lies about where a cell lies in its own map."""
        old, new = self.stacks[cell[0]], self.stacks[column]
        plane, row, along = old.spot(cell[1])
        row, along = row * new.rows // old.rows, along * new.columns // old.columns
        return column, new.index(Spot(min(plane, new.planes - 1), row, along))


def _across(old: MapStack, spot: Spot, new: MapStack, right: int) -> Index:
    """Return the cell on the near edge of another stack that is nearest in height."""
    height = old.plane_rect(spot.plane).y() + (spot.row + 0.5) * old.cell
    edge = [plane for plane in range(new.planes) if new.beside(plane, 0, -right) is None]
    plane = min(edge, key=lambda p: abs(new.plane_rect(p).center().y() - height))
    row = int((height - new.plane_rect(plane).y()) / new.cell)
    row = max(0, min(row, new.rows_of(plane) - 1))
    return new.index(Spot(plane, row, 0 if right > 0 else new.columns - 1))


def least_width(
    shapes: Sequence[Shape], titles: Sequence[float], height: float, feet: Sequence[Foot] = ()
) -> float:
    """Return how wide a picture has to be that is so high and has titles of these widths."""
    stacks = _at(_SMALLEST_CELL, shapes, height, feet)
    return sum(_slots(stacks, titles)) + px(_BETWEEN) * len(titles)


def planned(
    shapes: Sequence[Shape],
    titles: Sequence[float],
    width: float,
    top: float,
    height: float,
    feet: Sequence[Foot] = (),
) -> MapPlan:
    """Place values beside each other, spread evenly over a width.

    ``titles`` are the widths that their titles need; ``top`` and ``height`` say where the maps
    are to be, with the ``feet`` under them. All maps have one scale, so that a smaller map looks
    smaller; only very small ones are drawn larger.
    """
    width = max(width, least_width(shapes, titles, height, feet))
    between = max(px(_BETWEEN), _BETWEEN_SHARE * width)
    stacks = _stacks(shapes, titles, width - between * len(shapes), height, feet)
    slots = _slots(stacks, titles)
    gap = (width - sum(slots)) / len(slots)
    x = gap / 2
    placed, boxes = [], []
    for stack, slot in zip(stacks, slots, strict=True):
        rect = stack.rect
        left, up = x + (slot - rect.width()) / 2, top + (height - rect.height()) / 2
        placed.append(replace(stack, x=float(round(left)), y=float(round(up))))
        boxes.append(QRectF(x, top, slot, height))
        x += slot + gap
    return MapPlan(tuple(placed), tuple(boxes))


def _stacks(
    shapes: Sequence[Shape],
    titles: Sequence[float],
    room: float,
    height: float,
    feet: Sequence[Foot],
) -> list[MapStack]:
    """Return the stacks with the largest cells that have room beside each other."""
    # One after the other: maps move into fewer columns as they shrink, so that a smaller scale
    # may fit where a larger one does not, and the other way round.
    whole = [float(scale) for scale in range(px(_LARGEST_CELL), 8, -1)]
    fine = [scale / 4 for scale in range(32, round(_SMALLEST_CELL * 4), -1)]
    for scale in (*whole, *fine):
        stacks = _at(scale, shapes, height, feet)
        high = max(stack.rect.height() for stack in stacks)
        if high <= height and sum(_slots(stacks, titles)) <= room:
            return stacks
    return _at(_SMALLEST_CELL, shapes, height, feet)


def _at(
    scale: float, shapes: Sequence[Shape], height: float, feet: Sequence[Foot]
) -> list[MapStack]:
    feet = feet or [NO_FOOT] * len(shapes)
    both = zip(shapes, feet, strict=True)
    return [scaled(shape, scale, height, px(_LARGEST_CELL), foot) for shape, foot in both]


def _slots(stacks: Sequence[MapStack], titles: Sequence[float]) -> list[float]:
    return [max(stack.rect.width(), title) for stack, title in zip(stacks, titles, strict=True)]
