"""Days, weeks and months of practice: nothing is lost when they are taken together."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from cnn_tutor.pages.results.results_charts import DAY, MONTH, WEEK, periods
from tests.helpers.practised import Day, days


def test_without_practice_there_is_nothing() -> None:
    assert periods(()) == (DAY, ())


@pytest.mark.parametrize(("count", "unit"), [(1, DAY), (62, DAY), (63, WEEK), (400, WEEK)])
def test_many_days_are_taken_together(count, unit) -> None:
    found, together = periods(days(count))
    assert found == unit
    assert len(together) <= 71


def test_years_are_shown_by_months() -> None:
    unit, together = periods(days(1200))
    assert unit == MONTH
    assert 39 <= len(together) <= 41
    assert all(period.first.day == period.end.day == 1 for period in together)


@pytest.mark.parametrize("count", [1, 30, 62, 63, 400, 1200])
def test_nothing_is_lost_or_counted_twice(count) -> None:
    worked = days(count)
    _, together = periods(worked)
    assert sum(p.went.right for p in together) == sum(d.went.right for d in worked)
    assert sum(p.went.of for p in together) == sum(d.went.of for d in worked)
    assert sum(p.minutes for p in together) == pytest.approx(sum(d.seconds for d in worked) / 60)
    for earlier, later in pairwise(together):
        assert earlier.first < earlier.end <= later.first
    for day in worked:
        assert sum(p.first <= day.date < p.end for p in together) == 1


def test_weeks_begin_on_monday() -> None:
    _, together = periods(days(100))
    assert {period.first.weekday() for period in together} == {0}
    assert {(period.end - period.first).days for period in together} == {7}


def test_days_may_come_in_any_order() -> None:
    worked = days(80)
    assert periods(worked[::-1]) == periods(worked)


def test_time_alone_has_no_accuracy() -> None:
    _, (only,) = periods([Day(date(2025, 3, 1), seconds=90)])
    assert only.went.accuracy is None
    assert only.minutes == 1.5
