"""Answers are counted in one way: the first ones to an exercise that was not shown."""

from __future__ import annotations

from cnn_tutor.study.practice.mastery.tally import Tally, tally
from tests.unit.study.practice.given import answer


def test_first_answers_that_were_not_shown_count() -> None:
    given = [
        answer(right=9),
        answer(right=3, mistakes=("a", "b")),
        answer(right=9, first=False),
        answer(right=0, shown=True, mistakes=("b",)),
    ]
    assert tally(given) == Tally(answers=2, correct=1, right=12, of=18, mistake="b")
    assert tally(given).accuracy == 100 * 12 / 18


def test_of_equally_usual_mistakes_the_latest_is_told() -> None:
    seen = ["b", "a", "a", "b"]
    assert tally([answer(right=0, mistakes=(one,)) for one in seen]).mistake == "b"
    assert tally([]) == Tally(0, 0, 0, 0, "")
    assert tally([]).accuracy is None
