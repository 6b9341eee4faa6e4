"""Scores made into shares of 1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array, as_floats, shapes_of
from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.explanation import STEP, Cell, Explanation, Index, Shape, Step, Term
from cnn_tutor.engine.layer import Layer, gradient_of
from cnn_tutor.engine.part import Part, simple
from cnn_tutor.engine.region import Grid, Region

_TOO_LARGE = 500.0
"""e to a larger number than about 700 is more than a float can hold."""


@dataclass(frozen=True)
class Softmax(Layer):
    """Scores become shares that add up to 1: e^x of each, divided by the sum of all of them.

    Shapes: ``x`` (..., n), output that of ``x``; the last axis holds the scores. Its meaning is
    that of Keras' ``Softmax`` (https://keras.io/api/layers/activation_layers/softmax/).
    """

    kind: ClassVar[str] = "softmax"
    inputs: ClassVar[tuple[str, ...]] = ("x",)
    plotted: ClassVar[bool] = True
    bars: ClassVar[str] = "exp"

    def output_shape(self, shapes: Mapping[str, Shape]) -> Shape:
        x = shapes["x"]
        if not x:
            raise ShapeError("x_scalar")
        if x[-1] < 1:
            raise ShapeError("empty_axis", input=x[-1])
        return x

    def forward(self, tensors: Mapping[str, Array]) -> Array:
        """Compute all shares; the largest score is taken off first, which changes none of them."""
        x = as_floats(tensors["x"])
        self.output_shape({"x": x.shape})
        return _shares(x)

    def explain(self, tensors: Mapping[str, Array], at: Index) -> Explanation:
        """Say how one share is made: a power of e for each score, their sum, and the ratio.

        Where a score is so large that its power would overflow, a first step finds the largest,
        and the powers are those of the scores less that.
        """
        x = tensors["x"]
        regions.check_index(at, self.output_shape(shapes_of(tensors)))
        *batch, chosen = at
        scores = [Term((Cell("x", (*batch, n), float(v)),)) for n, v in enumerate(x[tuple(batch)])]
        steps: list[Step] = []
        less: tuple[Term, ...] = ()
        if max(abs(score.value) for score in scores) > _TOO_LARGE:
            steps.append(Step("max", "max", tuple(scores)))
            less = (Term((Cell(STEP, (0,), steps[0].value),), -1.0),)
        steps += [Step("exp", "exp", (score, *less)) for score in scores]
        first = len(less)
        powers = [Term((Cell(STEP, (n,), steps[n].value),)) for n in range(first, len(steps))]
        total = Step("sum", "sum", tuple(powers))
        under = Term((Cell(STEP, (len(steps),), total.value),))
        return Explanation(at, (*steps, total, Step("ratio", "ratio", (powers[chosen], under))))

    def backward(self, tensors: Mapping[str, Array], grad: Array) -> dict[str, Array]:
        """Return the gradient of ``x``: y · (g − Σ g·y), as shares grow at others' cost."""
        x = as_floats(tensors["x"])
        grad = gradient_of(self.output_shape({"x": x.shape}), grad).astype(x.dtype, copy=False)
        shares = _shares(x)
        over_x = grad - np.vecdot(grad, shares)[..., None]
        over_x *= shares
        return {"x": over_x}

    def affected(self, port: str, at: Index, shapes: Mapping[str, Shape]) -> Region:
        """Return all shares of the row that a score stands in."""
        return self.reached(port, regions.cell(at), shapes)

    def forward_region(self, tensors: Mapping[str, Array], region: Region) -> Array:
        *rows, shares = region
        return self.forward({"x": tensors["x"][tuple(rows)]})[..., shares]

    def reached(self, port: str, region: Region, shapes: Mapping[str, Shape]) -> Region:
        return (*region[:-1], slice(0, shapes["x"][-1]))

    def read(self, cells: Grid, shapes: Mapping[str, Shape]) -> Iterator[Grid]:
        """Yield the rows that some shares stand in."""
        yield (*cells[:-1], np.arange(shapes["x"][-1]))

    def parts(self, tensors: Mapping[str, Array], name: str) -> Mapping[str, Part]:
        return simple(
            "keras.layers.Softmax()",
            "nn.Softmax(1)",  # the channels: PyTorch has them right after the batch
            numpy="e = np.exp(x - x.max(-1, keepdims=True))\ny = e / e.sum(-1, keepdims=True)",
        )

    @classmethod
    def sample(cls, rng: np.random.Generator, level: int) -> tuple[Self, dict[str, Array]]:
        """Make up an exercise: from two small scores to ten with fractions."""
        level = max(0, min(level, 5))
        count, spread, parts = ((2, 2, 1), (3, 2, 1), (3, 3, 1), (4, 4, 1), (5, 5, 2), (10, 5, 4))[
            level
        ]
        x = rng.integers(-spread * parts if level else 0, spread * parts + 1, count) / parts
        return cls(), {"x": x}


def _shares(x: Array) -> Array:
    shares: Array = x - np.maximum.reduce(x, -1, keepdims=True)
    np.exp(shares, out=shares)
    shares /= np.add.reduce(shares, -1, keepdims=True)
    return shares
