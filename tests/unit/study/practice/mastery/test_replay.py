"""Those called masters have learned it, and those who have learned it are called masters soon.

A plain run follows some hundreds of learners, CNN_TUTOR_LONG=1 many thousands; the table is
``python -m tests.benchmarks.mastery``.
"""

from __future__ import annotations

import os
import random

import pytest

from tests.unit.study.practice.simulation import ANY, RULES, SEPARATING, course, courses, outcome

LEARNERS = 40000 if "CNN_TUTOR_LONG" in os.environ else 800
FULL = "and one on another day"


@pytest.mark.parametrize("seed", range(3 if "CNN_TUTOR_LONG" in os.environ else 1))
def test_of_those_called_masters_at_most_one_in_a_hundred_has_not_learned(seed: int) -> None:
    found = outcome(list(courses(LEARNERS, SEPARATING, RULES[FULL], seed)))
    assert found.wrong <= 0.01
    assert found.reached >= 0.98
    assert found.half <= 10
    assert found.most <= 20


def test_each_part_of_the_rule_is_needed() -> None:
    wrong = [outcome(list(courses(LEARNERS, ANY, rule, 1))).wrong for rule in RULES.values()]
    assert wrong[0] > 1.2 * wrong[1] > 2 * wrong[2]


def test_who_never_learns_is_hardly_ever_called_a_master() -> None:
    rng = random.Random(3)
    called = [course(rng, SEPARATING, RULES[FULL], 0.0).called for _ in range(LEARNERS)]
    assert sum(one is not None for one in called) <= LEARNERS / 200
