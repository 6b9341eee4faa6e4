"""What mistakes are made about: a layer, its numbers, and the output cells that are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.explanation import Explanation, Index, Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Window
from cnn_tutor.study.mistakes.products import Products


@dataclass(frozen=True, eq=False)
class Case:
    """Some output cells of a layer over its numbers: what a learner is asked to compute.

    What is looked at more than once is computed once: the whole output, the explanation of each
    asked cell and the products in it.
    """

    layer: Layer
    tensors: Mapping[str, Array]
    cells: tuple[Index, ...]

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """The shape of each tensor by its port."""
        return shapes_of(self.tensors)

    @cached_property
    def output(self) -> Array:
        """The whole output, as it should be."""
        return self.layer.forward(self.tensors)

    @cached_property
    def right(self) -> Array:
        """The right number of each asked cell."""
        if self.single:  # which is there anyway, or is soon
            return np.array([self.explanations[0].value])
        return self.picked(self.output)

    @cached_property
    def explanations(self) -> tuple[Explanation, ...]:
        """The way to the right number of each asked cell."""
        return tuple(self.layer.explain(self.tensors, at) for at in self.cells)

    @cached_property
    def products(self) -> Products | None:
        """The inputs and weights that make the asked cells; None if these are no sums of them."""
        return Products.of(self.explanations, type(self.layer).weights)

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """The windows over rows and columns, where the output has a row and column for each."""
        windows = self.layer.windows(self.shapes)
        fits = len(windows) == 2 and len(self.layer.output_shape(self.shapes)) >= 3
        return windows if fits else ()

    @property
    def single(self) -> bool:
        """Whether one cell alone is asked for, so that a sentence can be about its numbers."""
        return len(self.cells) == 1

    def picked(self, output: Array) -> Array:
        """Return the numbers that stand in some output at the asked cells."""
        return np.array([output[at] for at in self.cells])

    def forward(self, layer: Layer | None = None, *, changed: Mapping[str, Array]) -> Array:
        """Return the asked cells with numbers changed, by port, and maybe by another layer."""
        return self.picked((layer or self.layer).forward({**self.tensors, **changed}))
