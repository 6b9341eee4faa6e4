"""Where a learner stands follows from their answers: knowing, mastery, help, levels, rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from cnn_tutor.study.practice.mastery.replay import KNOWN
from cnn_tutor.study.practice.mastery.replay import START as CHANCE
from cnn_tutor.study.practice.mastery.standing import ALL, LAST_STEP, WORKED, Standing
from tests.unit.study.practice.given import DAY, START, TOKYO, Clock, Diary, after, standing


def by_hand(results: str) -> Fraction:
    """The rule of Bayes, once more, in fractions."""
    known = Fraction(1, 10)
    for letter in results:
        if_known = Fraction(9, 10) if letter == "o" else Fraction(1, 10)
        if_not = Fraction(3, 100) if letter == "o" else Fraction(97, 100)
        known = known * if_known / (known * if_known + (1 - known) * if_not)
        known = min(known + (1 - known) * Fraction(15, 100), Fraction(995, 1000))
    return known


@pytest.mark.parametrize(
    "results", ["", "o", "x", "oo", "ox", "xo", "oxox", "xxxxxo", "ooooooooxx"]
)
def test_the_probability_is_what_the_rule_of_bayes_gives(results: str) -> None:
    assert after(results).probability == pytest.approx(float(by_hand(results)), rel=1e-12)


def test_a_skill_without_answers_is_at_its_start() -> None:
    assert after("") == Standing("products")
    assert after("", "rgb").level == 4


def test_three_in_a_row_make_it_known_and_a_mixed_one_on_another_day_mastered() -> None:
    assert not after("oo").known
    assert after("oo").probability > KNOWN
    known = after("ooo")
    assert (known.known, known.confirmed, known.mastered) == (True, False, False)
    assert not after("oooooooo").mastered
    assert not after("ooommm").mastered, "on the same day"
    assert not after("ooo ooo").mastered, "not mixed"
    mastered = after("ooo m")
    assert (mastered.confirmed, mastered.mastered) == (True, True)


def test_three_in_a_row_are_needed_when_it_is_confirmed() -> None:
    slipped = after("ooox m")
    assert (slipped.known, slipped.confirmed, slipped.mastered) == (True, True, False)
    assert after("ooox mm").mastered is False
    assert after("ooox mmm").mastered is True


def test_one_slip_takes_nothing_away_and_two_wrong_answers_do() -> None:
    assert after("ooo ooom x").mastered
    lost = after("ooo ooom xx")
    assert (lost.known, lost.confirmed, lost.mastered) == (False, False, False)
    assert not after("ooo ooom xx ooo").mastered
    assert after("ooo ooom xx ooo m").mastered


def met(results: str) -> tuple[float, ...]:
    return tuple(round(share, 3) for share in after(results).conditions)


def test_each_right_answer_brings_mastery_a_little_nearer() -> None:
    way = ["", "o", "oo", "ooo", "ooo m"]
    assert [met(results) for results in way] == [
        (0, 0, 0),
        (0.5, 0.333, 0),
        (1, 0.667, 0),
        (1, 1, 0),
        (1, 1, 1),
    ]
    shares = [sum(met(results)) for results in way]
    assert all(0 < after - before <= 1.01 for before, after in pairwise(shares))


def test_a_wrong_answer_takes_back_only_what_it_says_is_missing() -> None:
    assert met("oox") == (0.5, 0, 0)
    assert met("xxxx") == (0, 0, 0)
    assert met("ooox m") == (1, 0.333, 1)
    assert met("ooo ooom x") == (1, 1, 1)  # a slip


@pytest.mark.parametrize("results", ["o", "xo", "xxxxxo", "ooox", "oxo", "ooo m", "ooox mmm"])
def test_all_conditions_are_met_when_it_is_mastered_and_only_then(results: str) -> None:
    assert (met(results) == (1, 1, 1)) == after(results).mastered


@pytest.mark.parametrize("letter", "hsfa")
def test_only_answers_that_count_move_it(letter: str) -> None:
    one = after(letter * 5)
    assert one.probability == CHANCE
    assert after(f"ooo{letter}o").known
    assert not after(f"oo{letter}").known


def test_answers_to_other_skills_are_passed_over() -> None:
    diary = Diary("rgb").write("ooo")
    other = Diary("stride", diary.clock, diary.answers).write("xxxx")
    assert standing("rgb", other.answers, other.clock()).known
    assert standing("rgb", other.answers, other.clock()).tries == 3


@pytest.mark.parametrize(
    ("results", "stage"),
    [
        ("", WORKED),
        ("x", LAST_STEP),
        ("f", LAST_STEP),
        ("fxx", LAST_STEP),
        ("ff", ALL),
        ("fxf", ALL),
        ("fs", LAST_STEP),
        ("ffx", ALL),
        ("ffxox", ALL),
        ("ffxx", LAST_STEP),
        ("ffxxfxx", LAST_STEP),
        ("ffaaaa", ALL),
    ],
)
def test_help_fades_and_comes_back(results: str, stage: int) -> None:
    assert after(results).stage == stage


@pytest.mark.parametrize(
    ("results", "level"),
    [
        ("", 0),
        ("ffoo", 1),
        ("ffoxo", 0),
        ("ffoho", 1),
        ("ffoooo", 2),
        ("ff" + "o" * 40, 5),
        ("ffooooxox", 2),
        ("ffooooxx", 1),
        ("xxxxxxxx", 0),
    ],
)
def test_levels_go_up_and_down(results: str, level: int) -> None:
    assert after(results, "output_size").level == level


def test_levels_are_the_skills_own() -> None:
    assert {after("ff" + "o" * n, "rgb").level for n in range(6)} == {4, 5}
    assert {after("ff" + "o" * n, "stride").level for n in range(6)} == {3}
    assert after("ffoooo", "no such skill").level == 2


def test_ten_wrong_answers_in_a_row_end_the_day_and_begin_anew() -> None:
    assert not after("x" * 9).rested
    assert not after("x" * 9 + "o" + "x" * 9).rested
    tired = after("ooo" + "x" * 10)
    assert (tired.rested, tired.stage) == (True, WORKED)
    tomorrow = after("ooo" + "x" * 10 + " ")
    assert (tomorrow.rested, tomorrow.stage) == (False, WORKED)
    assert not after("x" * 10 + " x").rested
    assert after("x" * 10 + " x").stage == LAST_STEP
    assert after("x" * 10 + " " + "x" * 10).rested


def test_a_day_is_one_where_the_learner_is() -> None:
    evening = Clock(datetime(2026, 4, 1, 23, 50, tzinfo=TOKYO))
    diary = Diary(clock=evening).write("ooo")
    evening.on(timedelta(minutes=30))
    diary.write("m")
    assert standing("products", diary.answers, evening()).mastered
    abroad = [replace(one, when=one.when.astimezone(UTC)) for one in diary.answers]
    assert not standing("products", abroad, evening()).mastered  # it is the same day there


def test_ten_failures_under_a_wrong_clock_cost_no_later_day() -> None:
    diary = Diary(clock=Clock(START + 9999 * DAY)).write("x" * 10)
    assert standing("products", diary.answers, diary.clock()).rested
    assert not standing("products", diary.answers, START).rested
