"""One number of the output."""

from __future__ import annotations

from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.shapes import _cells
from cnn_tutor.study.exercises.shapes._chosen import ChosenOutputs
from cnn_tutor.study.mistakes.case import Case


class OneOutputCell(ChosenOutputs):
    """Compute one number of the output, whatever the layer."""

    key = "one_output_cell"

    def ask(self, given: Case, chosen: Index, level: int) -> Exercise:
        entry = "prompt" if len(chosen) > 1 else "prompt_place"
        blank = _cells.blank(OUTPUT, chosen, given.output[chosen])
        return _cells.ask(self, given, entry, chosen, [blank], at=chosen)
