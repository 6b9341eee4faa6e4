"""Makes exercises: the same one for the same shape, kind, level and seed, on every machine."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from zlib import crc32

import numpy as np

from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study.exercise import VERSION, Exercise, NoExercise
from cnn_tutor.study.exercises import shapes as _shapes
from cnn_tutor.study.exercises.quizzes import quiz
from cnn_tutor.study.exercises.shape import ExerciseShape, apart

LEVELS = range(6)
"""How hard exercises can be; harder ones than a kind of layer has are its hardest."""

QUIZ = -1
"""The level of the questions that the lecture decks ask, over the numbers that these give."""

_TRIES = 60
"""Draws of numbers for one level before another one is tried."""

_QUIZ_TRIES = 8
"""Draws of the cell of a quiz, whose numbers stay the same."""


@cache
def shapes() -> Mapping[str, ExerciseShape]:
    """Return every shape of exercise by its key, in the order in which they are learned."""
    found: dict[str, ExerciseShape] = {}
    for module in pkgutil.iter_modules(_shapes.__path__):
        if not module.name.startswith("_"):
            for item in vars(importlib.import_module(f"{_shapes.__name__}.{module.name}")).values():
                if isinstance(item, type) and getattr(item, "key", None) == module.name:
                    found[module.name] = item()
    return MappingProxyType(found)


def kinds(shape: str) -> tuple[str, ...]:
    """Return the kinds of layer that a shape of exercise can be set over."""
    return tuple(tag for tag, kind in layer_kinds().items() if shapes()[shape].fits(kind))


def generate(shape: str, kind: str, level: int, seed: int) -> Exercise:
    """Make the exercise that goes by these four facts; see :class:`Exercise`.

    Numbers are drawn until each main mistake leads to a number of its own; if that takes too
    long, those of the next easier level are drawn, then of harder ones. At the level ``QUIZ`` the
    seed is the number of a question of the decks, for which only the cell is drawn.

    Raises:
        KeyError: for an unknown shape or kind.
        NoExercise: if the shape can't be set over the kind at any level; at the level ``QUIZ`` if
            the decks do not ask it.
        ValueError: if the seed is negative.
    """
    source, layer_kind = shapes()[shape], layer_kinds()[kind]
    if not source.fits(layer_kind):
        raise NoExercise(f"{shape} can't be asked of {kind}")
    # Not Python's hash of the names, which is another one in every process.
    facts = (VERSION, crc32(shape.encode()), crc32(kind.encode()), max(level, 0), seed)
    rng = np.random.default_rng(facts)
    asked = quiz(shape, kind, seed) if level == QUIZ else None
    last = None
    for drawn in _levels(level) if asked is None else (QUIZ,):
        for _ in range(_TRIES if asked is None else _QUIZ_TRIES):
            if asked is None:
                draft = source.make(layer_kind, drawn, rng)
            else:
                draft = asked.draft(source, rng)
            if draft is not None:
                last = replace(draft, kind=kind, level=level, seed=seed)
                if apart(last):
                    return last if source.tells(last) else replace(last, evidence=False)
    if last is None:
        raise NoExercise(f"{shape} can't be asked of {kind}")
    return replace(last, evidence=False)


def _levels(wanted: int) -> Iterator[int]:
    wanted = max(LEVELS.start, min(wanted, LEVELS.stop - 1))
    yield wanted
    yield from reversed(range(wanted))
    yield from range(wanted + 1, LEVELS.stop)
