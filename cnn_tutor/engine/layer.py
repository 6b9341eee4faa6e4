"""The contract that every kind of layer keeps."""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import Field, fields, is_dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Self

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array, as_floats, shapes_of
from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.explanation import Explanation, Index, Shape
from cnn_tutor.engine.matrices import Matrices
from cnn_tutor.engine.part import Part
from cnn_tutor.engine.region import Grid, Region
from cnn_tutor.engine.window import Window

_LOOKED_AT_LIMIT = 64
"""Cells of a box that are looked at one by one; past it the whole output is taken."""


class Layer(ABC):
    """One operation of a network: what it computes, and where each of its numbers comes from.

    A layer is a frozen dataclass of settings. It never holds arrays: they are passed by the name
    of their port, ``{"x": ..., "kernel": ...}``. Leading axes of ``x`` are a batch.
    """

    kind: ClassVar[str]
    """The layer's tag in files, which is also the name of its module."""

    inputs: ClassVar[tuple[str, ...]]
    """The ports, ``x`` first; each is a tensor that the learner can edit."""

    weights: ClassVar[tuple[str, ...]] = ()
    """The ports that training would change: what a parameter count counts."""

    switches: ClassVar[tuple[str, ...]] = ()
    """The ports whose cells are either 1 or 0, such as a mask."""

    drawn: ClassVar[Mapping[str, tuple[str, ...]]] = MappingProxyType({})
    """The ports whose numbers are random, each with the settings that they are drawn from."""

    padding_counts: ClassVar[bool] = True
    """Whether a window over the edge reads zeros there; else what is outside is left out."""

    plotted: ClassVar[bool] = False
    """Whether a curve shows each output over the input at its place, the other inputs held."""

    bars: ClassVar[str] = ""
    """The step that is done for each input of a row, where bars rather than a curve show the way
    of each input over that step to the output at its place; empty where they don't."""

    @abstractmethod
    def output_shape(self, shapes: Mapping[str, Shape]) -> Shape:
        """Return the output's shape, or raise :class:`ShapeError` if the inputs do not fit."""

    @abstractmethod
    def forward(self, tensors: Mapping[str, Array]) -> Array:
        """Compute the output."""

    @abstractmethod
    def explain(self, tensors: Mapping[str, Array], at: Index) -> Explanation:
        """Say where the output's number at ``at`` comes from."""

    @abstractmethod
    def backward(self, tensors: Mapping[str, Array], grad: Array) -> dict[str, Array]:
        """Return the gradient for every port, given the output's; each in its port's shape.

        Raises:
            ShapeError: if the gradient is not in the output's shape; see :func:`gradient_of`.
        """

    @abstractmethod
    def affected(self, port: str, at: Index, shapes: Mapping[str, Shape]) -> Region:
        """Return the region of the output that one input cell can change."""

    @classmethod
    @abstractmethod
    def sample(cls, rng: np.random.Generator, level: int) -> tuple[Self, dict[str, Array]]:
        """Make up a layer and tensors for it, from the easiest (level 0) upward.

        Levels past a kind's hardest give its hardest.
        """

    def forward_region(self, tensors: Mapping[str, Array], region: Region) -> Array:
        """Compute one region of the output; a kind that can do it for less overrides this."""
        return self.forward(tensors)[region]

    def reached(self, port: str, region: Region, shapes: Mapping[str, Shape]) -> Region:
        """Return a box around all of the output that a box of one input can change.

        A kind that can tell for less than a look at every cell overrides this.
        """
        shape = self.output_shape(shapes)
        if regions.size(region) > _LOOKED_AT_LIMIT:
            return regions.whole(shape)
        found = (self.affected(port, at, shapes) for at in regions.cells(region))
        return regions.hull(found, len(shape))

    def read(self, cells: Grid, shapes: Mapping[str, Shape]) -> Iterable[Grid]:
        """Return the cells of ``x`` that some of the output read, without the padding.

        A kind that can tell for less than a look at every cell overrides this.
        """
        tensors = {port: np.zeros(shape) for port, shape in shapes.items()}
        found = {
            cell.index
            for at in itertools.product(*(axis.tolist() for axis in cells))
            for cell in self.explain(tensors, at).cells("x")
            if regions.has(cell.index, shapes["x"])
        }
        return regions.grids(found)

    def fit(self, shapes: Mapping[str, Shape]) -> dict[str, Shape]:
        """Return the shapes that the layer's own ports take beside an ``x`` of a given shape.

        ``shapes`` has that of ``x`` and those that the ports have now; what ``x`` does not decide
        stays as it is. A port that is missing gets the size that a new layer starts with: that of
        a sample, where a kind does not say otherwise. Whether the result fits is for
        :meth:`output_shape` to say.
        """
        own = self.inputs[1:]
        if all(port in shapes for port in own):
            return {port: shapes[port] for port in own}
        known = {**shapes_of(self._sampled()), **shapes}
        return {port: known[port] for port in own if port in known}

    def fresh(self, port: str, shape: Shape, rng: np.random.Generator) -> Array:
        """Return numbers for a port of a new layer.

        They are small random weights; for other ports those of a sample where they are of just
        that shape, and else zeros.
        """
        if port in self.weights and len(shape) > 1:
            return rng.integers(-1, 2, shape).astype(np.float64)
        sampled = self._sampled()
        fits = port in sampled and np.shape(sampled[port]) == shape
        return as_floats(sampled[port]) if fits else np.zeros(shape)

    def _sampled(self) -> dict[str, Array]:
        return type(self).sample(np.random.default_rng(0), 0)[1]

    def beside(self) -> Mapping[str, Layer]:
        """Return layers of the same inputs that are worth seeing side by side with this one.

        Each goes by the key of its name in ``resources/words/layers.toml``.
        """
        return {}

    def facts(self, tensors: Mapping[str, Array]) -> Mapping[str, Mapping[str, float]]:
        """Return what can be said of the layer as a whole.

        Each fact is the key of a sentence in ``resources/words/layers.toml`` with its numbers.
        """
        return {}

    def matrices(self, shapes: Mapping[str, Shape]) -> Matrices | None:
        """Return the layer as one product of two matrices, or None where it is not one."""
        return None

    def windows(self, shapes: Mapping[str, Shape]) -> tuple[Window, ...]:
        """Return the windows that slide over the rows and columns of ``x``, if any do."""
        return ()

    def parts(self, tensors: Mapping[str, Array], name: str) -> Mapping[str, Part]:
        """Return what the layer gives to a program in each framework: Keras, PyTorch, NumPy.

        Of ``x`` only the shape is to be used: in a network its numbers come from another layer.
        ``name`` sets the layer's variables apart from those of others; for a layer alone it is
        empty. A program of several layers is offered where each of them has a part for it.
        """
        return {}

    def parameters(self, shapes: Mapping[str, Shape]) -> int:
        """Return how many numbers training would change."""
        return sum(int(np.prod(shapes[port])) for port in self.weights if port in shapes)


def gradient_of(shape: Shape, grad: Array) -> Array:
    """Return an output's gradient as floats: how every :meth:`Layer.backward` begins.

    Raises:
        ShapeError: if it is not in the output's ``shape``.
    """
    grad = as_floats(grad)
    if grad.shape != shape:
        raise ShapeError("gradient_shape", shape=grad.shape, expected=shape)
    return grad


def settings_of(layer: Layer | type[Layer]) -> tuple[Field[Any], ...]:
    """Return the fields that are a layer's settings; none of a class that is no dataclass."""
    return tuple(f for f in fields(layer) if f.init) if is_dataclass(layer) else ()
