"""How many numbers a layer learns."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Tensors, shapes_of
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Pair
from cnn_tutor.study import naming, words
from cnn_tutor.study.exercise import Blank, Exercise, ExerciseShape, Outcome, Text
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.levers import Wanted
from cnn_tutor.study.exercises.shapes._texts import joined, number_text
from cnn_tutor.study.mistakes.case import in_brackets


@dataclass(frozen=True)
class _Range:
    """What one level draws from, both ends included; ``inputs`` where there are no maps.

    Channels and filters are those of each group.
    """

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
    _Range((2, 3), (2, 5), (3, 5), (16, 24), square=False),
)


_BLANK = "parameters"
"""The name of the blank that the count goes into."""


class ParameterCount(ExerciseShape):
    """How many weights and biases a layer has, from the shapes of its tensors."""

    key: ClassVar[str] = "parameter_count"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether training would change anything in such a layer."""
        return levers.offers(kind, lambda layer, own: layer.parameters(shapes_of(own)) > 0)

    def make(self, kind: type[Layer], level: int, rng: Generator) -> Exercise | None:
        layer, tensors = kind.sample(rng, level)
        shapes = shapes_of(tensors)
        groups = _groups(shapes, type(layer).weights)
        asked = _LEVELS[level]
        maps = len(shapes["x"]) > 2
        sizes = None
        if layer.windows(shapes):
            rows, columns = (_one(asked.sizes, rng) for _ in range(2))
            sizes = (rows, rows if asked.square else columns)
        wanted = Wanted(
            lengths=(side := int(rng.integers(5, 9)), side) if maps else None,
            channels=groups * _one(asked.channels if maps else asked.inputs, rng),
            sizes=sizes,
            filters=groups * _one(asked.filters, rng),
        )
        found = levers.turned(layer, shapes, wanted)
        if found:
            layer, tensors = found[0], levers.filled(*found, tensors, rng)
        else:
            layer, tensors = kind.sample(rng, level)
        return self.over(layer, tensors, level, rng)

    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        shapes = shapes_of(tensors)
        count = layer.parameters(shapes)
        if not count:
            return None
        blank = Blank(_BLANK, count, label=self.text("label"))
        prompt = self.text(
            "prompt", name=naming.kind_name(layer.kind), ports=self._ports(layer, tensors)
        )
        own = [shapes[port] for port in type(layer).weights if port in shapes]
        total = joined(self.text("plus"), map(number_text, own))
        worked = self.text("worked", sum=total, count=count)
        return Exercise(layer, tensors, prompt, (blank,), self.text("rule"), self, worked=worked)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        layer, shapes = exercise.layer, shapes_of(exercise.tensors)
        tables = [shapes[p] for p in type(layer).weights if len(shapes.get(p, ())) > 1]
        values: dict[str, object] = {"positions": _places(layer, shapes)}
        for shape in tables[:1]:
            values |= {
                "outputs": shape[-1],
                "inputs": shape[-2],
                "rows": shape[0],
                "columns": shape[1],
            }
        for mistake, counts in wrong_counts(layer, shapes).items():
            for way, terms in enumerate(counts):
                count = total(terms)
                work = in_brackets(f"{written(terms)} = {count}")
                entries = exercise.differing({_BLANK: count})
                yield Outcome(mistake, entries, str(way), values={**values, "work": work})

    def _ports(self, layer: Layer, tensors: Tensors) -> Text:
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


def _groups(shapes: Mapping[str, Shape], trained: Collection[str]) -> int:
    """Return into how many groups of channels the filters are divided."""
    depths = [shapes[port][2] for port in trained if len(shapes.get(port, ())) > 3]
    return shapes["x"][-1] // depths[0] if depths else 1


def _one(ends: Pair, rng: Generator) -> int:
    return int(rng.integers(ends[0], ends[1] + 1))


Terms = tuple[Shape, ...]
"""A count as what is added up: the sides of each table, which are multiplied."""


def total(terms: Terms) -> int:
    """Return what terms come to."""
    return sum(map(math.prod, terms))


