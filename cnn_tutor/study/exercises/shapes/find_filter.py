"""Which filter makes this output of this input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Array, Tensors
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Pair
from cnn_tutor.study import words
from cnn_tutor.study.exercise import Exercise, ExerciseShape, Outcome
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.shapes import _unknowns
from cnn_tutor.study.exercises.shapes._texts import in_a_sentence

_COUNTS = (1, 2, 3, 4, 6, 9)
"""Cells that are blank at each level, as far as they can be found one at a time."""

_SIDES: tuple[Pair, ...] = ((3, 2), (4, 2), (5, 3), (5, 3), (5, 3), (5, 3))
"""The sides of the input and of the window at each level."""

_PADDED, _BIASED, _LARGER = 3, 4, 3
"""The levels from which there are padding, biases, and other inputs than 0 and 1."""

_FILLED = 0.3
"""What share of an input under a window is not 0."""


class FindFilter(ExerciseShape):
    """Some cells of a filter are blank; input and output say what belongs there."""

    key: ClassVar[str] = "find_filter"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether there is a table of weights that the output grows evenly with."""
        return levers.offers(
            kind,
            lambda layer, tensors: any(
                _unknowns.linear(layer, tensors, port) for port in _tables(layer, tensors)
            ),
        )

    def make(self, kind: type[Layer], level: int, rng: Generator) -> Exercise | None:
        """Draw an input with many zeros in it, so that some outputs read few of the weights."""
        layer, tensors = kind.sample(rng, level)
        if levers.windows_of(layer, tensors):
            sides, pad = _SIDES[level], int(level >= _PADDED)
            layer, given = _unknowns.on_one_map(layer, tensors, sides, pad, rng)
            tensors = _sparse(layer, given, level, rng)
        return self.over(layer, tensors, level, rng)

    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        """Leave some cells of the first table of weights blank that can be found again."""
        ports = [p for p in _tables(layer, tensors) if _unknowns.linear(layer, tensors, p)]
        if not ports:
            return None
        port, tensor = ports[0], tensors[ports[0]]
        counts = _unknowns.effects(layer, tensors, port)
        most = _COUNTS[max(0, min(level, len(_COUNTS) - 1))]
        cells = _unknowns.chosen(counts, most, rng)
        least = min(most, tensor.size) if levers.windows_of(layer, tensors) else 1
        if len(cells) < least:
            return None
        name = in_a_sentence(words.port_sides(layer.kind, port))
        return _unknowns.ask(self, layer, tensors, port, cells, port=name)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the numbers of signs reversed, a bias not taken off, rows for columns."""
        return _unknowns.outcomes(exercise)

    def accepts(self, exercise: Exercise, numbers: Mapping[str, float]) -> bool:
        """Say whether other weights give the same output: then they are right too."""
        return _unknowns.gives_output(exercise, exercise.blanks[0].port, numbers)


def _tables(layer: Layer, tensors: Tensors) -> list[str]:
    return [port for port in type(layer).weights if np.ndim(tensors.get(port, 0)) > 1]


def _sparse(layer: Layer, tensors: Tensors, level: int, rng: Generator) -> dict[str, Array]:
    """Return tensors with an input of mostly zeros, and with biases where the level has them."""
    new = dict(tensors)
    shape = np.shape(tensors["x"])
    there = rng.random(shape) < _FILLED
    new["x"] = there * rng.integers(1, 4 if level >= _LARGER else 2, shape).astype(np.float64)
    for port in type(layer).weights:
        if np.ndim(tensors.get(port, 0)) == 1 and level >= _BIASED:
            new[port] = rng.integers(-3, 4, np.shape(tensors[port])).astype(np.float64)
    return new
