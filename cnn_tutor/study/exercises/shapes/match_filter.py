"""Which filter made which map."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Array, Tensors, shapes_of
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study.exercise import Blank, Exercise, ExerciseShape, Outcome
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.evidence import FEWEST_CHOICES
from cnn_tutor.study.exercises.levers import Wanted

_RIGHT_EDGE = ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1))
_LEFT_EDGE = ((1, 0, -1), (1, 0, -1), (1, 0, -1))
_LOWER_EDGE = ((-1, -1, -1), (0, 0, 0), (1, 1, 1))
_UPPER_EDGE = ((1, 1, 1), (0, 0, 0), (-1, -1, -1))
_UPRIGHT = ((-1, 2, -1), (-1, 2, -1), (-1, 2, -1))
_LEVEL = ((-1, -1, -1), (2, 2, 2), (-1, -1, -1))
_FALLING = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
_RISING = ((0, 0, 1), (0, 1, 0), (1, 0, 0))
_BLOB = ((1, 1, 1), (1, 1, 1), (1, 1, 1))
_SHARPEN = ((0, -1, 0), (-1, 5, -1), (0, -1, 0))
_MOVED = ((0, 0, 0), (1, 0, 0), (0, 0, 0))

_PATTERNS = (
    (_RIGHT_EDGE, _LOWER_EDGE, _BLOB),
    (_UPRIGHT, _LEVEL, _FALLING, _BLOB),
    (_RIGHT_EDGE, _LOWER_EDGE, _FALLING, _RISING, _BLOB, _SHARPEN),
    (_UPRIGHT, _LEVEL, _FALLING, _RISING, _BLOB, _SHARPEN),
    (_RIGHT_EDGE, _LEFT_EDGE, _LOWER_EDGE, _UPPER_EDGE),
    (_RIGHT_EDGE, _LEFT_EDGE, _LOWER_EDGE, _UPPER_EDGE, _FALLING, _RISING, _SHARPEN, _MOVED),
)
"""The filters that each level draws from."""

_COUNTS = (3, 3, 3, 4, 4, 4)
_SIDE = 6


class MatchFilter(ExerciseShape):
    """Several filters over one picture; their maps are to be told apart."""

    key: ClassVar[str] = "match_filter"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether several filters of rows, columns and depth each make a map."""
        return levers.offers(kind, _makes_maps)

    def make(self, kind: type[Layer], level: int, rng: Generator) -> Exercise | None:
        """Draw a picture and filters that answer to different things in it."""
        level = max(0, min(level, len(_COUNTS) - 1))
        found = levers.made(kind, 0, _wanted(_COUNTS[level]), rng)
        if not found:
            return None
        layer, tensors = found
        patterns = _PATTERNS[level]
        picked = rng.permutation(len(patterns))[: _COUNTS[level]]
        filters = np.array([patterns[n] for n in picked], np.float64)
        port = _port(layer, tensors)
        tensors = {**tensors, "x": _picture(rng), port: filters.transpose(1, 2, 0)[:, :, None]}
        for own in type(layer).weights:
            if own != port:
                tensors[own] = np.zeros(np.shape(tensors[own]))
        return self.over(layer, tensors, level, rng)

    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        """Shuffle the maps, each of which has to be another one with something in it."""
        output = layer.forward(tensors)
        count = output.shape[-1]
        maps = [tuple(output[..., n].flat) for n in range(count)]
        if len(set(maps)) < count or count < 2 or not all(map(any, maps)):
            return None
        order = rng.permutation(count)
        while (order == np.arange(count)).all():
            order = rng.permutation(count)
        blanks = tuple(
            Blank(f"map[{place}]", float(number + 1), label=self.text("map", number=place))
            for place, number in enumerate(order, 1)
        )
        shown = {"output": output[..., order]}
        prompt = self.text("prompt", count=count)
        return Exercise(layer, tensors, prompt, blanks, self.text("rule"), self, shown=shown)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the one mistake that is known: the filters taken in the order of the maps."""
        shown = {blank.name: float(n) for n, blank in enumerate(exercise.blanks, 1)}
        yield Outcome("order_shown", exercise.differing(shown), together=True)

    def tells(self, exercise: Exercise) -> bool:
        """Say whether there are enough orders in which the maps could stand."""
        return math.factorial(len(exercise.blanks)) >= FEWEST_CHOICES


def _wanted(count: int) -> Wanted:
    return Wanted(
        lengths=(_SIDE, _SIDE),
        channels=1,
        sizes=(3, 3),
        strides=(1, 1),
        pads=((0, 0), (0, 0)),
        filters=count,
    )


def _makes_maps(layer: Layer, tensors: Tensors) -> bool:
    found = levers.turned(layer, shapes_of(tensors), _wanted(_COUNTS[0]))
    if not found or not levers.windows_of(layer, tensors):
        return False
    new, shapes = found
    port = _port(layer, tensors)
    return bool(port) and shapes[port] == (3, 3, 1, new.output_shape(shapes)[-1])


def _port(layer: Layer, tensors: Tensors) -> str:
    return next((port for port in type(layer).weights if np.ndim(tensors[port]) == 4), "")


def _picture(rng: Generator) -> Array:
    """Return a small picture of one channel: two strokes or boxes on an empty ground."""
    picture = np.zeros((_SIDE, _SIDE, 1))
    for _ in range(2):
        top, left = (int(n) for n in rng.integers(0, _SIDE - 2, 2))
        length = int(rng.integers(3, _SIDE - max(top, left) + 1))
        along = np.arange(length)
        stroke = (
            (top, left + along),
            (top + along, left),
            (top + along, left + along),
            (top + along[:, None], left + along),
            (top + along, left + along[::-1]),
        )[int(rng.integers(5))]
        picture[(*stroke, 0)] = int(rng.integers(1, 4))
    return picture
