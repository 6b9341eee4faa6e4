"""How many numbers a layer learns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Pair
from cnn_tutor.study import words
from cnn_tutor.study.exercise import Blank, Exercise, Outcome, Text
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.levers import Wanted
from cnn_tutor.study.exercises.shape import ExerciseShape
from cnn_tutor.study.exercises.shapes._texts import joined, kind_text, number_text
from cnn_tutor.study.mistakes import parameters as mistakes


@dataclass(frozen=True)
class _Range:
    """What one level draws from, both ends included; ``inputs`` where there are no maps."""

    channels: Pair
    filters: Pair
    sizes: Pair
    inputs: Pair
    square: bool = True


_LEVELS = (
    _Range((1, 1), (2, 4), (2, 3), (3, 6)),
    _Range((2, 3), (2, 4), (2, 3), (4, 9)),
    _Range((2, 4), (2, 6), (2, 4), (6, 12)),
    _Range((3, 4), (3, 8), (2, 5), (8, 16)),
    _Range((3, 4), (3, 8), (2, 5), (12, 20), square=False),
    _Range((4, 6), (4, 10), (3, 5), (16, 24), square=False),
)


class ParameterCount(ExerciseShape):
    """How many weights and biases a layer has, from the shapes of its tensors."""

    key: ClassVar[str] = "parameter_count"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether training would change anything in such a layer."""
        return levers.offers(kind, lambda layer, own: layer.parameters(shapes_of(own)) > 0)

    def make(self, kind: type[Layer], level: int, rng: np.random.Generator) -> Exercise | None:
        """Draw how large the weights are."""
        layer, tensors = kind.sample(rng, 0)
        shapes = shapes_of(tensors)
        asked = _LEVELS[level]
        maps = len(shapes["x"]) > 2
        sizes = None
        if layer.windows(shapes):
            rows, columns = (_one(asked.sizes, rng) for _ in range(2))
            sizes = (rows, rows if asked.square else columns)
        wanted = Wanted(
            lengths=(side := int(rng.integers(5, 9)), side) if maps else None,
            channels=_one(asked.channels if maps else asked.inputs, rng),
            sizes=sizes,
            filters=_one(asked.filters, rng),
        )
        found = levers.turned(layer, shapes, wanted)
        if found:
            layer, tensors = found[0], levers.filled(*found, tensors, rng)
        else:
            layer, tensors = kind.sample(rng, level)
        return self.over(layer, tensors, level, rng)

    def over(
        self, layer: Layer, tensors: Mapping[str, Array], level: int, rng: np.random.Generator
    ) -> Exercise | None:
        """Ask for the count of a layer's parameters."""
        shapes = shapes_of(tensors)
        count = layer.parameters(shapes)
        if not count:
            return None
        blank = Blank(mistakes.BLANK, count, label=self.text("label"))
        prompt = self.text("prompt", name=kind_text(layer.kind), ports=self._ports(layer, tensors))
        own = [shapes[port] for port in type(layer).weights if port in shapes]
        total = joined(self.text("plus"), map(number_text, own))
        worked = self.text("worked", sum=total, count=count)
        return Exercise(layer, tensors, prompt, (blank,), self.text("rule"), self, worked=worked)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the counts that mistakes lead to."""
        return mistakes.outcomes(exercise)

    def _ports(self, layer: Layer, tensors: Mapping[str, Array]) -> Text:
        """Return the shapes of the input and the weights, as they are written in the prompt."""
        ports = [port for port in ("x", *type(layer).weights) if port in tensors]
        parts = [
            self.text(
                "port",
                port=words.port_sides(layer.kind, port),
                shape=np.shape(tensors[port]),
            )
            for port in ports
        ]
        return joined(self.text("joint"), parts)


def _one(ends: Pair, rng: np.random.Generator) -> int:
    return int(rng.integers(ends[0], ends[1] + 1))
