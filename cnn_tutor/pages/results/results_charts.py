"""How accuracy and practice time went over the days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from cnn_tutor.study import numbers, words
from cnn_tutor.study.practice.mastery.tally import Tally
from cnn_tutor.widgets.charts.day_chart import Bar, DayChart
from cnn_tutor.widgets.charts.day_ticks import day_label, lines_up_to
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.style.sizes import measured, px

if TYPE_CHECKING:
    from cnn_tutor.study.practice.practice import Day

DAY, WEEK, MONTH = "day", "week", "month"
_DAYS_LIMIT, _WEEKS_LIMIT = 62, 70
"""Days that have a mark each; of more, weeks do, and of more weeks than that, months."""

_QUARTERS = (0, 25, 50, 75, 100)
_LOWEST, _HIGHEST = 120, 440


class ResultsCharts(QWidget):
    """Two charts side by side: how much was right, and how long it took."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("results_charts")
        self._days: Sequence[Day] = ()
        self._box = row(on=self, spacing=14)
        self._accuracy_title, self._accuracy = self._chart("accuracy_chart", bars=False)
        self._time_title, self._time = self._chart("time_chart", bars=True)

    def show_days(self, days: Sequence[Day]) -> None:
        """Draw what was done on these days."""
        self._days = days
        unit, found = periods(days)
        self._accuracy_title.setText(words.say(f"results.accuracy_{unit}"))
        self._time_title.setText(words.say(f"results.time_{unit}"))
        accuracy = [Bar(p.first, p.end, a) for p in found if (a := p.went.accuracy) is not None]
        time = [Bar(p.first, p.end, p.minutes) for p in found]
        self._accuracy.show_values(
            accuracy, [(n, words.say("results.percent", percent=n)) for n in _QUARTERS]
        )
        lines = lines_up_to(max((bar.value for bar in time), default=0))
        self._time.show_values(time, [(n, numbers.show(n)) for n in lines])
        self._speak(self._accuracy_title, self._accuracy, accuracy, "percent", "percent")
        self._speak(self._time_title, self._time, time, "minutes", "count")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_days(self._days)

    # --- inside ----------------------------------------------------------------------------------

    def _chart(self, name: str, *, bars: bool) -> tuple[QLabel, DayChart]:
        card = QFrame()
        card.setProperty("results_card", True)
        title = QLabel()
        title.setProperty("heading", True)
        chart = named(DayChart(bars), name)
        measured(chart, lambda chart: chart.setMinimumHeight(px(_LOWEST)))
        measured(chart, lambda chart: chart.setMaximumHeight(px(_HIGHEST)))
        column(title, (chart, 1), on=card, margins=(14, 6, 10, 8), spacing=2)
        self._box.addWidget(card, 1)
        return title, chart

    def _speak(
        self, title: QLabel, chart: DayChart, bars: Sequence[Bar], unit: str, name: str
    ) -> None:
        """Say in words what can be seen: from when to when, and the latest value."""
        chart.setAccessibleName(title.text())
        if not bars:
            chart.setAccessibleDescription("")
            return
        value = words.say(f"results.{unit}", **{name: round(bars[-1].value)})
        first, last = (day_label(bar.first, False) for bar in (bars[0], bars[-1]))
        said = words.say("results.from_to", first=first, last=last, value=value)
        chart.setAccessibleDescription(said)


@dataclass(frozen=True)
class Period:
    """One day, week or month: from ``first`` to before ``end``, and what was done in it."""

    first: date
    end: date
    went: Tally
    seconds: float

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
            _together(own),
            sum(day.seconds for day in own),
        )
        for first, own in together.items()
    )


def _together(days: Iterable[Day]) -> Tally:
    went = Tally()
    for day in days:
        went += day.went
    return went


def _first(day: date, unit: str) -> date:
    """Return the first day of the period that a day is in; weeks begin on Monday."""
    if unit == WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == MONTH else day


def _end(first: date, unit: str) -> date:
    if unit == MONTH:
        return (first + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=7 if unit == WEEK else 1)
