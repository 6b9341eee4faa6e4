"""Charts over days: where things are painted, what is written along them, and for whom."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import language
from cnn_tutor.widgets.charts.day_chart import Bar, DayChart
from cnn_tutor.widgets.style import colours
from tests.helpers.widgets import OFFSCREEN, in_window, inked, picture

pytestmark = OFFSCREEN
QUARTERS = [(n, f"{n}%") for n in (0, 25, 50, 75, 100)]
START = date(2025, 2, 20)


def bars(*values: float, first: date = START, each: int = 1) -> list[Bar]:
    width = timedelta(days=each)
    return [Bar(first + n * width, first + (n + 1) * width, v) for n, v in enumerate(values)]


def shown(qtbot: QtBot, values: list[Bar], as_bars: bool = False) -> DayChart:
    chart = DayChart(as_bars)
    in_window(qtbot, chart, size=(520, 300))
    chart.show_values(values, QUARTERS)
    QApplication.processEvents()
    return chart


def test_more_is_painted_higher_and_later_further_right(qtbot: QtBot) -> None:
    chart = shown(qtbot, bars(10, 40, 90), as_bars=True)
    ink = inked(chart, colours.current().accent).tolist()
    columns: dict[int, int] = {}
    for x, y in ink:
        columns[x] = min(y, columns.get(x, y))
    runs: list[tuple[int, int]] = []
    for x in sorted(columns):
        if runs and x - runs[-1][0] == 1:
            runs[-1] = (x, columns[x])
        else:
            runs.append((x, columns[x]))
    assert len(runs) == 3
    tops = [top for _, top in runs]
    assert tops == sorted(tops, reverse=True)
    base = max(y for _, y in ink)
    heights = [base - top for top in tops]
    assert heights[2] / heights[0] == pytest.approx(9, rel=0.15)
    assert heights[1] / heights[0] == pytest.approx(4, rel=0.15)


def test_a_line_leads_through_the_points(qtbot: QtBot) -> None:
    ink = inked(shown(qtbot, bars(0, 50, 100)), colours.current().accent).tolist()
    left, right = ink[0], ink[-1]
    assert left[1] > right[1]
    middle = (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
    assert any(abs(x - middle[0]) < 4 and abs(y - middle[1]) < 4 for x, y in ink)


@pytest.mark.parametrize("as_bars", [True, False])
def test_every_line_of_the_measure_is_written_even_the_first_and_the_last(
    qtbot: QtBot, as_bars: bool
) -> None:
    chart = shown(qtbot, bars(100, 0, 50), as_bars)
    image, ground = picture(chart), QColor(colours.current().panel)
    axis = inked(chart, colours.current().line)[:, 0].min()
    rows = [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y) != ground for x in range(axis - 1))
    ]
    groups = 1 + sum(b - a > 4 for a, b in pairwise(rows))
    assert groups == len(QUARTERS)


@pytest.mark.parametrize("count", [1, 2, 7, 31, 62])
def test_days_are_written_without_touching(qtbot: QtBot, count: int) -> None:
    chart = shown(qtbot, bars(*[50.0] * count))
    labels = chart.labels
    assert 1 <= len(labels) <= 9
    assert len(set(labels)) == len(labels)
    metrics = chart.fontMetrics()
    assert sum(metrics.horizontalAdvance(label) + 10 for label in labels) < chart.width() - 40


def test_one_day_alone_is_the_last_of_a_week_and_written_in_the_language(qtbot: QtBot) -> None:
    chart = shown(qtbot, bars(60))
    assert chart.labels[-1] == "20 Feb"
    assert len(chart.labels) > 1
    language.apply("ja")
    assert chart.labels[-1] == "2/20"


def test_weeks_and_months_stand_over_their_own_label(qtbot: QtBot) -> None:
    weeks = bars(30, 60, 90, first=date(2025, 3, 3), each=7)
    chart = shown(qtbot, weeks, as_bars=True)
    assert chart.labels == ("3 Mar", "10 Mar", "17 Mar")
    assert [place for place, _ in chart._days()] == [bar.middle for bar in weeks]


def test_a_year_is_written_by_months_with_the_year(qtbot: QtBot) -> None:
    chart = shown(qtbot, bars(*[50.0] * 58, each=7))
    assert all(label.endswith(("2025", "2026")) for label in chart.labels)
    assert len(set(chart.labels)) == len(chart.labels) >= 2  # as many as the letters let


def test_nothing_to_show_is_an_empty_sheet(qtbot: QtBot) -> None:
    chart = shown(qtbot, [])
    assert chart.labels == ()
    assert not len(inked(chart, colours.current().accent))
    chart.show_values(bars(50), QUARTERS)
    assert len(inked(chart, colours.current().accent))
    chart.show_values([], QUARTERS)
    assert not len(inked(chart, colours.current().accent))
