"""Exercises about outputs that are chosen first: their numbers can then be changed at will."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study.exercise import Exercise, Outcome
from cnn_tutor.study.exercises.shape import ExerciseShape
from cnn_tutor.study.exercises.shapes import _cells
from cnn_tutor.study.exercises.shapes._search import drawn, improved
from cnn_tutor.study.mistakes import values
from cnn_tutor.study.mistakes.case import Case


class ChosenOutputs(ExerciseShape):
    """Something that is asked about outputs: first it is chosen of which, then it is set.

    What mistakes lead to is what they make of the output numbers that are blanks; shapes with
    other blanks override this.
    """

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether the output of a sample can be computed."""
        return _cells.example(kind) is not None

    def tells(self, exercise: Exercise) -> bool:
        """Say whether the mistakes that the kind is about could show in what is asked."""
        case = _cells.asked(exercise)
        return not (case.cells and values.mute(case))

    def choose(
        self, layer: Layer, tensors: Mapping[str, Array], output: Array, rng: np.random.Generator
    ) -> Any:
        """Return what is asked about, as :meth:`ask` takes it; None if nothing can be.

        That is one cell at which mistakes show; shapes about several override this.
        """
        return _cells.telling(layer, tensors, output, rng)

    @abstractmethod
    def ask(
        self,
        layer: Layer,
        tensors: Mapping[str, Array],
        output: Array,
        chosen: Any,
        level: int,
    ) -> Exercise | None:
        """Set the exercise about what was chosen; None if these numbers don't allow it."""

    def over(
        self, layer: Layer, tensors: Mapping[str, Array], level: int, rng: np.random.Generator
    ) -> Exercise | None:
        """Set the exercise over a layer and its numbers, about outputs at which mistakes show."""
        return self._set(layer, tensors, level, rng)[0]

    def make(self, kind: type[Layer], level: int, rng: np.random.Generator) -> Exercise | None:
        """Make up a layer and numbers with which mistakes can be told apart."""
        layer, tensors = drawn(kind, level, rng)
        draft, chosen = self._set(layer, tensors, level, rng)
        if draft is None:
            return None
        found = improved(draft, self.reset, kind, level, rng)
        if found is draft:
            return draft
        return self.ask(layer, found.tensors, layer.forward(found.tensors), chosen, level)

    def reset(self, draft: Exercise, tensors: Mapping[str, Array]) -> Exercise | None:
        """Return a draft over other numbers, with all that mistakes are looked for in."""
        case = Case(draft.layer, tensors, tuple(blank.index for blank in draft.blanks))
        if not np.isfinite(case.right).all():
            return None
        answers = zip(draft.blanks, case.right, strict=True)
        blanks = tuple(replace(blank, answer=float(answer)) for blank, answer in answers)
        return replace(draft, tensors=tensors, blanks=blanks)

    def _set(
        self, layer: Layer, tensors: Mapping[str, Array], level: int, rng: np.random.Generator
    ) -> tuple[Exercise | None, Any]:
        output = _cells.computed(layer, tensors)
        if output is None:
            return None, None
        chosen = self.choose(layer, tensors, output, rng)
        if chosen is None:
            return None, None
        return self.ask(layer, tensors, output, chosen, level), chosen

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through every mistake that leads to other outputs, made in all of them alike."""
        return _cells.outcomes(_cells.asked(exercise))

    def slips(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the slips in each of the outputs, if they are sums of products."""
        return _cells.slipped(_cells.asked(exercise))
