"""A finished output with one wrong cell in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import OUTPUT, Exercise, Outcome
from cnn_tutor.study.exercises.shape import FEWEST_CHOICES, ExerciseShape
from cnn_tutor.study.exercises.shapes import _cells
from cnn_tutor.study.mistakes import values
from cnn_tutor.study.mistakes.case import Case
from cnn_tutor.study.mistakes.catalogue import catalogue

_FEWEST = 2
"""With fewer cells there is nothing to look for."""

_LEVEL = 2
"""By its sample of this level a kind is judged: there are negative numbers in it."""


class SpotTheError(ExerciseShape):
    """Find the one cell of a finished output whose number a mistake has made."""

    key = "spot_the_error"

    def fits(self, kind: type[Layer]) -> bool:
        """A kind has errors to spot if mistakes are known that lead to other outputs."""
        return _known(kind)

    def over(
        self, layer: Layer, tensors: Mapping[str, Array], level: int, rng: np.random.Generator
    ) -> Exercise | None:
        """Put the number that a mistake leads to in the place of one that is right."""
        output = _cells.computed(layer, tensors)
        cells = None if output is None else _cells.few(output, rng)
        if output is None or cells is None or len(cells) < _FEWEST:
            return None
        at = cells[rng.integers(len(cells))]
        wrong = _wrong(layer, tensors, at)
        if not wrong:
            return None
        shown = output.copy()
        shown[at] = wrong[rng.integers(len(wrong))]
        entry = "prompt" if len(cells) == output.size else "prompt_map"
        return Exercise(
            layer=layer,
            tensors=tensors,
            prompt=self.text(entry, **_cells.said(layer, tensors, cells[0])),
            blanks=tuple(_cells.blank(OUTPUT, cell, cell == at, mark=True) for cell in cells),
            rule=_cells.rule(layer, tensors, at, self.text("rule")),
            source=self,
            shown={OUTPUT: shown},
        )

    def tells(self, exercise: Exercise) -> bool:
        """Say whether there are enough cells that could be wrong."""
        return len(exercise.blanks) >= FEWEST_CHOICES

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through nothing: whoever marks another cell has not shown by what mistake."""
        return ()


@cache
def _known(kind: type[Layer]) -> bool:
    """Say whether any mistake is known that leads to other outputs of a kind."""
    layer, tensors = kind.sample(np.random.default_rng(0), _LEVEL)
    output = _cells.computed(layer, tensors)
    if output is None:
        return False
    return any(True for _ in values.ways(Case(layer, tensors, tuple(np.ndindex(output.shape)))))


def _wrong(layer: Layer, tensors: Mapping[str, Array], at: Index) -> list[float]:
    """Return the wrong numbers that main mistakes lead to in one cell, each once."""
    case = Case(layer, tensors, (at,))
    found = dict.fromkeys(
        float(way.numbers[0])
        for way in values.ways(case)
        if catalogue()[way.mistake].main and not way.aside
    )
    right = float(case.right[0])
    return [wrong for wrong in found if wrong == wrong and not numbers.agree(wrong, right)]
