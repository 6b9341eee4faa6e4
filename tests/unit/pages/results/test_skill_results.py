"""How skills stand, in the words and numbers that are shown of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from cnn_tutor.pages.results.skill_results import ordered, skill_results
from tests.helpers.practised import NAMES, NOW, Standing


def test_orders_of_results_without_dates(learner) -> None:
    learner.stands = {key: Standing(key) for key in NAMES}
    results = skill_results(learner)
    for by in ("learning", "due", "weakest"):
        assert ordered(results, by) == list(results)


@pytest.mark.parametrize(
    ("hours", "said"),
    [(-30, "today"), (5, "today"), (9, "tomorrow"), (33, "in 2 days"), (24 * 40, "in 40 days")],
)
def test_days_are_counted_where_the_learner_is(learner, hours, said) -> None:
    """It is 16:00 there: the night comes in eight hours."""
    here = timezone(timedelta(hours=4))
    now = datetime(2025, 3, 14, 16, tzinfo=here)
    learner.stands = {"sum": Standing("sum", tries=3, due=(NOW + timedelta(hours=hours)))}
    learner.now = NOW + timedelta(hours=8)
    (result,) = skill_results(learner)
    if hours > 0:
        result = replace(result, due=False)
    assert result.when(now) == said


@pytest.mark.parametrize(
    ("standing", "ticks", "step"),
    [
        (Standing("sum"), "○○○", "It is mastered after 3 right answers in a row"),
        (Standing("sum", 0.8, tries=1, run=1), "○○○", "2 more right in a row."),
        (Standing("sum", 0.99, tries=2, run=2), "✓○○", "1 more right in a row."),
        (Standing("sum", 0.99, tries=9, run=5), "✓✓○", "Right once more on a later day"),
        (Standing("sum", 0.99, True, tries=9, run=1), "✓○✓", "2 more right in a row."),
        (Standing("sum", 0.99, True, True, tries=9, run=0), "✓✓✓", "Mastered."),
        (Standing("sum", 0.2, tries=10, rested=True), "○○○", "a night's rest"),
    ],
)
def test_each_condition_of_mastery_is_told_and_what_is_next(learner, standing, ticks, step):
    learner.stands = {"sum": standing}
    (result,) = skill_results(learner)
    assert "".join("✓" if met else "○" for _, met in result.ticks) == ticks
    assert [line.endswith(": done") for line in result.spoken_ticks.split("\n")] == [
        sign == "✓" for sign in ticks
    ]
    assert step in result.step
    if result.state == "learning" and not result.rested:
        lines = [line for line in result.told.split("\n") if line[0] in "✓○"]
        assert [line[2:] for line in lines] == [text for text, _ in result.ticks]


def test_what_is_right_in_a_row_is_counted(learner):
    learner.stands = {"sum": Standing("sum", 0.99, tries=9, run=7)}
    (result,) = skill_results(learner)
    assert "right in a row (3 of 3)" in result.told
    assert result.percent == 67
