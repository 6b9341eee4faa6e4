"""What the poolings of whole maps share: all but how they make one number of a map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Self

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.explanation import Cell, Explanation, Index, Shape, Step, Term
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.region import Grid, Region


class GlobalPooling(Layer):
    """Each map becomes one number. Shapes: ``x`` (..., H, W, C), output (..., C)."""

    inputs: ClassVar[tuple[str, ...]] = ("x",)
    fold: ClassVar[str]
    """How one number is made of the cells of a map."""

    def output_shape(self, shapes: Mapping[str, Shape]) -> Shape:
        """Return (..., C)."""
        x = shapes["x"]
        if len(x) < 3:
            raise ShapeError("x_rank", shape=x)
        if min(x[-3:]) < 1:
            raise ShapeError("empty_axis", input=min(x[-3:]))
        return (*x[:-3], x[-1])

    def explain(self, tensors: Mapping[str, Array], at: Index) -> Explanation:
        """Say which cells make one output: all of its map, row by row, in one step."""
        x = tensors["x"]
        regions.check_index(at, self.output_shape(shapes_of(tensors)))
        *batch, channel = at
        cells = [(*batch, r, q, channel) for r, q in np.ndindex(x.shape[-3:-1])]
        terms = tuple(Term((Cell("x", cell, float(x[cell])),)) for cell in cells)
        return Explanation(at, (Step("window", self.fold, terms),))

    def affected(self, port: str, at: Index, shapes: Mapping[str, Shape]) -> Region:
        """Return the one output of the cell's map."""
        return regions.cell((*at[:-3], at[-1]))

    def reached(self, port: str, region: Region, shapes: Mapping[str, Shape]) -> Region:
        """Return the outputs of the maps that a box lies in."""
        return (*region[:-3], region[-1])

    def read(self, cells: Grid, shapes: Mapping[str, Shape]) -> Iterator[Grid]:
        """Yield the whole maps of some outputs."""
        height, width = shapes["x"][-3:-1]
        yield (*cells[:-1], np.arange(height), np.arange(width), cells[-1])

    @classmethod
    def sample(cls, rng: np.random.Generator, level: int) -> tuple[Self, dict[str, Array]]:
        """Make up an exercise: from one map of four cells to four maps with negative numbers."""
        level = max(0, min(level, 5))
        shape = ((2, 2, 1), (2, 2, 2), (3, 3, 1), (3, 3, 3), (4, 3, 3), (4, 5, 4))[level]
        x = rng.integers(-9 if level > 1 else 0, 10, shape)
        return cls(), {"x": x.astype(np.float64)}
