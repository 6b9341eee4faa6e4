"""A skill that is known comes back after days, and no wrong clock punishes anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.unit.study.practice.given import DAY, TOKYO, Diary, after, standing


def test_review_dates_come_with_knowing_and_grow() -> None:
    assert after("oo").due is None
    assert after("oox").due is None
    diary = Diary().write("ooo")
    waits = []
    for _ in range(5):
        due = standing("products", diary.answers, diary.clock()).due
        assert due is not None
        waits.append((due - diary.clock()).days)
        diary.clock.time = due.astimezone(TOKYO)
        diary.write("m")
    assert waits[0] >= 1
    assert waits == sorted(waits)
    assert waits[-1] > 30


def test_wrong_comes_back_tomorrow_and_right_with_help_sooner_than_right() -> None:
    def wait(results: str) -> timedelta:
        diary = Diary().write(results)
        due = standing("products", diary.answers, diary.clock.time).due
        assert due is not None
        return due - diary.clock.time

    assert wait("ooo       o") > wait("ooo       h") > wait("ooo       x") == DAY
    assert wait("ooo       s") == DAY
    assert wait("ooo o o  o   o") > DAY


def test_the_same_answers_give_the_same_dates() -> None:
    assert after("ooo  o    o").due == after("ooo  o    o").due


@pytest.mark.parametrize("years", [-56, -3, 3, 73])
def test_a_clock_that_jumps_punishes_nobody(years: int) -> None:
    diary = Diary().write("ooo m")
    right = diary.clock.time
    diary.clock.on(timedelta(days=365 * years))
    diary.write("oo")
    wrong_clock = standing("products", diary.answers, diary.clock())
    assert wrong_clock.mastered
    assert not wrong_clock.rested
    diary.clock.time = right
    back = standing("products", diary.answers, right)
    assert back.mastered
    assert back.due is not None
    if years > 0:  # the answers are from a time to come: it is asked at once, then all is well
        assert back.due <= right + DAY
    diary.write("o")
    healed = standing("products", diary.answers, diary.clock())
    assert healed.mastered
    assert healed.due is not None
    assert right <= healed.due <= right + timedelta(days=366)
