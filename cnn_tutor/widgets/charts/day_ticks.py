"""Which days are written along an axis of time, and where the lines of a measure lie."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale

_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6, 12, 24, 60)
_MINUTES = (1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 300, 600)
_LINES = 4


def days_between(first: date, end: date, most: int) -> list[date]:
    """Return at most ``most`` days to write from ``first`` to before ``end``, evenly apart.

    Where days are too many there are the first days of months. There is always one.
    """
    count = (end - first).days
    for step in _DAYS:
        start = first + timedelta(days=-first.weekday() % 7 if step >= 7 else 0)
        found = [start + timedelta(days=n) for n in range(0, (end - start).days, step)]
        if len(found) <= most and (found or step == 1):
            return found if found else [first]
    for step in _MONTHS:
        found = [
            date(number // 12, number % 12 + 1, 1)
            for number in range(first.year * 12 + first.month - 1, end.year * 12 + end.month)
            if number % 12 % step == 0 and (step <= 12 or number // 12 % (step // 12) == 0)
        ]
        found = [day for day in found if first <= day < end]
        if found and len(found) <= most:
            return found
    return [first + timedelta(days=count // 2)]


def day_label(day: date, with_year: bool) -> str:
    """Write a day short, as the language that is on writes it; with the year without the day."""
    japanese = QLocale().language() == QLocale.Language.Japanese
    forms = ("yyyy/M", "M/d") if japanese else ("MMM yyyy", "d MMM")
    form = forms[0 if with_year else 1]
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def lines_up_to(value: float) -> list[float]:
    """Return round numbers from 0 to the first that reaches a value: where lines are drawn."""
    step: float = next((n for n in _MINUTES if n * _LINES >= value), 0)
    if not step:
        step = _MINUTES[-1] * -(-value // (_MINUTES[-1] * _LINES))
    count = max(1, int(-(-value // step)))
    return [step * n for n in range(count + 1)]
