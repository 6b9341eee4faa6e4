"""Which inputs make this output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Array, Tensors
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Pair
from cnn_tutor.study.exercise import Exercise, ExerciseShape, Outcome
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.shapes import _unknowns

_COUNTS = (1, 2, 3, 3, 4, 5)
"""Cells that are blank at each level, as far as they can be found one at a time."""

_SIDES: tuple[Pair, ...] = ((3, 2), (4, 2), (4, 2), (5, 3), (5, 3), (6, 3))
"""The sides of the input and of a filter at each level."""

_PADDED, _THINNED = 4, 2
"""The levels from which there is padding, and from which a table of weights has zeros in it."""


class MissingInputs(ExerciseShape):
    """Some cells of the input are blank; the output says what belongs there."""

    key: ClassVar[str] = "missing_inputs"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether the output grows evenly with the input."""
        return levers.offers(kind, _unknowns.solvable)

    def make(self, kind: type[Layer], level: int, rng: Generator) -> Exercise | None:
        """Draw an input, of one map where a filter moves over it."""
        layer, tensors = kind.sample(rng, level)
        given: Tensors = tensors
        if levers.windows_of(layer, tensors) and type(layer).weights:
            sides, pad = _SIDES[level], int(level >= _PADDED)
            layer, given = _unknowns.on_one_map(layer, tensors, sides, pad, rng)
        if level >= _THINNED:
            given = {port: _thinned(layer, port, own, rng) for port, own in given.items()}
        return self.over(layer, given, level, rng)

    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        """Leave some cells of the input blank that can be found again."""
        if not _unknowns.linear(layer, tensors, "x"):
            return None
        most = _COUNTS[max(0, min(level, len(_COUNTS) - 1))]
        cells = _unknowns.chosen(_unknowns.effects(layer, tensors, "x"), most, rng)
        if len(cells) < 1 + level // 3:
            return None
        return _unknowns.ask(self, layer, tensors, "x", cells)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the numbers of signs reversed, a bias not taken off, rows for columns."""
        return _unknowns.outcomes(exercise)

    def accepts(self, exercise: Exercise, numbers: Mapping[str, float]) -> bool:
        """Say whether other inputs give the same output: then they are right too."""
        return _unknowns.gives_output(exercise, "x", numbers)


def _thinned(layer: Layer, port: str, tensor: Array, rng: Generator) -> Array:
    """Return weights with zeros among them, so that not every output reads every input."""
    if port not in type(layer).weights or np.ndim(tensor) < 2:
        return tensor
    kept: Array = tensor * (rng.random(np.shape(tensor)) < 0.6)
    return kept
