"""Learners with a habit are told which; who has none is hardly ever told of one for certain.

A plain run lets some learners of each kind work; with ``CNN_TUTOR_LONG=1`` it is as many as the
benchmark has, and many more than these who are wrong by chance.
"""

from __future__ import annotations

import os
from functools import cache

import pytest

from tests.benchmarks.diagnosis import COURSES, LEARNERS, RUNS
from tests.helpers.simulated import UNSYSTEMATIC, Course, Tally, systematic, unsystematic

LONG = "CNN_TUTOR_LONG" in os.environ

SHORT = (
    Course("one_output_cell", "conv2d", 8),
    Course("one_output_cell", "average_pooling2d", 8),
    Course("whole_output", "dense", 10),
    Course("output_size", "conv2d", 20),
    Course("parameter_count", "conv2d", 20),
)

courses = COURSES if LONG else SHORT
runs, learners = (RUNS, 10 * LEARNERS) if LONG else (3, 30)


@cache
def with_a_habit() -> Tally:
    tally = Tally()
    for course in courses:
        tally.add(systematic(course, runs))
    return tally


def test_a_habit_is_named_and_soon_certain() -> None:
    tally = with_a_habit()
    assert tally.runs[3] > 150
    for wrong, least in {1: 0.97, 2: 0.995, 3: 1.0}.items():
        assert tally.share(tally.named, wrong) >= least, (wrong, tally.confused)
    assert tally.share(tally.certain, 1) == 0
    assert tally.share(tally.certain, 3) >= 0.93


def test_no_other_habit_is_ever_certain() -> None:
    tally = with_a_habit()
    assert tally.others <= 0.0002 * tally.answers


def test_slips_beside_a_habit_hide_it_now_and_then() -> None:
    tally = Tally()
    for course in courses:
        tally.add(systematic(course, runs, slips=0.05))
    assert tally.share(tally.named, 3) >= 0.85
    assert tally.others <= 0.002 * tally.answers


@pytest.mark.parametrize("kind", UNSYSTEMATIC)
def test_who_has_no_habit_is_told_of_none(kind: str) -> None:
    tally = Tally()
    for course in courses:
        tally.add(unsystematic(course, kind, learners // len(courses)))
    assert tally.answers >= 5 * tally.learners
    assert tally.sure_answers <= 0.002 * tally.answers
    assert tally.sure_learners <= max(1, 0.01 * tally.learners)
