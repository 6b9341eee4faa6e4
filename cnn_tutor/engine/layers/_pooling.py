"""What the two poolings with a sliding window share: all but how they make one number of many."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Self

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.errors import SettingError, ShapeError
from cnn_tutor.engine.explanation import Cell, Explanation, Index, Shape, Step, Term
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers._correlation import LOOKUP_LIMIT
from cnn_tutor.engine.region import Grid, Region
from cnn_tutor.engine.window import (
    Padding,
    Pair,
    Window,
    as_slice,
    check_padding,
    check_pair,
    image_windows,
    reached_box,
    read_grid,
)

_SAMPLES: tuple[tuple[int, int, Pair, Pair, Padding], ...] = (
    (4, 1, (2, 2), (2, 2), "valid"),
    (6, 1, (3, 3), (3, 3), "valid"),
    (5, 1, (3, 3), (2, 2), "valid"),  # windows that overlap
    (5, 1, (2, 2), (2, 2), "same"),  # the last row and column of windows hang over the edge
    (6, 3, (3, 2), (2, 2), "same"),
    (6, 4, (2, 3), (1, 2), ((1, 0), (0, 2))),
)
"""Side, channels, window, strides and padding of each level."""


@dataclass(frozen=True)
class Pooling(Layer):
    """A window slides over each map by itself; each output is one number for its cells.

    Shapes: ``x`` (..., H, W, C), output (..., H', W', C). Without ``strides`` the windows lie
    side by side. Padding only makes room for windows that hang over the edge: it is never read.
    """

    inputs: ClassVar[tuple[str, ...]] = ("x",)
    padding_counts: ClassVar[bool] = False
    fold: ClassVar[str]
    """How one number is made of the cells of a window."""

    pool_size: Pair = (2, 2)
    strides: Pair | None = None
    padding: Padding = "valid"

    def __post_init__(self) -> None:
        object.__setattr__(self, "pool_size", check_pair("pool_size", self.pool_size))
        strides = self.pool_size if self.strides is None else self.strides
        object.__setattr__(self, "strides", check_pair("strides", strides))
        object.__setattr__(self, "padding", check_padding(self.padding))
        if not isinstance(self.padding, str):
            for size, pads in zip(self.pool_size, self.padding, strict=True):
                # Otherwise a window could lie on padding alone and have nothing to read.
                if max(pads) >= size:
                    raise SettingError("padding_too_large", padding=max(pads), pool=size)

    def windows(self, shapes: Mapping[str, Shape]) -> tuple[Window, ...]:
        strides = self.strides or self.pool_size
        try:
            return image_windows(shapes["x"], self.pool_size, strides, self.padding)
        except ShapeError as error:
            if error.reason != "kernel_too_large":
                raise
            values = {"pool": error.values["kernel"], "input": error.values["input"]}
            raise ShapeError("pool_too_large", **values) from error

    def output_shape(self, shapes: Mapping[str, Shape]) -> Shape:
        """Return (..., H', W', C)."""
        rows, columns = self.windows(shapes)
        x = shapes["x"]
        if x[-1] < 1:
            raise ShapeError("empty_axis", input=x[-1])
        return (*x[:-3], rows.positions, columns.positions, x[-1])

    def explain(self, tensors: Mapping[str, Array], at: Index) -> Explanation:
        """Say which cells a window reads: one step, row by row, without the padding."""
        x = tensors["x"]
        regions.check_index(at, self.output_shape(shapes_of(tensors)))
        *batch, row, column, channel = at
        rows, columns = self.windows(shapes_of(tensors))
        cells = [
            (*batch, r, q, channel)
            for r in rows.reads(row)
            for q in columns.reads(column)
            if 0 <= r < rows.length and 0 <= q < columns.length
        ]
        terms = tuple(Term((Cell("x", cell, float(x[cell])),)) for cell in cells)
        return Explanation(at, (Step("window", self.fold, terms),))

    def affected(self, port: str, at: Index, shapes: Mapping[str, Shape]) -> Region:
        """Return the outputs whose window holds one cell, in its own map."""
        *batch, row, column, channel = at
        rows, columns = self.windows(shapes)
        read = (as_slice(rows.readers(row)), as_slice(columns.readers(column)))
        return (*regions.cell(tuple(batch)), *read, slice(channel, channel + 1))

    def forward_region(self, tensors: Mapping[str, Array], region: Region) -> Array:
        if not regions.size(region):
            return super().forward_region(tensors, region)
        *batch, at_rows, at_columns, channels = region
        parts, pads = zip(
            *(
                window.crop(range(part.start, part.stop))
                for window, part in zip(
                    self.windows(shapes_of(tensors)), (at_rows, at_columns), strict=True
                )
            ),
            strict=True,
        )
        part = tensors["x"][(*batch, *map(as_slice, parts), channels)]
        output = replace(self, padding=pads).forward({"x": part})
        return output[..., :: at_rows.step, :: at_columns.step, :]

    def reached(self, port: str, region: Region, shapes: Mapping[str, Shape]) -> Region:
        *batch, rows, columns, channels = region
        return (*batch, *reached_box(self.windows(shapes), (rows, columns)), channels)

    def read(self, cells: Grid, shapes: Mapping[str, Shape]) -> Iterator[Grid]:
        """Yield the cells in the windows of some outputs."""
        *batch, rows, columns, channels = cells
        yield (*batch, *read_grid(self.windows(shapes), (rows, columns)), channels)

    @classmethod
    def sample(cls, rng: np.random.Generator, level: int) -> tuple[Self, dict[str, Array]]:
        """Make up an exercise: from a 4×4 in quarters to lopsided padding over four maps."""
        level = max(0, min(level, len(_SAMPLES) - 1))
        side, channels, pool_size, strides, padding = _SAMPLES[level]
        x = rng.integers(-9 if level > 1 else 0, 10, (side, side, channels))
        return cls(pool_size, strides, padding), {"x": x.astype(np.float64)}

    def _planned(self, x: Array) -> Pools:
        return _planned(self, x.shape)


@lru_cache(maxsize=64)
def _planned(layer: Pooling, x: Shape) -> Pools:
    layer.output_shape({"x": x})
    return Pools(x, *layer.windows({"x": x}))


class Pools:
    """Everything about a pooling that follows from the shapes alone, worked out once.

    ``x`` is the shape (..., H, W, C) of the images; the windows are those over their rows and
    columns. What is outside the image belongs to no window.
    """

    def __init__(self, x: Shape, rows: Window, columns: Window) -> None:
        self._rows, self._columns = rows, columns
        self.shape = (*x[:-3], rows.positions, columns.positions, x[-1])
        self.meetings = [
            (
                _at(rows.through(i), columns.through(j)),
                _at(rows.met(i), columns.met(j)),
            )
            for i, j in np.ndindex(rows.size, columns.size)
        ]
        """For each cell of the window, in reading order and for all its positions at once: the
        outputs at which it lies on the image, and the cells of the image that it lies on there."""
        self.whole = not any((*rows.pads, *columns.pads))
        """Whether all windows lie on the image as a whole."""
        self.apart = rows.stride >= rows.size and columns.stride >= columns.size
        """Whether no cell lies in two windows."""
        counts = np.zeros((rows.positions, columns.positions, 1))
        for outputs, _ in self.meetings:
            counts[outputs] += 1
        self.counts: Array | float = float(rows.size * columns.size) if self.whole else counts
        """How many cells of the image each window holds, (H', W', 1) where they differ."""
        self._places: Array | None = None
        if math.prod(self.shape) * len(self.meetings) <= LOOKUP_LIMIT:
            numbers = np.arange(math.prod(x)).reshape(x)
            found = np.full((rows.size, columns.size, *self.shape), math.prod(x))
            for tap, (outputs, inputs) in zip(
                np.ndindex(rows.size, columns.size), self.meetings, strict=True
            ):
                found[tap][outputs] = numbers[inputs]
            self._places = found

    def fold(self, x: Array, fold: np.ufunc, neutral: float) -> Array:
        """Return one number for each window: that of a fold which takes the cells in any order.

        It takes the rows of a window first, and then the columns, one after another, whatever is
        computed along with it, so that even the last bit is the same. ``neutral`` is what changes
        no result.
        """
        if self._places is None:
            down = _folded_along(x, x.ndim - 3, self._rows, fold, neutral)
            return _folded_along(down, x.ndim - 2, self._columns, fold, neutral)
        if not self.whole:
            more = np.empty(x.size + 1, x.dtype)
            more[:-1], more[-1] = x.reshape(-1), neutral
            x = more
        windows = x.take(self._places, mode="wrap")
        return _folded(_folded(windows, fold), fold)


def _at(rows: range, columns: range) -> Region:
    return (..., as_slice(rows), as_slice(columns), slice(None))  # type: ignore[return-value]


def _folded(parts: Sequence[Array] | Array, fold: np.ufunc) -> Array:
    """Return what a fold makes of arrays, one after another; ``reduce`` has orders of its own."""
    folded: Array = parts[0].copy() if len(parts) == 1 else fold(parts[0], parts[1])
    for n in range(2, len(parts)):
        fold(folded, parts[n], out=folded)
    return folded


def _folded_along(x: Array, axis: int, window: Window, fold: np.ufunc, neutral: float) -> Array:
    """Return one number for each window along one axis, (..., positions, ...)."""
    before = (slice(None),) * axis
    inputs = [x[(*before, as_slice(window.met(tap)))] for tap in range(window.size)]
    if all(part.shape[axis] == window.positions for part in inputs):
        return _folded(inputs, fold)
    folded = np.full((*x.shape[:axis], window.positions, *x.shape[axis + 1 :]), neutral, x.dtype)
    for tap, part in enumerate(inputs):
        into = folded[(*before, as_slice(window.through(tap)))]
        fold(into, part, out=into)
    return folded
