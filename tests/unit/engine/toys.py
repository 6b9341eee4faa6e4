"""Kinds of layers that the program has never heard of, with no more than the contract asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from cnn_tutor.engine import registry
from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.explanation import Cell, Explanation, Step, Term
from cnn_tutor.engine.layer import Layer


@contextmanager
def known(*kinds: type[Layer]) -> Iterator[None]:
    """Register kinds for a while."""
    for kind in kinds:
        registry.register(kind)
    try:
        yield
    finally:
        for kind in kinds:
            registry.unregister(kind.kind)


class Scaled(Layer):
    """Each number times one weight for all: a class without settings, and no dataclass."""

    kind = "scaled"
    inputs = ("x", "scale")

    def output_shape(self, shapes):
        if shapes["scale"] != (1,):
            raise ShapeError("bias_shape", shape=shapes["scale"], filters=1)
        return shapes["x"]

    def forward(self, tensors):
        return tensors["x"] * tensors["scale"]

    def explain(self, tensors, at):
        cells = Cell("scale", (0,), float(tensors["scale"][0])), Cell("x", at, tensors["x"][at])
        return Explanation(at, (Step("products", "sum", (Term(cells),)),))

    def backward(self, tensors, grad):
        over_scale = (tensors["x"] * grad).sum(keepdims=True).reshape(1)
        return {"x": grad * tensors["scale"], "scale": over_scale}

    def affected(self, port, at, shapes):
        if port == "x":
            return tuple(slice(n, n + 1) for n in at)
        return tuple(slice(0, n) for n in shapes["x"])

    @classmethod
    def sample(cls, rng, level):
        return cls(), {"x": rng.integers(0, 9, (3, 3, 1)) * 1.0, "scale": np.array([3.0])}


class Unready(Scaled):
    """Its sample is without one of its ports."""

    kind = "unready"

    def output_shape(self, shapes):
        return shapes["x"]

    @classmethod
    def sample(cls, rng, level):
        return cls(), {"x": np.ones((3, 3, 1))}


class Failing(Scaled):
    """Computes what it likes to and fails at the rest."""

    kind = "failing"
    error: type[Exception] = ValueError

    def forward(self, tensors):
        if tensors["x"].max() > 50:
            raise self.error("strange")
        return super().forward(tensors)


class Growing(Scaled):
    """Grows beyond what a float can hold."""

    kind = "growing"

    def forward(self, tensors):
        return np.exp(tensors["x"]) * tensors["scale"]


class Single(Scaled):
    """Puts out one number without an axis."""

    kind = "single"

    def output_shape(self, shapes):
        return ()

    def forward(self, tensors):
        return tensors["x"].sum()


class Picky(Scaled):
    """Trips over any input that is no image."""

    kind = "picky"

    def output_shape(self, shapes):
        height, width, channels = shapes["x"]
        return (height, width, channels)
