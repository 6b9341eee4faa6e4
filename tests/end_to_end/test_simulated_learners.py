"""Learners who always make one mistake have it named, and others do not.

A plain run lets some hundred learners work; with ``CNN_TUTOR_LONG=1`` it is many thousands, over
more items.
"""

from __future__ import annotations

import os
from functools import cache

import pytest

from cnn_tutor.study.mistakes.catalogue import catalogue
from tests.helpers.simulated import EVERY, Course, Tally, only_slips, simulate

LONG = "CNN_TUTOR_LONG" in os.environ
RUNS, ITEMS = (400, 180) if LONG else (25, 24)

COURSES = (
    Course("one_output_cell", "conv2d", EVERY, ITEMS),
    Course("one_output_cell", "max_pooling2d", EVERY if LONG else (0, 1, 2), ITEMS),
    Course("one_output_cell", "average_pooling2d", EVERY if LONG else (0, 1, 2), ITEMS),
    Course("one_output_cell", "dense", EVERY[1:], ITEMS),
    Course("one_output_cell", "dropout", EVERY, ITEMS),
    Course("whole_output", "conv2d", (1, 2, 3), ITEMS // 2),
)

courses = pytest.mark.parametrize("course", COURSES, ids=lambda c: f"{c.shape}-{c.kind}")

LEAST = {1: 0.86, 2: 0.99, 3: 0.995}
"""The shares that learners with items which keep mistakes apart are known to reach."""

LEAST_OF_A_KIND = {1: 0.86, 2: 0.96, 3: 0.97}
"""Those of each kind alone: in small outputs a window next to the right one has other names."""


def told(course: Course) -> tuple[str, ...]:
    """The mistakes that are to be told apart: not those that are slips or rare."""
    return tuple(mistake for mistake in course.mistakes() if catalogue()[mistake].main)


@cache
def together(course: Course, slips: float) -> Tally:
    tally = Tally()
    for mistake in told(course):
        tally.add(simulate(course, mistake, RUNS, slips))
    return tally


@pytest.mark.parametrize("slips", [0.0, 0.05])
@courses
def test_a_learner_with_one_mistake_is_told_which(course: Course, slips: float) -> None:
    tally = together(course, slips)
    assert tally.runs[1] >= RUNS * 4
    for wrong, least in LEAST_OF_A_KIND.items():
        assert tally.share(wrong) >= least, (wrong, tally.named, tally.confused)


@pytest.mark.parametrize("slips", [0.0, 0.05])
def test_nearly_all_learners_with_one_mistake_are_told_which(slips: float) -> None:
    tally = Tally()
    for course in COURSES:
        tally.add(together(course, slips))
    for wrong, least in LEAST.items():
        assert tally.share(wrong) >= least, (wrong, tally.named, tally.confused)


@courses
def test_hardly_ever_is_a_wrong_mistake_told_as_certain(course: Course) -> None:
    tally = together(course, 0.0)
    assert tally.falsely_certain <= 0.01 * sum(tally.runs.values())
    assert tally.certain[3] >= 0.9 * tally.runs[3]


@courses
def test_a_learner_who_slips_now_and_then_is_hardly_ever_told_of_a_habit(course: Course) -> None:
    """Some slips lead to the number of a mistake; hardly ever of the same mistake again."""
    answers, wrong, _, certain = only_slips(course, runs=20)
    assert wrong >= 0.15 * answers
    assert certain <= 0.02 * answers