def written(terms: Terms) -> str:
    """Write terms as they are worked out: ``3·3·2·4 + 4``."""
    return " + ".join("·".join(map(str, sides)) for sides in terms)


def wrong_counts(layer: Layer, shapes: Mapping[str, Shape]) -> Mapping[str, tuple[Terms, ...]]:
    """Return the counts that each mistake leads to, where it can be made; several for its ways.

    A weight port with one axis holds biases. The last axis of any other is the outputs; of four
    axes the first two are rows and columns and the third is the depth.
    """
    own = [shapes[port] for port in type(layer).weights if port in shapes]
    biases = tuple(shape for shape in own if len(shape) < 2)
    tables = tuple(shape for shape in own if len(shape) > 1)
    if not tables:
        return {}
    right, positions = total(tables + biases), _places(layer, shapes)
    found: dict[str, tuple[Terms, ...]] = {}
    if biases:
        found["parameters_no_bias"] = (tables,)
    if total(biases) > 1:
        found["parameters_one_bias"] = ((*tables, (1,)),)
    deep = tuple((*s[:-2], s[-1]) if len(s) > 3 else s for s in tables)
    if deep != tables and max(s[-2] for s in tables if len(s) > 3) > 1:
        found["parameters_no_input_channels"] = (deep + biases,)
    if max(shape[-1] for shape in tables) > 1:
        filters = tuple(shape[:-1] for shape in tables)
        # Or one output altogether, with its bias.
        one = ((*filters, (1,)),) if biases else ()
        found["parameters_no_filters"] = (filters + biases, *one)
    flat = {tuple((s[side], *s[2:]) if len(s) > 3 else s for s in tables): None for side in (0, 1)}
    if any(len(s) > 3 and s[0] * s[1] > max(s[:2]) for s in tables):
        found["parameters_kernel_not_squared"] = tuple(
            terms + biases for terms in sorted(flat, key=total)
        )
    if positions > 1:
        each = tuple((*sides, positions) for sides in tables)
        both = tuple((*sides, positions) for sides in tables + biases)
        found["parameters_times_positions"] = (both, each + biases) if biases else (each,)
    for mistake, terms in _other_counts(layer, shapes, tables[0], biases):
        if total(terms) != right:
            found[mistake] = (*found.get(mistake, ()), terms)
    return found


def _other_counts(
    layer: Layer, shapes: Mapping[str, Shape], table: Shape, biases: Terms
) -> Iterator[tuple[str, Terms]]:
    """Go through the counts of those who multiply or add other numbers of a table of weights."""
    outputs = table[-1]
    if len(table) < 4:
        inputs = math.prod(table[:-1])
        yield "parameters_inputs_only", ((inputs,),)
        yield "parameters_one_more_each", ((inputs + 1, outputs + 1),)
        if biases:
            yield "parameters_bias_per_input", (table, (inputs,))
        return
    rows, columns, depth = table[:3]
    positions, channels = _places(layer, shapes), shapes["x"][-1]
    if depth > 1:
        yield "parameters_no_channels_no_biases", ((rows, columns, outputs),)
    if outputs > 1:
        yield "parameters_one_filter", ((rows, columns, depth),)
        if depth > 1:
            yield "parameters_window_only", ((rows, columns),)
    if biases and depth > 1:
        yield "parameters_bias_per_slice", (table, (depth, outputs))
        yield "parameters_bias_per_input", (table, (depth,))
    if biases and positions > 1:
        yield "parameters_bias_per_output", (table, (positions, outputs))
    if positions > 1:
        inputs = math.prod(shapes["x"]) + bool(biases)
        yield "parameters_as_if_dense", ((inputs, positions * outputs),)
        yield "parameters_outputs_counted", ((positions, outputs),)
    if channels != depth:
        yield "parameters_groups_ignored", ((rows, columns, channels, outputs), *biases)


def _places(layer: Layer, shapes: Mapping[str, Shape]) -> int:
    """Return at how many places the same weights are used: outputs but for the last axis."""
    return math.prod(layer.output_shape(shapes)[:-1])
