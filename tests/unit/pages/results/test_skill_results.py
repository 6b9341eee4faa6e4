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
