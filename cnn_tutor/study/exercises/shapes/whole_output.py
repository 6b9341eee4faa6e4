"""Every number of the output, or of one map of it."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.random import Generator

from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.shapes import _cells
from cnn_tutor.study.exercises.shapes._chosen import ChosenOutputs
from cnn_tutor.study.mistakes.case import Case


class WholeOutput(ChosenOutputs):
    """Compute the whole output, whatever the layer; of one with many cells, one map."""

    key = "whole_output"

    def choose(self, given: Case, rng: Generator) -> Sequence[Index] | None:
        return _cells.few(given.output, rng)

    def ask(self, given: Case, chosen: Sequence[Index], level: int) -> Exercise | None:
        if not _cells.mixed(given):
            return None
        entry = "prompt" if len(chosen) == given.output.size else "prompt_map"
        blanks = [_cells.blank(OUTPUT, at, given.output[at]) for at in chosen]
        return _cells.ask(self, given, entry, chosen[0], blanks)
