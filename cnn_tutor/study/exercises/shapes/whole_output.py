"""Every number of the output, or of one map of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study.exercise import OUTPUT, Exercise
from cnn_tutor.study.exercises.shapes import _cells
from cnn_tutor.study.exercises.shapes._chosen import ChosenOutputs


class WholeOutput(ChosenOutputs):
    """Compute the whole output, whatever the layer; of one with many cells, one map."""

    key = "whole_output"

    def choose(
        self, layer: Layer, tensors: Mapping[str, Array], output: Array, rng: np.random.Generator
    ) -> Sequence[Index] | None:
        """Return all cells, or those of one map."""
        return _cells.few(output, rng)

    def ask(
        self,
        layer: Layer,
        tensors: Mapping[str, Array],
        output: Array,
        chosen: Sequence[Index],
        level: int,
    ) -> Exercise | None:
        """Ask for the numbers of all these cells."""
        if not _cells.mixed(layer, tensors):
            return None
        entry = "prompt" if len(chosen) == output.size else "prompt_map"
        return _cells.precise(
            Exercise(
                layer=layer,
                tensors=tensors,
                prompt=self.text(entry, **_cells.said(layer, tensors, chosen[0])),
                blanks=tuple(_cells.blank(OUTPUT, at, output[at]) for at in chosen),
                rule=_cells.rule(layer, tensors, chosen[0], self.text("rule")),
                source=self,
            )
        )
