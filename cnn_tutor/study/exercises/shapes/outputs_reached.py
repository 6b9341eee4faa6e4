"""Which outputs one input cell reaches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Tensors, shapes_of
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Window
from cnn_tutor.study.exercise import Exercise, ExerciseShape, Outcome
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.shapes import _fields
from cnn_tutor.study.mistakes import field as mistakes


class OutputsReached(ExerciseShape):
    """Mark the outputs that one input cell can change."""

    key: ClassVar[str] = "outputs_reached"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether outputs read several cells, and a cell does not reach all of them."""
        return levers.offers(kind, _reaches_part)

    def make(self, kind: type[Layer], level: int, rng: Generator) -> Exercise | None:
        return self.over(*_fields.drawn(kind, level, rng), level, rng)

    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        """Ask for the outputs that a cell reaches; there is to be one at least, and not all."""
        shapes = shapes_of(tensors)
        output = layer.output_shape(shapes)
        cell = tuple(int(rng.integers(n)) for n in shapes["x"])
        reached = set(regions.cells(layer.affected("x", cell, shapes)))
        cells = list(np.ndindex(output))
        if len(cells) > _fields.CELLS_LIMIT or not 0 < len(reached) < len(cells):
            return None
        marks, given = (OUTPUT, cells, reached), ("x", cell)
        return _fields.ask(self, layer, tensors, given, marks, Window.readers, given=(given,))

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the outputs that are marked where stride or padding is forgotten."""
        _, cell = exercise.given[0]
        return mistakes.outcomes(exercise, cell, reached=True)


def _reaches_part(layer: Layer, tensors: Tensors) -> bool:
    shapes = shapes_of(tensors)
    count = np.prod(layer.output_shape(shapes), dtype=int)
    corner = layer.affected("x", (0,) * len(shapes["x"]), shapes)
    return _fields.reads_part(layer, tensors) and 0 < regions.size(corner) < count
