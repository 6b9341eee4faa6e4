"""What the two poolings with a sliding window share: all but how they make one number of many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Self

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.errors import SettingError, ShapeError
from cnn_tutor.engine.explanation import Cell, Explanation, Index, Shape, Step, Term
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers import _sliding
from cnn_tutor.engine.layers._pools import Pools
from cnn_tutor.engine.region import Grid, Region
from cnn_tutor.engine.window import Padding, Pair, Window, as_slice, check_padding, check_pair

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
            return _sliding.windows(shapes["x"], self.pool_size, strides, self.padding)
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
        *batch, at_rows, at_columns, channels = region
        found = _sliding.crop(self.windows(shapes_of(tensors)), (at_rows, at_columns))
        if found is None or not regions.size(region):
            return super().forward_region(tensors, region)
        parts, padding = found
        part = {"x": tensors["x"][(*batch, *parts, channels)]}
        output = replace(self, padding=padding).forward(part)
        return output[..., :: at_rows.step, :: at_columns.step, :]

    def reached(self, port: str, region: Region, shapes: Mapping[str, Shape]) -> Region:
        *batch, rows, columns, channels = region
        return (*batch, *_sliding.reached(self.windows(shapes), (rows, columns)), channels)

    def read(self, cells: Grid, shapes: Mapping[str, Shape]) -> Iterator[Grid]:
        """Yield the cells in the windows of some outputs."""
        *batch, rows, columns, channels = cells
        yield (*batch, *_sliding.read(self.windows(shapes), (rows, columns)), channels)

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
