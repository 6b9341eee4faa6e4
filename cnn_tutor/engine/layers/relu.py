"""Negative numbers become 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Cell, Step, Term
from cnn_tutor.engine.layers._elementwise import Elementwise
from cnn_tutor.engine.part import Part, simple


@dataclass(frozen=True)
class ReLU(Elementwise):
    """Positive numbers stay as they are, negative ones become 0: max(0, x).

    Shapes: ``x`` any, output that of ``x``. Its meaning is that of Keras' ``relu``
    (https://keras.io/api/layers/activations/#relu-function); its slope at 0 counts as 0.
    """

    kind: ClassVar[str] = "relu"

    def curve(self, x: Array) -> Array:
        """Return max(0, x) for each number."""
        return np.maximum(x, 0)

    def slope(self, x: Array) -> Array:
        """Return 1 for positive numbers, 0 for the others."""
        return x > 0

    def steps(self, x: Cell) -> tuple[Step, ...]:
        """Say that the larger of 0 and the number is taken."""
        # The 0 stands first, so that it wins where both are 0: there the slope is 0.
        return (Step("max", "max", (Term((), 0.0), Term((x,)))),)

    def parts(self, tensors: Mapping[str, Array], name: str) -> Mapping[str, Part]:
        return simple("keras.layers.ReLU()", "nn.ReLU()", numpy="y = np.maximum(x, 0)")
