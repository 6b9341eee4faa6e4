"""Answers are counted in one way: exercises that were asked, and cells that were judged."""

from __future__ import annotations

import pytest

from cnn_tutor.study.practice.mastery.tally import Tally, tally, usual_mistake
from tests.unit.study.practice.given import answer


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        (answer(right=9), Tally(1, 1, 9, 9)),
        (answer(right=3), Tally(1, 0, 3, 9)),
        (answer(right=9, first=False), Tally()),
        (answer(right=9, hints=1), Tally(1, 0, 9, 9)),
        (answer(right=0, of=0, shown=True), Tally(1, 0, 0, 0)),
        (answer(right=0, of=0, shown=True, evidence=False, entries={"a": ""}), Tally()),
        (answer(right=2, of=2, left=True), Tally(0, 0, 2, 2)),
        (answer(right=1, of=2, left=True), Tally(1, 0, 1, 2)),
        (answer(right=0, of=0, hints=2, left=True), Tally()),
    ],
    ids=["right", "wrong", "again", "hinted", "given_up", "watched", "left", "spoilt", "peeked"],
)
def test_each_answer_is_counted(given, counted) -> None:
    assert tally([given]) == counted
    assert tally([given, given]).of == 2 * counted.of


def test_accuracy_is_that_of_cells() -> None:
    assert tally([answer(right=9), answer(right=3)]).accuracy == 100 * 12 / 18
    assert tally([]).accuracy is None


def test_of_equally_usual_mistakes_the_latest_is_told() -> None:
    seen = ["b", "a", "a", "b"]
    assert usual_mistake(answer(right=0, mistakes=(one,)) for one in seen) == "b"
    assert usual_mistake([]) == ""
