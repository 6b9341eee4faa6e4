"""Which days are written along an axis, and where the lines of a measure lie."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import language
from cnn_tutor.widgets.charts.day_ticks import day_label, days_between, lines_up_to

START = date(2025, 2, 20)


@pytest.mark.parametrize("most", range(1, 12))
@pytest.mark.parametrize("count", [1, 3, 8, 20, 62, 200, 490, 1500, 4000])
def test_days_to_write_are_few_and_in_order(count: int, most: int) -> None:
    end = START + timedelta(days=count)
    found = days_between(START, end, most)
    assert 1 <= len(found) <= most
    assert found == sorted(set(found))
    assert found[0] >= START
    assert found[-1] < end


def test_days_to_write_are_evenly_apart() -> None:
    assert days_between(date(2025, 3, 1), date(2025, 3, 5), 9) == [
        date(2025, 3, n) for n in (1, 2, 3, 4)
    ]
    found = days_between(date(2025, 3, 1), date(2025, 4, 1), 6)
    assert found == [date(2025, 3, n) for n in (3, 10, 17, 24, 31)]
    found = days_between(date(2024, 11, 20), date(2025, 11, 20), 6)
    assert found == [date(2025, n, 1) for n in (1, 3, 5, 7, 9, 11)]


def test_a_day_is_written_short(qtbot: QtBot) -> None:
    for code, short, long in (("en", "9 Mar", "Mar 2025"), ("ja", "3/9", "2025/3")):
        language.apply(code)
        assert day_label(date(2025, 3, 9), False) == short
        assert day_label(date(2025, 3, 9), True) == long


@pytest.mark.parametrize("value", [0, 0.2, 1, 3.9, 4, 17, 28, 59.5, 61, 500, 2400, 9999, 123456])
def test_lines_are_round_and_reach_the_value(value: float) -> None:
    lines = lines_up_to(value)
    assert lines[0] == 0
    assert lines[-1] >= value
    assert 2 <= len(lines) <= 5
    assert len(lines) == 2 or lines[-2] < value
    assert {b - a for a, b in pairwise(lines)} == {lines[1]}
