"""Which input cells one output reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Tensors, shapes_of
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Window
from cnn_tutor.study.exercise import Exercise, ExerciseShape, Outcome
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.shapes import _fields
from cnn_tutor.study.mistakes import field as mistakes


class ReceptiveField(ExerciseShape):
    """Mark the input cells that an output reads; padding is not marked."""

    key: ClassVar[str] = "receptive_field"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether one output reads several input cells but not all."""
        return levers.offers(kind, _fields.reads_part)

    def make(self, kind: type[Layer], level: int, rng: Generator) -> Exercise | None:
        return self.over(*_fields.drawn(kind, level, rng), level, rng)

    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        """Ask for the cells that one output reads, in the maps that can be read."""
        at = tuple(int(rng.integers(n)) for n in layer.output_shape(shapes_of(tensors)))
        read = _fields.inside(layer, tensors, at)
        cells = list(np.ndindex(np.shape(tensors["x"])))
        if len(cells) > _fields.CELLS_LIMIT:
            maps = {index[-1] for index in read}
            cells = [index for index in cells if index[-1] in maps]
        if len(cells) > _fields.CELLS_LIMIT or not read or len(read) == len(cells):
            return None
        marks = ("x", cells, read)
        return _fields.ask(self, layer, tensors, (OUTPUT, at), marks, Window.reads, at=at)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the cells that are marked where the stride or the padding is forgotten."""
        return mistakes.outcomes(exercise, exercise.at, reached=False)
