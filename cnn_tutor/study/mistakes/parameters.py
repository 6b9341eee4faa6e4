"""Mistakes in counting the numbers that a layer learns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from cnn_tutor.engine.arrays import shapes_of
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study.exercise import Exercise, Outcome
from cnn_tutor.study.mistakes.differing import differing

BLANK = "parameters"
"""The name of the blank that the count goes into."""


def wrong(layer: Layer, shapes: Mapping[str, Shape]) -> Mapping[str, tuple[int, ...]]:
    """Return the counts that each mistake leads to, where it can be made; several for its ways.

    A weight port with one axis holds biases. The last axis of any other is the outputs; of four
    axes the first two are rows and columns and the third is the depth.
    """
    own = [shapes[port] for port in type(layer).weights if port in shapes]
    biases = sum(math.prod(shape) for shape in own if len(shape) < 2)
    tables = [shape for shape in own if len(shape) > 1]
    if not tables:
        return {}
    weights = _count(tables)
    filters = [shape[:-1] for shape in tables]
    found: dict[str, tuple[int, ...]] = {}
    if biases:
        found["parameters_no_bias"] = (weights,)
    if biases > 1:
        found["parameters_one_bias"] = (weights + 1,)
    deep = [(*shape[:-2], shape[-1]) if len(shape) > 3 else shape for shape in tables]
    if deep != tables and max(shape[-2] for shape in tables if len(shape) > 3) > 1:
        found["parameters_no_input_channels"] = (_count(deep) + biases,)
    if max(shape[-1] for shape in tables) > 1:
        counts = [_count(filters) + biases]
        if biases:  # or one output altogether, with its bias
            counts.append(_count(filters) + 1)
        found["parameters_no_filters"] = tuple(counts)
    flat = {
        _count([(shape[side], *shape[2:]) if len(shape) > 3 else shape for shape in tables])
        for side in (0, 1)
    }
    if any(len(shape) > 3 and shape[0] * shape[1] > max(shape[:2]) for shape in tables):
        found["parameters_kernel_not_squared"] = tuple(n + biases for n in sorted(flat))
    positions = places(layer, shapes)
    if positions > 1:
        several = {(weights + biases) * positions, weights * positions + biases}
        found["parameters_times_positions"] = tuple(sorted(several, reverse=True))
    return found


def places(layer: Layer, shapes: Mapping[str, Shape]) -> int:
    """Return at how many places the same weights are used: outputs but for the last axis."""
    return math.prod(layer.output_shape(shapes)[:-1])


def outcomes(exercise: Exercise) -> Iterator[Outcome]:
    """Go through the counts that mistakes lead to."""
    layer, shapes = exercise.layer, shapes_of(exercise.tensors)
    tables = [shapes[p] for p in type(layer).weights if len(shapes.get(p, ())) > 1]
    values: dict[str, object] = {"positions": places(layer, shapes)}
    for shape in tables[:1]:
        values |= {"outputs": shape[-1], "inputs": shape[-2], "rows": shape[0], "columns": shape[1]}
    for mistake, counts in wrong(layer, shapes).items():
        for count in counts:
            yield Outcome(mistake, differing(exercise, {BLANK: count}), values=values)


def _count(shapes: list[Shape]) -> int:
    return sum(math.prod(shape) for shape in shapes)
