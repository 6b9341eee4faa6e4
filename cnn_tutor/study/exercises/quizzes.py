"""The questions that the lecture decks ask, from ``resources/exercises/quizzes.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from numpy.random import Generator

from cnn_tutor.bundled import bundled
from cnn_tutor.study import words
from cnn_tutor.study.boards.boards import project_of
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.exercise import Exercise, NoExercise, Text
from cnn_tutor.study.exercises.shape import ExerciseShape


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


def quiz(shape: str, kind: str, seed: int) -> Quiz:
    """Return one of the quizzes of a shape and a kind; the seeds go round.

    Raises:
        NoExercise: if there is none.
    """
    of = [quiz for quiz in quizzes().values() if (quiz.shape, quiz.kind) == (shape, kind)]
    if not of or seed < 0:
        raise NoExercise(f"no quiz of {shape} over {kind}")
    return of[seed % len(of)]
