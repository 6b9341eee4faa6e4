"""The questions of an exam: the same ones for the same seed."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from zlib import crc32

import msgspec
import numpy as np

from cnn_tutor.study import numbers
from cnn_tutor.study.exam import EXAM
from cnn_tutor.study.exercise import VERSION, Exercise, NoExercise
from cnn_tutor.study.exercises.code import SEEDS, decode, encode
from cnn_tutor.study.exercises.generator import generate
from cnn_tutor.study.mistakes.catalogue import catalogue
from cnn_tutor.study.practice.mastery.skills import Skill, skills
from cnn_tutor.study.practice.mastery.standing import ALL
from cnn_tutor.study.practice.plan import Item
from cnn_tutor.study.practice.worksheet import content, in_turns

CHOICES = 4
"""Numbers to choose from: the right one among those that mistakes lead to."""

_DECIMALS = 2
"""As many as are asked for where a number has to be rounded."""

_TRIES, _CHOOSY = 40, 6
"""Exercises that are made up for a question until one counts, and until one is as wished."""

_ROUNDS = 4
"""Skills that are tried for a question, as some can't be asked for one that counts."""


class Question(msgspec.Struct, frozen=True, dict=True):
    """One question: the exercise of a ``code``, which trains a ``skill``.

    With ``choices`` its only blank is to be chosen from them; without any, numbers are written.
    """

    skill: str
    code: str
    choices: tuple[float, ...] = ()

    @property
    def item(self) -> Item:
        """The question as practice records it: all is asked, among other skills."""
        return Item(self.skill, *decode(self.code), ALL, mixed=True)

    @cached_property
    def exercise(self) -> Exercise:
        """The exercise, always the same one.

        Raises:
            CodeError: if it is one of another version.
            NoExercise: if there is no such exercise any more.
        """
        return generate(*decode(self.code))

    @property
    def sound(self) -> bool:
        """Whether its skill is known, and one of its choices is right, if it has any.

        Raises as :attr:`exercise` does.
        """
        blank, *more = self.exercise.blanks
        right = [number for number in self.choices if numbers.agree(number, blank.answer)]
        chosen = len(right) == 1 and not more if self.choices else True
        return self.skill in skills() and chosen


def questions(seed: int, count: int) -> tuple[Question, ...]:
    """Draw the questions of an exam.

    Skills come as often as each other, as far as ``count`` allows, and no kind of layer twice
    in a row if it can be avoided. No two are alike, and each counts: it keeps the main mistakes
    apart. About half are to be chosen.
    """
    rng = np.random.default_rng((VERSION, crc32(EXAM.encode()), seed))
    seen: set[object] = set()
    found: list[Question] = []
    chosen = 0
    for skill in itertools.islice(in_turns(list(skills().values()), rng), _ROUNDS * count):
        if len(found) == count:
            break
        choose = 2 * chosen <= len(found)
        exercise = _drawn(skill, rng, seen, choose)
        if exercise is not None:
            choices = _choices(exercise, rng) if choose else ()
            chosen += bool(choices)
            seen |= {content(exercise), (skill.key, exercise.shape, exercise.kind)}
            found.append(Question(skill.key, encode(exercise), choices))
    return tuple(_interleaved(found))


def _drawn(
    skill: Skill, rng: np.random.Generator, seen: set[object], choose: bool
) -> Exercise | None:
    """Return a new exercise that counts, if one is found; the more it is as wished the better."""
    best, faults = None, 4
    for tries in range(_TRIES):
        if faults == 0 or (best is not None and tries >= _CHOOSY):
            break
        level = int(rng.choice(skill.levels))
        pairs = skill.asked_at(level)
        shape, kind = pairs[rng.integers(len(pairs))]
        with suppress(NoExercise):
            made = generate(shape, kind, level, int(rng.integers(SEEDS)))
            wrong = 2 * (choose and not _wrong_choices(made)) + ((skill.key, shape, kind) in seen)
            if made.evidence and content(made) not in seen and wrong < faults:
                best, faults = made, wrong
    return best


def _interleaved(drawn: Sequence[Question]) -> Iterator[Question]:
    """Put no kind of layer twice in a row, as far as there are others."""
    left, last = list(drawn), ""
    while left:
        count = Counter(question.exercise.kind for question in left)
        order = sorted(left, key=lambda one: -count[one.exercise.kind])  # equal ones as drawn
        found = next((one for one in order if one.exercise.kind != last), order[0])
        left.remove(found)
        last = found.exercise.kind
        yield found


def _choices(exercise: Exercise, rng: np.random.Generator) -> tuple[float, ...]:
    """Return the numbers to choose from, none where mistakes don't lead to enough of them."""
    wrong = _wrong_choices(exercise)
    if not wrong:
        return ()
    answer = round(exercise.blanks[0].answer, _DECIMALS)
    return tuple(map(float, rng.permutation([answer, *wrong])))


def _wrong_choices(exercise: Exercise) -> Sequence[float]:
    """Return the wrong numbers of a choice, those of main mistakes if possible, or none."""
    blank, *more = exercise.blanks
    if more or blank.mark:
        return ()
    known = catalogue()
    found: list[float] = []
    for outcome in sorted(exercise.outcomes, key=lambda one: not known[one.mistake].main):
        number = round(outcome.entries.get(blank.name, blank.answer), _DECIMALS)
        others = (blank.answer, *found)
        if not any(_alike(number, other) for other in others) and not exercise.accepts(
            {blank.name: number}
        ):
            found.append(number)
        if len(found) == CHOICES - 1:
            return found
    return ()


def _alike(one: float, other: float) -> bool:
    """Say whether two numbers are the same to a learner who rounds."""
    same = round(one, _DECIMALS) == round(other, _DECIMALS)
    return same or numbers.agree(one, other) or numbers.agree(other, one)
