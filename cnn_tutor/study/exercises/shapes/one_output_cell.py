"""One number of the output."""

from __future__ import annotations

from collections.abc import Mapping

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study.exercise import OUTPUT, Exercise
from cnn_tutor.study.exercises.shapes import _cells
from cnn_tutor.study.exercises.shapes._chosen import ChosenOutputs


class OneOutputCell(ChosenOutputs):
    """Compute one number of the output, whatever the layer."""

    key = "one_output_cell"

    def ask(
        self,
        layer: Layer,
        tensors: Mapping[str, Array],
        output: Array,
        chosen: Index,
        level: int,
    ) -> Exercise:
        """Ask for the number of one cell."""
        return _cells.precise(
            Exercise(
                layer=layer,
                tensors=tensors,
                prompt=self.text(
                    "prompt" if len(chosen) > 1 else "prompt_place",
                    **_cells.said(layer, tensors, chosen),
                ),
                blanks=(_cells.blank(OUTPUT, chosen, output[chosen]),),
                rule=_cells.rule(layer, tensors, chosen, self.text("rule")),
                source=self,
                at=chosen,
            )
        )
