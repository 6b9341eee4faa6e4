"""What the functions of one number share: all but the function."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import ClassVar, Self

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array, as_floats
from cnn_tutor.engine.explanation import Cell, Explanation, Index, Shape, Step
from cnn_tutor.engine.layer import Layer, gradient_of
from cnn_tutor.engine.region import Grid, Region


class Elementwise(Layer):
    """The same function of every number by itself. Shapes: ``x`` any, output that of ``x``."""

    inputs: ClassVar[tuple[str, ...]] = ("x",)
    plotted: ClassVar[bool] = True

    @abstractmethod
    def curve(self, x: Array) -> Array:
        """Return the function's value for each number, in a new array of the same type."""

    @abstractmethod
    def slope(self, x: Array) -> Array:
        """Return the function's derivative at each number."""

    @abstractmethod
    def steps(self, x: Cell) -> tuple[Step, ...]:
        """Say how one number is computed."""

    def output_shape(self, shapes: Mapping[str, Shape]) -> Shape:
        return shapes["x"]

    def forward(self, tensors: Mapping[str, Array]) -> Array:
        return self.curve(as_floats(tensors["x"]))

    def explain(self, tensors: Mapping[str, Array], at: Index) -> Explanation:
        x = tensors["x"]
        regions.check_index(at, x.shape)
        return Explanation(at, self.steps(Cell("x", at, float(x[at]))))

    def backward(self, tensors: Mapping[str, Array], grad: Array) -> dict[str, Array]:
        """Return the gradient of ``x``: the output's times the slope at each place."""
        x = as_floats(tensors["x"])
        grad = gradient_of(x.shape, grad)
        return {"x": (grad * self.slope(x)).astype(x.dtype)}

    def affected(self, port: str, at: Index, shapes: Mapping[str, Shape]) -> Region:
        return regions.cell(at)

    def forward_region(self, tensors: Mapping[str, Array], region: Region) -> Array:
        # Side by side in memory: NumPy has other ways for other arrays, with other last bits.
        return self.forward({"x": np.ascontiguousarray(tensors["x"][region])})

    def reached(self, port: str, region: Region, shapes: Mapping[str, Shape]) -> Region:
        return region

    def read(self, cells: Grid, shapes: Mapping[str, Shape]) -> Iterator[Grid]:
        yield cells

    @classmethod
    def sample(cls, rng: np.random.Generator, level: int) -> tuple[Self, dict[str, Array]]:
        """Make up an exercise: from four small numbers to maps of fractions."""
        level = max(0, min(level, 5))
        shape = ((4,), (2, 2, 1), (3, 3, 1), (4, 4, 1), (4, 4, 3), (4, 5, 4))[level]
        spread, parts = ((2, 1), (3, 1), (5, 2), (9, 2), (9, 2), (9, 4))[level]
        x = rng.integers(-spread * parts, spread * parts + 1, shape) / parts
        return cls(), {"x": x}
