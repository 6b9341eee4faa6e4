"""Any number squeezed between −1 and 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import STEP, Cell, Step, Term
from cnn_tutor.engine.layers._elementwise import Elementwise
from cnn_tutor.engine.part import Part, simple

_NEARLY_ZERO = 1e-3
"""Nearer to 0 than this, 1 − e^(−2x) would lose too many digits to be worth showing."""


@dataclass(frozen=True)
class Tanh(Elementwise):
    """Any number is squeezed between −1 and 1: (1 − e^(−2x)) / (1 + e^(−2x)).

    Shapes: ``x`` any, output that of ``x``. Its meaning is that of Keras' ``tanh``
    (https://keras.io/api/layers/activations/#tanh-function). For negative numbers it is written
    (e^(2x) − 1) / (1 + e^(2x)), which is the same and never overflows.
    """

    kind: ClassVar[str] = "tanh"

    def curve(self, x: Array) -> Array:
        """Return the hyperbolic tangent of each number."""
        curve: Array = np.tanh(x)
        return curve

    def slope(self, x: Array) -> Array:
        """Return 1 − y² for each number, with all its digits far from 0, too."""
        power = np.exp(-2 * np.abs(x))
        slope: Array = 4 * power / (1 + power) ** 2
        return slope

    def steps(self, x: Cell) -> tuple[Step, ...]:
        """Say what the power of e is, what stands over and under the line, and their ratio.

        Very near to 0 the numbers over the line would be all but equal. There the curve is
        x − x³/3, as exactly as a float can tell.
        """
        if 0 < abs(x.value) < _NEARLY_ZERO:
            return (Step("sum", "sum", (Term((x,)), Term((x, x, x), -1 / 3))),)
        sign = 1.0 if x.value < 0 else -1.0
        power = Step("exp", "exp", (Term((x,), 2 * sign),))
        powered = Cell(STEP, (0,), power.value)
        over = Step("sum", "sum", (Term((), -sign), Term((powered,), sign)))
        under = Step("sum", "sum", (Term((), 1.0), Term((powered,))))
        parts = (Term((Cell(STEP, (n,), s.value),)) for n, s in ((1, over), (2, under)))
        return (power, over, under, Step("ratio", "ratio", tuple(parts)))

    def parts(self, tensors: Mapping[str, Array], name: str) -> Mapping[str, Part]:
        return simple('keras.layers.Activation("tanh")', "nn.Tanh()", numpy="y = np.tanh(x)")
