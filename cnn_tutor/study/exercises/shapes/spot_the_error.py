"""A finished output with one wrong cell in it."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Tensors
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import Exercise, ExerciseShape
from cnn_tutor.study.exercises.evidence import FEWEST_CHOICES
from cnn_tutor.study.exercises.shapes import _cells
from cnn_tutor.study.mistakes import values
from cnn_tutor.study.mistakes.case import Case

_FEWEST_CELLS = 2
"""Cells of an output. With fewer there is nothing to look for."""

_LEVEL = 2
"""By its sample of this level a kind is judged: there are negative numbers in it."""


class SpotTheError(ExerciseShape):
    """Find the one cell of a finished output whose number a mistake has made.

    Whoever marks another cell has not shown by what mistake.
    """

    key = "spot_the_error"

    def fits(self, kind: type[Layer]) -> bool:
        """A kind has errors to spot if mistakes are known that lead to other outputs."""
        return _known(kind)

    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        """Put the number that a mistake leads to in the place of one that is right."""
        given = _cells.computed(layer, tensors)
        cells = None if given is None else _cells.few(given.output, rng)
        if given is None or cells is None or len(cells) < _FEWEST_CELLS:
            return None
        at = cells[rng.integers(len(cells))]
        wrong = _wrong(given.about(at))
        if not wrong:
            return None
        shown = given.output.copy()
        shown[at] = wrong[rng.integers(len(wrong))]
        entry = "prompt" if len(cells) == shown.size else "prompt_map"
        blanks = [_cells.blank(OUTPUT, cell, cell == at, mark=True) for cell in cells]
        return _cells.ask(self, given, entry, cells[0], blanks, shown={OUTPUT: shown})

    def tells(self, exercise: Exercise) -> bool:
        """Say whether there are enough cells that could be wrong."""
        return len(exercise.blanks) >= FEWEST_CHOICES


@cache
def _known(kind: type[Layer]) -> bool:
    layer, tensors = kind.sample(np.random.default_rng(0), _LEVEL)
    given = _cells.computed(layer, tensors)
    if given is None:
        return False
    every = given.about(*np.ndindex(given.output.shape))
    return any(values.ways(every))


def _wrong(case: Case) -> list[float]:
    found = dict.fromkeys(float(way.numbers[0]) for way in values.ways(case) if not way.aside)
    right = float(case.right[0])
    return [wrong for wrong in found if wrong == wrong and not numbers.agree(wrong, right)]
