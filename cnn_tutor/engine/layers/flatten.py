"""Maps laid out as one long vector."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array, as_floats, shapes_of
from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.explanation import Cell, Explanation, Index, Shape, Step, Term
from cnn_tutor.engine.layer import Layer, gradient_of
from cnn_tutor.engine.part import CHANNELS_LAST, Module, Part
from cnn_tutor.engine.region import Grid, Region


@dataclass(frozen=True)
class Flatten(Layer):
    """All maps become one long vector: row by row, and in each place channel by channel.

    Shapes: ``x`` (..., H, W, C), output (..., H·W·C). A vector, (n,) or a batch (m, n), stays as
    it is. The order is that of Keras' ``Flatten``
    (https://keras.io/api/layers/reshaping_layers/flatten/) for channels last.
    """

    kind: ClassVar[str] = "flatten"
    inputs: ClassVar[tuple[str, ...]] = ("x",)

    def output_shape(self, shapes: Mapping[str, Shape]) -> Shape:
        """Return (..., H·W·C)."""
        x = shapes["x"]
        if not x:
            raise ShapeError("x_scalar")
        return (*x[: -self._axes(x)], math.prod(x[-self._axes(x) :]))

    def forward(self, tensors: Mapping[str, Array]) -> Array:
        """Lay out the numbers in a vector of its own."""
        x = as_floats(tensors["x"])
        # A copy: an output that shares memory with its input would change behind one's back.
        return x.reshape(self.output_shape(shapes_of(tensors))).copy()

    def explain(self, tensors: Mapping[str, Array], at: Index) -> Explanation:
        x = tensors["x"]
        regions.check_index(at, self.output_shape(shapes_of(tensors)))
        cell = (*at[:-1], *self._unravel(at[-1], x.shape))
        return Explanation(at, (Step("copy", "sum", (Term((Cell("x", cell, float(x[cell])),)),)),))

    def backward(self, tensors: Mapping[str, Array], grad: Array) -> dict[str, Array]:
        """Return the gradient of ``x``: the output's, each back in its place."""
        x = as_floats(tensors["x"])
        grad = gradient_of(self.output_shape({"x": x.shape}), grad)
        return {"x": grad.astype(x.dtype).reshape(x.shape)}

    def affected(self, port: str, at: Index, shapes: Mapping[str, Shape]) -> Region:
        """Return the one place where a cell lands."""
        return regions.cell((*at[: -self._axes(at)], self._ravel(at, shapes["x"])))

    def forward_region(self, tensors: Mapping[str, Array], region: Region) -> Array:
        """Copy one region; the rest is not touched."""
        x = as_floats(tensors["x"])
        flat = x.reshape(self.output_shape(shapes_of(tensors)))
        return flat[region].copy()

    def reached(self, port: str, region: Region, shapes: Mapping[str, Shape]) -> Region:
        """Return the stretch of the vector from a box's first cell to its last."""
        axes = self._axes(region)
        if not regions.size(region):
            return (slice(0, 0),) * (len(region) - axes + 1)
        first = self._ravel(tuple(part.start for part in region), shapes["x"])
        last = self._ravel(tuple(part.stop - 1 for part in region), shapes["x"])
        return (*region[:-axes], slice(first, last + 1))

    def read(self, cells: Grid, shapes: Mapping[str, Shape]) -> Iterator[Grid]:
        """Yield the cells that some places of the vector hold."""
        *batch, places = cells
        inner = shapes["x"][-self._axes(shapes["x"]) :]
        if len(places) == math.prod(inner):
            yield (*batch, *(np.arange(n) for n in inner))
        else:
            found = zip(*(axis.tolist() for axis in np.unravel_index(places, inner)), strict=True)
            for grid in regions.grids(list(found)):
                yield (*batch, *grid)

    def parts(self, tensors: Mapping[str, Array], name: str) -> Mapping[str, Part]:
        pytorch = [Module("nn.Flatten()")]
        if tensors["x"].ndim == 3:
            why = "The board's order, as in Keras: channels last."
            pytorch.insert(0, Module(CHANNELS_LAST, why=why))
        return {
            "Keras": Part((Module("keras.layers.Flatten()"),)),
            "PyTorch": Part(tuple(pytorch)),
            "NumPy": Part(body="y = x.reshape(-1)"),
        }

    @classmethod
    def sample(cls, rng: np.random.Generator, level: int) -> tuple[Self, dict[str, Array]]:
        """Make up an exercise: from one map of four cells to three maps."""
        shapes = ((2, 2, 1), (3, 3, 1), (2, 2, 2), (3, 2, 2), (3, 4, 2), (3, 4, 3))
        shape = shapes[max(0, min(level, len(shapes) - 1))]
        return cls(), {"x": rng.integers(0, 10, shape).astype(np.float64)}

    @staticmethod
    def _axes(x: tuple[object, ...]) -> int:
        """Return how many axes become one: a map's three, or a vector's own."""
        return 3 if len(x) >= 3 else 1

    def _ravel(self, at: Index, x: Shape) -> int:
        axes = self._axes(x)
        return int(np.ravel_multi_index(at[-axes:], x[-axes:]))

    def _unravel(self, place: int, x: Shape) -> Index:
        return tuple(int(i) for i in np.unravel_index(place, x[-self._axes(x) :]))
