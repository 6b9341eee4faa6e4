"""Finds numbers with which an exercise tells mistakes apart, changing one at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

import numpy as np

from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.region import has
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.apart import clashes
from cnn_tutor.study.mistakes.pooling import folded

_CHANGES = 70
"""So many numbers are tried before the whole exercise is drawn anew."""

_SHARED = 10
"""So many of them come from one draw."""

_ALL = 1000
"""More clashes than any exercise has."""


def drawn(
    kind: type[Layer], level: int, rng: np.random.Generator
) -> tuple[Layer, dict[str, Array]]:
    """Make up a layer and its numbers, from a range in which mistakes can be told apart.

    Where windows hold their largest number, no number stands in a map twice.
    """
    layer, tensors = kind.sample(rng, level)
    return layer, (
        {**tensors, "x": _distinct(tensors["x"], rng)} if _largest(layer, tensors) else tensors
    )


def improved(
    draft: Exercise,
    again: Callable[[Exercise, Mapping[str, Array]], Exercise | None],
    kind: type[Layer],
    level: int,
    rng: np.random.Generator,
) -> Exercise:
    """Return an exercise with some numbers of a draft changed, so that fewer mistakes clash.

    ``again`` sets a draft over other numbers. What is put in a number's place is one that the
    kind draws for it, so that the exercise stays as hard; a weight may be larger by 1. Where no
    number stands in a map twice, two change places.
    """
    left = clashes(draft, _ALL)
    cells = _near(draft) if left else []
    swaps = _largest(draft.layer, draft.tensors)
    for n in range(_CHANGES):
        if not left:
            break
        if n % _SHARED == 0:
            _, others = drawn(kind, level, rng)
        port, at = cells[rng.integers(len(cells))]
        if port not in others or others[port].shape != draft.tensors[port].shape:
            continue
        tensor = draft.tensors[port].copy()
        if swaps:
            beside, there = cells[rng.integers(len(cells))]
            if beside != port:
                continue
            tensor[at], tensor[there] = tensor[there], tensor[at]
        else:
            more = rng.integers(-1, 2) if port in kind.weights and tensor.ndim > 1 else 0
            tensor[at] = others[port][at] + more
        if tensor[at] == draft.tensors[port][at]:
            continue
        other = again(draft, {**draft.tensors, port: tensor})
        if other is not None and (count := clashes(other, left)) <= left:
            draft, left = other, count
    return draft


def _near(draft: Exercise) -> list[tuple[str, Index]]:
    """Return the numbers that matter to an exercise, by port: those of its cell and those beside.

    They are all numbers where it is about no single cell.
    """
    layer, tensors = draft.layer, draft.tensors
    if not draft.at:
        return [(port, at) for port, tensor in tensors.items() for at in np.ndindex(tensor.shape)]
    shape = layer.output_shape(shapes_of(tensors))
    beside = [draft.at]
    if layer.windows(shapes_of(tensors)):
        *lead, i, j, c = draft.at
        beside = [
            (*lead, i + down, j + across, c) for down, across in product((-1, 0, 1), repeat=2)
        ]
    found = {
        (cell.port, cell.index): None
        for at in beside
        if has(at, shape)
        for port in tensors
        for cell in layer.explain(tensors, at).cells(port)
        if has(cell.index, tensors[port].shape)
    }
    return list(found)


def _largest(layer: Layer, tensors: Mapping[str, Array]) -> bool:
    """Say whether the outputs are the largest numbers of windows."""
    shapes = shapes_of(tensors)
    if not layer.windows(shapes):
        return False
    first = (0,) * len(layer.output_shape(shapes))
    return folded(layer.explain(tensors, first)) == "max"


def _distinct(x: Array, rng: np.random.Generator) -> Array:
    """Return whole numbers for every map, none of them twice, as small as that allows."""
    cells = x.shape[-3] * x.shape[-2]
    count = cells + cells // 4 + 1
    numbers = np.arange(count) - (count // 2 if (x < 0).any() else 0)
    found = np.empty(x.shape)
    for lead in np.ndindex(x.shape[:-3]):
        for channel in range(x.shape[-1]):
            lot = rng.choice(numbers, cells, replace=False)
            found[(*lead, slice(None), slice(None), channel)] = lot.reshape(x.shape[-3:-1])
    return found
