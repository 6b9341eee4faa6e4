"""The outputs under a mask, or the mask behind the outputs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Tensors
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study.exercise import Exercise, Outcome
from cnn_tutor.study.exercises.shapes import _cells
from cnn_tutor.study.exercises.shapes._chosen import ChosenOutputs
from cnn_tutor.study.mistakes.case import Case

_Chosen = tuple[str, Sequence[Index]]


class DropoutMask(ChosenOutputs):
    """Compute what a mask leaves of the input, or find the mask from the input and the output."""

    key = "dropout_mask"

    def fits(self, kind: type[Layer]) -> bool:
        """A kind has a mask if the cells of one of its ports are switches."""
        return len(kind.switches) == 1 and _cells.example(kind) is not None

    def choose(self, given: Case, rng: Generator) -> _Chosen | None:
        """Return the port that is asked for, and its cells: one port as often as the other."""
        (port,) = type(given.layer).switches
        found = OUTPUT if rng.integers(2) else port
        cells = _cells.few(given.output if found == OUTPUT else given.tensors[port], rng)
        return None if cells is None else (found, cells)

    def ask(self, given: Case, chosen: _Chosen, level: int) -> Exercise | None:
        """Ask for these cells; None if the numbers would not tell a switch that is off."""
        port, cells = chosen
        if not _cells.mixed(given) or (port != OUTPUT and not _shows(given)):
            return None
        first = (0,) * given.output.ndim
        if port == OUTPUT:
            blanks = [_cells.blank(port, at, given.output[at]) for at in cells]
            return _cells.ask(self, given, "prompt", first, blanks, self.text("rule"))
        blanks = [_cells.blank(port, at, given.tensors[port][at], mark=True) for at in cells]
        rule = self.text("rule_mask")
        return _cells.ask(self, given, "prompt_mask", first, blanks, rule, blank_ports=(port,))

    def reset(self, draft: Exercise, tensors: Tensors) -> Exercise | None:
        chosen = draft.blanks[0].port, [blank.index for blank in draft.blanks]
        given = Case(draft.layer, tensors)
        return self.ask(given, chosen, draft.level)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the mistakes in the outputs; of a mask there is one, all of it inverted."""
        if exercise.blanks[0].port == OUTPUT:
            yield from super().outcomes(exercise)
        else:
            entries = {blank.name: 1 - blank.answer for blank in exercise.blanks}
            yield Outcome("dropout_mask_inverted", entries, together=True)

    def rarer(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through more mistakes in the outputs; there are none in a mask."""
        return super().rarer(exercise) if exercise.blanks[0].port == OUTPUT else ()


def _shows(given: Case) -> bool:
    """Say whether each switch can be seen in the output: it is in use, and no input is 0."""
    layer, tensors = given.layer, given.tensors
    (port,) = type(layer).switches
    off = layer.forward({**tensors, port: np.zeros_like(tensors[port])})
    return bool(tensors["x"].all()) and not off.any()
