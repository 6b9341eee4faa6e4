"""Makes exercises: the same one for the same shape, kind, level and seed, on every machine."""

from __future__ import annotations

import importlib
import pkgutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any
from zlib import crc32

import numpy as np
from numpy.random import Generator

from cnn_tutor.bundled import bundled
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study import words
from cnn_tutor.study.boards.boards import project_of
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.exercise import VERSION, Exercise, ExerciseShape, NoExercise, Text
from cnn_tutor.study.exercises import shapes as _shapes
from cnn_tutor.study.exercises.evidence import apart

LEVELS = range(6)
"""How hard exercises can be; harder ones than a kind of layer has are its hardest."""

QUIZ = -1
"""The level of the questions that the lecture decks ask, over the numbers that these give."""

_TRIES = 60
"""Draws of numbers for one level before another one is tried."""

_UNTELLING = 1 / 3
"""How often a draw is taken in which a mistake that the exercise is about could not show."""

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
    asked = _quiz(shape, kind, seed) if level == QUIZ else None
    last = None
    for drawn in _levels(level) if asked is None else (QUIZ,):
        for _ in range(_TRIES if asked is None else _QUIZ_TRIES):
            if asked is None:
                draft = source.make(layer_kind, drawn, rng)
            else:
                draft = asked.draft(source, rng)
            if draft is not None:
                last = replace(draft, kind=kind, level=level, seed=seed)
                tells = source.tells(last)
                if apart(last) and (tells or asked is not None or rng.random() < _UNTELLING):
                    return _known(replace(last, evidence=tells))
    if last is None:
        raise NoExercise(f"{shape} can't be asked of {kind}")
    return _known(replace(last, evidence=False))


def _known(exercise: Exercise) -> Exercise:
    """Return an exercise with what mistakes lead to worked out, so that it is graded at once."""
    _ = exercise.outcomes, exercise.slips
    return exercise


def _levels(wanted: int) -> Iterator[int]:
    wanted = max(LEVELS.start, min(wanted, LEVELS.stop - 1))
    yield wanted
    yield from reversed(range(wanted))
    yield from range(wanted + 1, LEVELS.stop)


# --- the questions of the lecture decks -----------------------------------------------------------


@dataclass(frozen=True)
class Quiz:
    """One question over given numbers: what is asked (``shape``) of which ``kind`` of layer.

    ``seed`` is its place among the questions of the same shape and kind: that with which
    ``generate`` makes it.
    """

    key: str
    shape: str
    kind: str
    seed: int
    title: Text
    content: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The title in the language that is on."""
        return words.pick(self.title)

    def draft(self, source: ExerciseShape, rng: Generator) -> Exercise | None:
        """Set its question over its numbers; ``rng`` picks the cell that is asked for."""
        project = project_of(self.content, self.key, lambda key: presets()[key].project())
        (node,) = project.network.nodes
        return source.over(node.layer, {**node.tensors, "x": project.x}, 0, rng)


@cache
def quizzes() -> Mapping[str, Quiz]:
    """Return every quiz by its key, in the order of the decks."""
    entries = tomllib.loads(bundled("exercises", "quizzes.toml").read_text("utf-8"))
    found: dict[str, Quiz] = {}
    for key, entry in entries.items():
        shape, kind = entry["shape"], entry["kind"]
        seed = sum((other.shape, other.kind) == (shape, kind) for other in found.values())
        found[key] = Quiz(key, shape, kind, seed, entry["title"], entry)
    return MappingProxyType(found)


def _quiz(shape: str, kind: str, seed: int) -> Quiz:
    """Return one of the quizzes of a shape and a kind; the seeds go round.

    Raises:
        NoExercise: if there is none.
    """
    of = [quiz for quiz in quizzes().values() if (quiz.shape, quiz.kind) == (shape, kind)]
    if not of or seed < 0:
        raise NoExercise(f"no quiz of {shape} over {kind}")
    return of[seed % len(of)]
