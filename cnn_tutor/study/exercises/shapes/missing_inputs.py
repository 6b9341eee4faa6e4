"""Which inputs make this output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Pair
from cnn_tutor.study.exercise import Blank, Exercise, Outcome
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.shape import ExerciseShape
from cnn_tutor.study.exercises.shapes import _cells, _unknowns
from cnn_tutor.study.exercises.shapes._texts import cell_name, kind_text

_COUNTS = (1, 2, 3, 3, 4, 5)
"""How many cells are blank at each level, if so many can be found one at a time."""

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

    def make(self, kind: type[Layer], level: int, rng: np.random.Generator) -> Exercise | None:
        """Draw an input, of one map where a filter moves over it."""
        layer, tensors = kind.sample(rng, level)
        if levers.windows_of(layer, tensors) and type(layer).weights:
            side, size = _SIDES[level]
            pad = int(level >= _PADDED)
            wanted = _unknowns.one_map(side, size, pad)
            layer, tensors = levers.made(kind, 0, wanted, rng) or (layer, tensors)
        if level >= _THINNED:
            tensors = {port: _thinned(layer, port, own, rng) for port, own in tensors.items()}
        return self.over(layer, tensors, level, rng)

    def over(
        self, layer: Layer, tensors: Mapping[str, Array], level: int, rng: np.random.Generator
    ) -> Exercise | None:
        """Leave some cells of the input blank that can be found again."""
        if not _unknowns.linear(layer, tensors, "x"):
            return None
        most = _COUNTS[max(0, min(level, len(_COUNTS) - 1))]
        x = tensors["x"]
        cells = _unknowns.chosen(_unknowns.effects(layer, tensors, "x"), most, rng)
        if len(cells) < 1 + level // 3:
            return None
        blanks = tuple(
            Blank(cell_name("x", index), float(x[index]), "x", index)
            for index in _unknowns.places(cells, x.shape)
        )
        prompt = self.text(
            "prompt",
            kind=kind_text(layer.kind),
            setting=_cells.setting(layer),
            count=len(blanks),
        )
        exercise = Exercise(layer, tensors, prompt, blanks, self.text("rule"), self)
        return _cells.precise(exercise)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Nothing is known of how learners go wrong here."""
        return ()

    def accepts(self, exercise: Exercise, numbers: Mapping[str, float]) -> bool:
        """Say whether other inputs give the same output: then they are right too."""
        return _unknowns.gives_output(exercise, "x", numbers)


def _thinned(layer: Layer, port: str, tensor: Array, rng: np.random.Generator) -> Array:
    """Return weights with zeros among them, so that not every output reads every input."""
    if port not in type(layer).weights or np.ndim(tensor) < 2:
        return tensor
    kept: Array = tensor * (rng.random(np.shape(tensor)) < 0.6)
    return kept
