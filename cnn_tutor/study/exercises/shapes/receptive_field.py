"""Which input cells one output reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import numpy as np

from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Window
from cnn_tutor.study.exercise import Blank, Exercise, Outcome
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.shape import ExerciseShape
from cnn_tutor.study.exercises.shapes import _fields
from cnn_tutor.study.exercises.shapes._texts import cell_name, cell_text
from cnn_tutor.study.mistakes import field as mistakes


class ReceptiveField(ExerciseShape):
    """Mark the input cells that an output reads; padding is not marked."""

    key: ClassVar[str] = "receptive_field"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether one output reads several input cells but not all."""
        return levers.offers(kind, _fields.reads_part)

    def make(self, kind: type[Layer], level: int, rng: np.random.Generator) -> Exercise | None:
        """Draw a window over one map."""
        return self.over(*_fields.drawn(kind, level, rng), level, rng)

    def over(
        self, layer: Layer, tensors: Mapping[str, Array], level: int, rng: np.random.Generator
    ) -> Exercise | None:
        """Ask for the cells that one output reads, in the maps that can be read."""
        shapes = shapes_of(tensors)
        shape = layer.output_shape(shapes)
        at = tuple(int(rng.integers(n)) for n in shape)
        read = _fields.inside(layer, tensors, at)
        cells = list(np.ndindex(np.shape(tensors["x"])))
        if len(cells) > _fields.MOST:
            maps = {index[-1] for index in read}
            cells = [index for index in cells if index[-1] in maps]
        if len(cells) > _fields.MOST or not read or len(read) == len(cells):
            return None
        blanks = tuple(
            Blank(cell_name("x", index), float(index in read), "x", index, mark=True)
            for index in cells
        )
        prompt = self.text(
            "prompt",
            cell=cell_text(layer, shapes, "output", at),
            window=_fields.window_text(self, layer, tensors),
        )
        rule, ends = self.text(_fields.rule(layer, tensors)), shapes["x"][-3:]
        worked = _fields.worked_text(self, layer, tensors, at[-3:], Window.reads, ends)
        return Exercise(layer, tensors, prompt, blanks, rule, self, at, worked=worked)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the cells that are marked where the stride or the padding is forgotten."""
        return mistakes.read_outcomes(exercise) if len(exercise.at) > 2 else ()
