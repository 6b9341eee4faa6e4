"""The maps of one value on the screen: where each of its cells is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF

from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.engine.region import Region

GAP = 6.0
"""Between two maps of one value, in pixels."""

_STRIP_GAP = 3.0
_PARTED = 5.0
"""Strips of smaller cells are not parted."""

_FINE = 8.0
"""From this size on cells are whole pixels; so large are those of a vector, where there is room."""

_BLOCK = 160.0
"""So wide may a long vector be that is folded."""

_UNIT = 30.0
"""The size of a vector's cells, where there is room."""

_SMALL = 36.0
"""A map is drawn this large at least."""

_WIDE = 16.0
"""From this size on the cells of a vector are wider than high, for numbers to fit."""


class Spot(NamedTuple):
    """A cell of a stack: the map that it is in and its row and column there."""

    plane: int
    row: int
    column: int


@dataclass(frozen=True)
class MapStack:
    """Maps under and beside each other: planes of a tensor over its first two axes.

    A vector stands upright; where it is too long for that, it is folded into several strips, each
    of which counts as a plane of one column. Lengths are in pixels.
    """

    shape: Shape
    rows: int
    columns: int
    planes: int
    across: int
    """So many planes stand side by side."""

    cell: float
    wide: float
    """The height and the width of a cell."""

    x: float = 0.0
    y: float = 0.0

    @property
    def gap(self) -> float:
        """The room between two planes."""
        if not self.flat:
            return GAP
        return _STRIP_GAP if self.cell >= _PARTED else 0.0

    @property
    def flat(self) -> bool:
        """Whether the value is a vector."""
        return len(self.shape) == 1

    @property
    def rect(self) -> QRectF:
        """Where the whole stack is."""
        down = math.ceil(self.planes / self.across)
        return QRectF(
            self.x,
            self.y,
            self.across * (self.columns * self.wide + self.gap) - self.gap,
            down * (self.rows * self.cell + self.gap) - self.gap,
        )

    def plane_rect(self, plane: int) -> QRectF:
        """Return where a plane is."""
        rows = self.rows
        if self.flat:
            rows = min(rows, self.shape[0] - plane * rows)
        return self._box(plane, range(rows), range(self.columns))

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
                last = round(rect.height() / self.cell) - 1
                return self.index(Spot(plane, min(row, last), min(column, self.columns - 1)))
        return None

    def pictured(self, values: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
        """Return a tensor as planes of rows and columns; zeros fill up a last, shorter strip."""
        if self.flat:
            filled = np.zeros(self.planes * self.rows)
            filled[: values.size] = values
            return filled.reshape(self.planes, self.rows, 1)
        return np.moveaxis(values.reshape(self.rows, self.columns, self.planes), -1, 0)

    def _strips(self, part: slice) -> Iterator[tuple[int, QRectF]]:
        for plane in range(part.start // self.rows, (part.stop - 1) // self.rows + 1):
            first = plane * self.rows
            rows = range(max(part.start - first, 0), min(part.stop - first, self.rows))
            yield plane, self._box(plane, rows, range(1))

    def _box(self, plane: int, rows: range, columns: range) -> QRectF:
        down, along = divmod(plane, self.across)
        left = self.x + along * (self.columns * self.wide + self.gap)
        top = self.y + down * (self.rows * self.cell + self.gap)
        return QRectF(
            left + columns.start * self.wide,
            top + rows.start * self.cell,
            len(columns) * self.wide,
            len(rows) * self.cell,
        )


def scaled(shape: Shape, scale: float, height: float, largest: float) -> MapStack:
    """Return the stack with cells of ``scale`` pixels; higher than ``height`` if it has to be.

    Very small maps, and vectors, get larger cells, up to ``largest``.
    """
    if len(shape) == 1:
        return _upright(shape, scale, height, largest)
    rows, columns, planes = shape[0], shape[1], math.prod(shape[2:])
    cell = _rounded(max(scale, min(_SMALL / max(rows, columns), height / rows, largest)))
    down = max(1, min(planes, int((height + GAP) / (rows * cell + GAP))))
    return MapStack(shape, rows, columns, planes, math.ceil(planes / down), cell, cell)


def _rounded(cell: float) -> float:
    """Return whole pixels where that costs little."""
    step = 1.0 if cell >= _FINE else 0.25
    return max(math.floor(cell / step) * step, 0.25)


def _upright(shape: Shape, scale: float, height: float, largest: float) -> MapStack:
    """Fold a vector as little as leaves cells large enough, or a block of it small enough."""
    count = shape[0]
    wanted = max(1.0, min(math.sqrt(_BLOCK * height / count), _FINE))
    rows = max(1, min(count, int(height / wanted)))
    across = math.ceil(count / rows)
    rows = math.ceil(count / across)
    cell = _rounded(min(height / rows, largest, max(scale, _UNIT)))
    wide = max(cell, min(2 * cell, 64.0)) if cell >= _WIDE else cell
    return MapStack(shape, rows, 1, across, across, cell, wide)
