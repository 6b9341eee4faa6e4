"""The exercises of a worksheet: the same ones for the same skill, count and seed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TypeVar
from zlib import crc32

import numpy as np

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study.exercise import VERSION, NoExercise
from cnn_tutor.study.exercises import Exercise, generate
from cnn_tutor.study.exercises.code import SEEDS
from cnn_tutor.study.practice.mastery.skills import Skill, skills

_T = TypeVar("_T")

MIX = "mix"
"""What stands in the place of a skill for a bit of everything."""

BOARD = "board"
"""What stands in the place of a skill for the exercise over one board."""

PAPERS = ("a4", "letter", "b5", "a3")
"""The sizes of paper by their keys; B5 is that of Japan."""

EXERCISE_LIMIT = 100
"""Exercises on one worksheet."""

_TRIES = 3
"""Seeds that are tried for an exercise that tells mistakes apart and is not there already."""


class NoSuchSkill(Refusal):
    """A skill that is asked for by a key that none has."""


def exercises(skill: str, count: int, seed: int) -> Iterator[Exercise]:
    """Make up the exercises of a worksheet one by one, from easy to hard.

    ``skill`` is the key of one, or :data:`MIX`, for which all take turns. There are fewer than
    ``count`` only where nothing can be asked.

    Raises:
        NoSuchSkill: for an unknown key.
    """
    known = skills()
    if skill != MIX and skill not in known:
        raise NoSuchSkill("no_such_skill", text=skill, known=", ".join([MIX, *known]))
    return _drawn([known[skill]] if skill != MIX else list(known.values()), skill, count, seed)


def _drawn(chosen: Sequence[Skill], key: str, count: int, seed: int) -> Iterator[Exercise]:
    rng = np.random.default_rng((VERSION, crc32(key.encode()), seed))
    taken = itertools.islice(in_turns(chosen, rng), count)
    wanted = [(one.levels[len(one.levels) * n // count], one) for n, one in enumerate(taken)]
    turns: dict[tuple[str, int], Iterator[tuple[str, str]]] = {}
    seen: set[object] = set()
    for level, one in sorted(wanted, key=lambda each: each[0]):
        if (one.key, level) not in turns:
            turns[one.key, level] = in_turns(one.asked_at(level), rng)
        found = _fresh(turns[one.key, level], level, rng, seen)
        if found is not None:
            yield found


def _fresh(
    pairs: Iterator[tuple[str, str]], level: int, rng: np.random.Generator, seen: set[object]
) -> Exercise | None:
    """Return an exercise that tells mistakes apart and is new, as far as one is found soon."""
    found: dict[tuple[bool, bool], Exercise] = {}
    for shape, kind in itertools.islice(pairs, _TRIES):
        with suppress(NoExercise):
            made = generate(shape, kind, level, int(rng.integers(SEEDS)))
            found.setdefault((content(made) not in seen, made.evidence), made)
        if (True, True) in found:
            break
    if not found:
        return None
    best = found[max(found)]
    seen.add(content(best))
    return best


def content(exercise: Exercise) -> object:
    """Return what makes an exercise another one to who works on it."""
    given = {**exercise.tensors, **exercise.shown}
    numbers = tuple((port, tensor.shape, tensor.tobytes()) for port, tensor in given.items())
    asked = tuple((blank.name, blank.answer) for blank in exercise.blanks)
    told = exercise.prompt["en"], repr(exercise.chain)
    return exercise.shape, repr(exercise.layer), *told, numbers, asked


def in_turns(items: Sequence[_T], rng: np.random.Generator) -> Iterator[_T]:
    """Go through things again and again, each time in another order."""
    while items:
        for place in rng.permutation(len(items)):
            yield items[place]
