"""Which outputs one input cell reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Window
from cnn_tutor.study.exercise import Blank, Exercise, Outcome
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.shape import ExerciseShape
from cnn_tutor.study.exercises.shapes import _fields
from cnn_tutor.study.exercises.shapes._texts import cell_name, cell_text
from cnn_tutor.study.mistakes import field as mistakes


class OutputsReached(ExerciseShape):
    """Mark the outputs that one input cell can change."""

    key: ClassVar[str] = "outputs_reached"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether outputs read several cells, and a cell does not reach all of them."""
        return levers.offers(kind, _reaches_part)

    def make(self, kind: type[Layer], level: int, rng: np.random.Generator) -> Exercise | None:
        """Draw a window over one map."""
        return self.over(*_fields.drawn(kind, level, rng), level, rng)

    def over(
        self, layer: Layer, tensors: Mapping[str, Array], level: int, rng: np.random.Generator
    ) -> Exercise | None:
        """Ask for the outputs that a cell reaches; there is to be one at least, and not all."""
        shapes = shapes_of(tensors)
        output = layer.output_shape(shapes)
        cell = tuple(int(rng.integers(n)) for n in shapes["x"])
        reached = set(regions.cells(layer.affected("x", cell, shapes)))
        cells = list(np.ndindex(output))
        if len(cells) > _fields.MOST or not 0 < len(reached) < len(cells):
            return None
        blanks = tuple(
            Blank(cell_name("output", index), float(index in reached), "output", index, mark=True)
            for index in cells
        )
        prompt = self.text(
            "prompt",
            cell=cell_text(layer, shapes, "x", cell),
            window=_fields.window_text(self, layer, tensors),
        )
        rule, given = self.text(_fields.rule(layer, tensors)), (("x", cell),)
        worked = _fields.worked_text(self, layer, tensors, cell[-3:], Window.readers, output[-3:])
        return Exercise(layer, tensors, prompt, blanks, rule, self, given=given, worked=worked)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the outputs that are marked where stride or padding is forgotten."""
        _, cell = exercise.given[0]
        return mistakes.reached_outcomes(exercise, cell) if len(cell) > 2 else ()


def _reaches_part(layer: Layer, tensors: Mapping[str, Array]) -> bool:
    shapes = shapes_of(tensors)
    count = np.prod(layer.output_shape(shapes), dtype=int)
    corner = layer.affected("x", (0,) * len(shapes["x"]), shapes)
    return _fields.reads_part(layer, tensors) and 0 < regions.size(corner) < count
