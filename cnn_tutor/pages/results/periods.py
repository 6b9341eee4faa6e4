"""The days that a learner has practised on, taken together by weeks or months where many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnn_tutor.study.practice.practice import Day

DAY, WEEK, MONTH = "day", "week", "month"
_DAYS_LIMIT, _WEEKS_LIMIT = 62, 70


@dataclass(frozen=True)
class Period:
    """One day, week or month: from ``first`` to before ``end``, and what was done in it."""

    first: date
    end: date
    right: int
    of: int
    seconds: float

    @property
    def accuracy(self) -> float | None:
        """How many cells in a hundred were right; None if there were none."""
        return 100 * self.right / self.of if self.of else None

    @property
    def minutes(self) -> float:
        """How long it was practised."""
        return self.seconds / 60


def periods(days: Sequence[Day]) -> tuple[str, tuple[Period, ...]]:
    """Return days, weeks or months that were practised in, oldest first, and which of them."""
    if not days:
        return DAY, ()
    dates = [day.date for day in days]
    span = (max(dates) - min(dates)).days + 1
    unit = DAY if span <= _DAYS_LIMIT else WEEK if span <= 7 * _WEEKS_LIMIT else MONTH
    together: dict[date, list[Day]] = {}
    for day in sorted(days, key=lambda day: day.date):
        together.setdefault(_first(day.date, unit), []).append(day)
    return unit, tuple(
        Period(
            first,
            _end(first, unit),
            sum(day.right for day in own),
            sum(day.of for day in own),
            sum(day.seconds for day in own),
        )
        for first, own in together.items()
    )


def _first(day: date, unit: str) -> date:
    """Return the first day of the period that a day is in; weeks begin on Monday."""
    if unit == WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == MONTH else day


def _end(first: date, unit: str) -> date:
    if unit == MONTH:
        return (first + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=7 if unit == WEEK else 1)
