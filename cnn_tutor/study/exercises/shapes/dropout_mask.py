"""The outputs under a mask, or the mask behind the outputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study.exercise import OUTPUT, Exercise, Outcome
from cnn_tutor.study.exercises.shapes import _cells
from cnn_tutor.study.exercises.shapes._chosen import ChosenOutputs

_Chosen = tuple[str, Sequence[Index]]


class DropoutMask(ChosenOutputs):
    """Compute what a mask leaves of the input, or find the mask from the input and the output."""

    key = "dropout_mask"

    def fits(self, kind: type[Layer]) -> bool:
        """A kind has a mask if the cells of one of its ports are switches."""
        return len(kind.switches) == 1 and _cells.example(kind) is not None

    def choose(
        self, layer: Layer, tensors: Mapping[str, Array], output: Array, rng: np.random.Generator
    ) -> _Chosen | None:
        """Return the port that is asked for, and its cells: one port as often as the other."""
        (port,) = type(layer).switches
        found = OUTPUT if rng.integers(2) else port
        tensor = output if found == OUTPUT else tensors[port]
        cells = _cells.few(tensor, rng)
        return None if cells is None else (found, cells)

    def ask(
        self,
        layer: Layer,
        tensors: Mapping[str, Array],
        output: Array,
        chosen: _Chosen,
        level: int,
    ) -> Exercise | None:
        """Ask for these cells; None if the numbers would not tell a switch that is off."""
        port, cells = chosen
        if not _cells.mixed(layer, tensors) or (port != OUTPUT and not _shows(layer, tensors)):
            return None
        masked = port != OUTPUT
        answers = tensors[port] if masked else output
        return _cells.precise(
            Exercise(
                layer=layer,
                tensors=tensors,
                prompt=self.text(
                    "prompt_mask" if masked else "prompt",
                    **_cells.said(layer, tensors, (0,) * output.ndim),
                ),
                blanks=tuple(_cells.blank(port, at, answers[at], mark=masked) for at in cells),
                rule=self.text("rule_mask" if masked else "rule"),
                source=self,
                blank_ports=(port,) if masked else (),
            )
        )

    def reset(self, draft: Exercise, tensors: Mapping[str, Array]) -> Exercise | None:
        """Return a draft over other numbers."""
        port, cells = draft.blanks[0].port, [blank.index for blank in draft.blanks]
        output = draft.layer.forward(tensors)
        return self.ask(draft.layer, tensors, output, (port, cells), draft.level)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the mistakes in the outputs; of a mask there is one, all of it inverted."""
        if exercise.blanks[0].port == OUTPUT:
            yield from super().outcomes(exercise)
        else:
            entries = {blank.name: 1 - blank.answer for blank in exercise.blanks}
            yield Outcome("dropout_mask_inverted", entries, together=True)


def _shows(layer: Layer, tensors: Mapping[str, Array]) -> bool:
    """Say whether each switch can be seen in the output: it is in use, and no input is 0."""
    (port,) = type(layer).switches
    off = layer.forward({**tensors, port: np.zeros_like(tensors[port])})
    return bool(tensors["x"].all()) and not off.any()
