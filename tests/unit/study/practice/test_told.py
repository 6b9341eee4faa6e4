"""What a learner is told of their practice: today, the days before, the usual mistakes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from cnn_tutor.study.grading.grading import Diagnosis, grade
from cnn_tutor.study.practice.practice import DAYS, Day, Practice, Today
from cnn_tutor.study.practice.record.store import Store
from tests.unit.study.practice.given import DAY, START, Clock, answer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Store:
    return Store.open(":memory:", clock)


@pytest.fixture
def practice(store: Store, clock: Clock) -> Practice:
    return Practice(store, store.add_learner("花子"), clock)


def test_today_counts_first_answers_and_days_of_the_last_two_weeks(
    practice: Practice, store: Store, clock: Clock
) -> None:
    assert practice.today() == Today(0, 0, 0, 0)
    for days in (0, 3, 5, 14, 15, 30, -2):
        store.record(answer(when=START - days * DAY, right=4, of=9, seconds=10))
    assert practice.today() == Today(4, 9, 0, 3)
    store.record(answer(when=START, right=9, of=9, first=False, seconds=5))
    store.record(answer(when=START, right=1, of=1, seconds=5))
    assert practice.today() == Today(5, 10, 0, 3)
    assert DAYS == 14
    assert practice.days()[-2] == Day(START.date(), 5, 10, 20)
    assert [day.date for day in practice.days()] == sorted(day.date for day in practice.days())
    clock.on(2 * DAY)
    assert practice.today() == Today(4, 9, 0, 4)


def test_a_solution_that_was_looked_at_is_no_day_of_practice(
    practice: Practice, store: Store
) -> None:
    """Else a new learner reads that there are no answers yet, and of a day with practice."""
    store.record(answer(when=START, right=1, of=1, shown=True))
    assert practice.today() == Today(0, 0, 0, 0)


def test_a_missed_day_takes_nothing_but_itself_away(
    practice: Practice, store: Store, clock: Clock
) -> None:
    for days in range(5):
        store.record(answer(when=START + days * DAY))
    clock.time = START + 9 * DAY
    assert practice.today().days == 5


def test_midnight_is_where_the_learner_is(practice: Practice, store: Store) -> None:
    store.record(answer(when=START.replace(hour=0, minute=5)))
    store.record(answer(when=START.replace(hour=23, minute=55)))
    assert len(practice.days()) == 1
    west = timezone(timedelta(hours=-8))
    abroad = Practice(store, practice.learner, lambda: START.astimezone(west))
    assert len(abroad.days()) == 2


def test_mistakes_are_counted_by_what_was_likeliest(practice: Practice, store: Store) -> None:
    given = [("b", "a"), ("a",), (), ("b",), ("c", "b"), ("b",)]
    for n, mistakes in enumerate(given):
        store.record(answer(code=f"exercise {n}", right=not mistakes, mistakes=mistakes))
    assert practice.usual_mistakes() == (("b", 3), ("a", 1), ("c", 1))
    assert practice.usual_mistakes(1) == (("b", 3),)
    assert practice.history() == tuple(mistakes for mistakes in given if mistakes)


def test_the_history_is_what_grading_takes(practice: Practice, store: Store) -> None:
    store.record(answer(right=False, mistakes=("flipped_kernel",)))
    item = practice.round("products")[2]
    exercise = item.exercise()
    assert grade(exercise, {b.name: "1234" for b in exercise.blanks}, practice.history())
    for n in range(300):
        store.record(answer(code=f"exercise {n}", right=False, mistakes=("mean_taken",)))
    assert set(practice.history()) == {("mean_taken",)}


def test_two_answers_to_one_exercise_are_one_sign_of_a_mistake(
    practice: Practice, store: Store
) -> None:
    item = practice.round("products")[2]
    for mistakes in (("mean_taken",), ("flipped_kernel",)):
        store.record(answer(code="the same", right=False, mistakes=mistakes))
    assert practice.history() == (("flipped_kernel",),)
    exercise = item.exercise()
    wrong = {blank.name: "1234" for blank in exercise.blanks}
    found = Diagnosis("input_ignored", False, {}, {}, tuple(wrong), {})
    own = replace(grade(exercise, wrong), mistakes=(found,))
    practice.record(item, own, wrong, first=False)
    assert practice.history() == (("flipped_kernel",), ("input_ignored",))
    assert practice.history(item) == (("flipped_kernel",),)
