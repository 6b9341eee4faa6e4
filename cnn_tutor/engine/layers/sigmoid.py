"""Any number squeezed between 0 and 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import STEP, Cell, Step, Term
from cnn_tutor.engine.layers._elementwise import Elementwise
from cnn_tutor.engine.part import Part, simple


@dataclass(frozen=True)
class Sigmoid(Elementwise):
    """Any number is squeezed between 0 and 1: 1 / (1 + e^(−x)).

    Shapes: ``x`` any, output that of ``x``. Its meaning is that of Keras' ``sigmoid``
    (https://keras.io/api/layers/activations/#sigmoid-function). For negative numbers it is
    written e^x / (1 + e^x), which is the same and never overflows.
    """

    kind: ClassVar[str] = "sigmoid"

    def curve(self, x: Array) -> Array:
        """Return 1 / (1 + e^(−x)) for each number."""
        power = np.exp(-np.abs(x))
        curve: Array = np.where(x < 0, power, 1) / (1 + power)
        return curve

    def slope(self, x: Array) -> Array:
        """Return y · (1 − y) for each number, with all its digits far from 0, too."""
        power = np.exp(-np.abs(x))
        slope: Array = power / (1 + power) ** 2
        return slope

    def steps(self, x: Cell) -> tuple[Step, ...]:
        """Say what the power of e is, what 1 more is, and what is divided by that."""
        one = Term((), 1.0)
        power = Step("exp", "exp", (Term((x,), 1.0 if x.value < 0 else -1.0),))
        powered = Term((Cell(STEP, (0,), power.value),))
        under = Step("sum", "sum", (one, powered))
        over = powered if x.value < 0 else one
        parts = (over, Term((Cell(STEP, (1,), under.value),)))
        return (power, under, Step("ratio", "ratio", parts))

    def parts(self, tensors: Mapping[str, Array], name: str) -> Mapping[str, Part]:
        return simple(
            'keras.layers.Activation("sigmoid")', "nn.Sigmoid()", numpy="y = 1 / (1 + np.exp(-x))"
        )
