"""Learners who always make the same mistake, and how soon it is named."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises import generate
from cnn_tutor.study.grading.grading import Grade, grade
from cnn_tutor.study.mistakes.catalogue import catalogue

Numbers = Mapping[str, float]


@dataclass(frozen=True)
class Course:
    """Items of one shape over one kind of layer at some levels, which learners work through."""

    shape: str
    kind: str
    levels: tuple[int, ...]
    items: int

    @cache  # noqa: B019  # there are few, for as long as tests run
    def exercises(self) -> tuple[Exercise, ...]:
        """Return the items, the same ones each time."""
        made = (
            generate(self.shape, self.kind, level, seed)
            for level in self.levels
            for seed in range(-(-self.items // len(self.levels)))
        )
        return tuple(item for item in made if item.evidence)

    def mistakes(self) -> tuple[str, ...]:
        """Return the mistakes that can be made in any of them."""
        found = {o.mistake: None for item in self.exercises() for o in item.outcomes}
        return tuple(found)


@cache
def wrong_answers(mistake: str, item: Exercise) -> tuple[Numbers, ...]:
    """Return what stands in the blanks after each way of making a mistake throughout.

    A way that leads to nothing but right numbers is none.
    """
    right = {blank.name: blank.answer for blank in item.blanks}
    outcomes = (*item.outcomes, *item.slips)
    found = [{**right, **o.entries} for o in outcomes if o.mistake == mistake]
    return tuple(
        answer
        for answer in found
        if not all(numbers.agree(answer[name], right[name]) for name in right)
    )


@dataclass
class Learner:
    """Answers items with the number of one mistake, or rightly where it can't be made.

    ``slips`` is how often a slip is made: a term left out, a sign lost, or a number a little off.
    """

    mistake: str
    rng: random.Random
    slips: float = 0.0

    def answer(self, item: Exercise) -> tuple[Numbers, bool]:
        """Return what is filled in, and whether the mistake shows in it as it is."""
        ways = wrong_answers(self.mistake, item)
        right = {blank.name: blank.answer for blank in item.blanks}
        answer = dict(self.rng.choice(ways) if ways else right)
        if self.rng.random() < self.slips:
            if item.slips and self.rng.random() < 0.5:
                return {**answer, **self.rng.choice(item.slips).entries}, False
            answer[self.rng.choice(list(answer))] += self.rng.choice((-10, -3, -2, -1, 1, 2, 3, 10))
            return answer, False
        return answer, bool(ways)


def written(answer: Numbers) -> dict[str, str]:
    """Return numbers as a learner writes them: fractions with two decimals."""
    return {
        name: numbers.show(value) if float(value).is_integer() else f"{value:.2f}"
        for name, value in answer.items()
    }


@dataclass
class Tally:
    """How often the mistake was the first that was named, by how many wrong answers there were."""

    named: Counter[int] = field(default_factory=Counter)
    runs: Counter[int] = field(default_factory=Counter)
    certain: Counter[int] = field(default_factory=Counter)
    confused: Counter[str] = field(default_factory=Counter)
    falsely_certain: int = 0
    times: list[float] = field(default_factory=list)

    def count(self, wrong: int, mistake: str, result: Grade) -> None:
        """Count one wrong answer of a learner with that mistake."""
        first = result.mistakes[0] if result.mistakes else None
        self.runs[wrong] += 1
        if first and first.id == mistake:
            self.named[wrong] += 1
            self.certain[wrong] += first.certain
        else:
            self.confused[first.id if first else "-"] += 1
        self.falsely_certain += any(m.certain and m.id != mistake for m in result.mistakes)

    def share(self, wrong: int) -> float:
        """Return the share of the runs in which it was named after so many wrong answers."""
        return self.named[wrong] / self.runs[wrong] if self.runs[wrong] else 1.0

    def add(self, other: Tally) -> None:
        """Count what another one has counted too."""
        self.named += other.named
        self.runs += other.runs
        self.certain += other.certain
        self.confused += other.confused
        self.falsely_certain += other.falsely_certain
        self.times += other.times


WRONG = (1, 2, 3)
EVERY = (0, 1, 2, 3, 4, 5)
"""All levels."""


def simulate(course: Course, mistake: str, runs: int, slips: float = 0.0, seed: int = 0) -> Tally:
    """Let learners with one mistake work through items until three answers are wrong.

    After each wrong answer in which the mistake shows it is counted whether it is named. Nothing
    is counted where it can be made in none of the items.
    """
    rng = random.Random(f"{course.shape} {course.kind} {mistake} {seed}")
    tally, items = Tally(), course.exercises()
    if not any(wrong_answers(mistake, item) for item in items):
        return tally
    for _ in range(runs):
        learner, shown = Learner(mistake, rng, slips), 0
        history: list[Grade] = []
        for item in rng.sample(items, len(items)):
            answer, shows = learner.answer(item)
            entries = written(answer)
            start = time.perf_counter()
            result = grade(item, entries, history)
            tally.times.append(time.perf_counter() - start)
            if result.right:
                if result.mistakes:
                    raise AssertionError("a right answer was said to be a mistake")
                continue
            history.append(result)
            if shows:
                shown += 1
                tally.count(shown, mistake, result)
            if shown == WRONG[-1]:
                break
    return tally


def only_slips(course: Course, runs: int, slips: float = 0.2) -> tuple[int, int, int, int]:
    """Let learners without a mistake work through all items, who slip now and then.

    Returns how many answers there were, how many of them wrong, and for how many of these a
    mistake that is no slip was named, and was named as certain.
    """
    answers, wrong, named, certain = 0, 0, 0, 0
    for seed in range(runs):
        learner = Learner("", random.Random(seed), slips)
        history: list[Grade] = []
        for item in course.exercises():
            result = grade(item, written(learner.answer(item)[0]), history)
            history.append(result)
            answers += 1
            wrong += not result.right
            named += any(not catalogue()[mistake.id].slip for mistake in result.mistakes)
            certain += any(mistake.certain for mistake in result.mistakes)
    return answers, wrong, named, certain
