"""Where a cell of a map lands when the maps become a vector."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Tensors, shapes_of
from cnn_tutor.engine.explanation import OUTPUT, Index, Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Pair
from cnn_tutor.study import naming
from cnn_tutor.study.exercise import Blank, Exercise, ExerciseShape, Outcome, Text
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.evidence import FEWEST_CHOICES
from cnn_tutor.study.exercises.levers import Wanted
from cnn_tutor.study.mistakes import laid_out

_LEVELS: tuple[tuple[Pair, Pair], ...] = (
    ((2, 3), (1, 1)),
    ((3, 4), (1, 1)),
    ((2, 3), (2, 2)),
    ((3, 4), (2, 3)),
    ((3, 5), (2, 4)),
    ((4, 6), (3, 4)),
)
"""From how many to how many rows and columns, and channels, each level has."""


_BLANK = "position"
"""The name of the blank that the place goes into."""


class FlattenPosition(ExerciseShape):
    """At which place of a vector one cell of a map is found again."""

    key: ClassVar[str] = "flatten_position"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether each output is a copy of one cell, and there are fewer axes of them."""
        return levers.offers(kind, _lays_out)

    def make(self, kind: type[Layer], level: int, rng: Generator) -> Exercise | None:
        (least, most), (fewest, several) = _LEVELS[level]
        lengths = tuple(int(n) for n in rng.integers(least, most + 1, 2))
        channels = int(rng.integers(fewest, several + 1))
        wanted = Wanted(lengths=(lengths[0], lengths[1]), channels=channels)
        found = levers.made(kind, level, wanted, rng)
        layer, tensors = found or kind.sample(rng, level)
        return self.over(layer, tensors, level, rng)

    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        cell = tuple(int(rng.integers(n)) for n in np.shape(tensors["x"]))
        return self.of(layer, tensors, cell)

    def of(self, layer: Layer, tensors: Tensors, cell: Index) -> Exercise:
        """Ask where one cell lands."""
        shapes = shapes_of(tensors)
        (landed,) = regions.cells(layer.affected("x", cell, shapes))
        place = int(np.ravel_multi_index(landed, layer.output_shape(shapes)))
        blank = Blank(_BLANK, place, label=self.text("label"))
        value = float(tensors["x"][cell])
        prompt = self.text("prompt", cell=naming.cell_name(layer, shapes, "x", cell), value=value)
        return Exercise(
            layer,
            tensors,
            prompt,
            (blank,),
            self.text("rule"),
            self,
            given=(("x", cell),),
            hidden_ports=(OUTPUT,),  # a number that is there once would show its place
            worked=self._worked(cell, shapes["x"], place),
        )

    def tells(self, exercise: Exercise) -> bool:
        """Say whether there are enough places where the cell could land."""
        return exercise.tensors["x"].size >= FEWEST_CHOICES

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        _, cell = exercise.given[0]
        right = round(exercise.blank(_BLANK).answer)
        for mistake, place in wrong_places(cell, np.shape(exercise.tensors["x"]), right).items():
            yield Outcome(mistake, exercise.differing({_BLANK: place}))

    def _worked(self, cell: Index, shape: Shape, place: int) -> Text:
        """Return how a place is counted; nothing where the kind has an order of its own."""
        if len(cell) != 3 or place != np.ravel_multi_index(cell, shape):
            return {}
        row, column, channel = cell
        _, columns, channels = shape
        return self.text(
            "worked_maps" if channels > 1 else "worked",
            row=row,
            column=column,
            channel=channel,
            columns=columns,
            channels=channels,
            before=row * columns + column,
            place=place,
        )


def _lays_out(layer: Layer, tensors: Tensors) -> bool:
    shape = layer.output_shape(shapes_of(tensors))
    explained = layer.explain(tensors, (0,) * len(shape))
    terms = [term for step in explained.steps for term in step.terms]
    copied = len(terms) == 1 and terms[0].scale == 1
    return (
        copied
        and [cell.port for cell in terms[0].factors] == ["x"]
        and len(shape) < np.ndim(tensors["x"])
    )


def wrong_places(cell: Index, shape: Shape, right: int) -> Mapping[str, int]:
    """Return the places that each mistake leads to, where it can be made."""
    found = {"flatten_from_one": right + 1}
    for mistake, order in laid_out.orders(shape).items():
        found[mistake] = laid_out.place(cell, shape, order)
    if len(shape) == 3:
        row, column, channel = cell
        height, width, depth = shape
        rarer = {
            "flatten_by_height": (row * height + column) * depth + channel,
            "flatten_sides_swapped": (column * width + row) * depth + channel,
        }
        if "flatten_channels_first" in found:
            rarer["flatten_channels_first_from_one"] = found["flatten_channels_first"] + 1
        if depth > 1:
            rarer["flatten_without_channels"] = row * width + column
            rarer["flatten_rows_only"] = row * height + column
        found |= {mistake: place for mistake, place in rarer.items() if place != right}
    return found
