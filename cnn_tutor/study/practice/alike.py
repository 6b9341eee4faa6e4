"""Which exercises ask the same: those of one shape and kind with the same numbers."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from cnn_tutor.engine.arrays import shapes_of
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.generator import generate

_MANY = 30
"""Numbers on a board from which on two draws are never the same."""

_DRAWS = 4
"""Exercises over a network that are looked at to see which kinds of layer are in it."""


def asks(exercise: Exercise) -> tuple[object, ...]:
    """Return what is the same for exercises that ask the same, whatever their seeds.

    Those that are nearly the same count as well: of output sizes no other numbers matter.
    """
    answers = tuple((blank.name, blank.answer) for blank in exercise.blanks)
    shapes = tuple(sorted(shapes_of(exercise.tensors).items()))
    facts = exercise.shape, exercise.kind, exercise.prompt["en"], exercise.at
    return (*facts, repr(exercise.layer), repr(exercise.chain), shapes, answers)


@lru_cache(maxsize=512)
def may_repeat(shape: str, kind: str, level: int) -> bool:
    """Say whether two exercises may ask the same: not where many numbers on the board are drawn."""
    blanks = generate(shape, kind, 0, 0).blanks
    if any(blank.mark or not blank.port for blank in blanks):
        return True
    _, tensors = layer_kinds()[kind].sample(np.random.default_rng(0), level)
    return sum(tensor.size for tensor in tensors.values()) < _MANY


@lru_cache(maxsize=512)
def kinds_in(shape: str, kind: str, level: int) -> frozenset[str]:
    """Return the kinds of layer that exercises of a shape over a kind are usually about."""
    if generate(shape, kind, 0, 0).network is None:
        return frozenset((kind,))
    return frozenset().union(*(kinds_of(generate(shape, kind, level, n)) for n in range(_DRAWS)))


def kinds_of(exercise: Exercise) -> set[str]:
    """Return the kinds of layer that an exercise is about."""
    network = exercise.network
    return {node.layer.kind for node in network.nodes} if network else {exercise.kind}
