"""A chart over the days: points on a line, or bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from cnn_tutor.widgets.charts.day_ticks import day_label, days_between
from cnn_tutor.widgets.charts.plot import Plot
from cnn_tutor.widgets.style import colours

_WIDTH, _POINT, _SMALL_POINT = 2, 9, 6
_CROWD = 31
_TICK, _AXIS_ROOM = 4, 10
_WEEK = _SHORTEST = 7
"""One day alone would else be as wide as the chart."""
_BAR = 0.72
_ROOM = 0.06
"""Over the highest line, as a part of the height, and under points at 0."""
_APART = 26
"""The least room between two labels, in pixels."""
_YEAR = 300
"""The number of days from which on the labels have the year."""


class Bar(NamedTuple):
    """A value of the days from ``first`` to before ``end``."""

    first: date
    end: date
    value: float

    @property
    def middle(self) -> float:
        """Where it stands on the axis: noon of a single day is its number and a half."""
        return (self.first.toordinal() + self.end.toordinal()) / 2


class DayChart(Plot):
    """Draws one value a day, week or month, over days as they are counted where the learner is."""

    def __init__(self, bars: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[Bar, ...] = ()
        self._lines: list[tuple[float, str]] = [(0.0, "0")]
        self._shows_bars = bars
        self._sheet.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._grid.setContentsMargins(0, 10, 10, 0)
        self._grid.setSpacing(0)
        for axis, length in zip(self._axes, (0, _TICK), strict=True):
            axis.setStyle(hideOverlappingLabels=False, tickLength=length)
        graph = self._graph
        self._bars = graph.BarGraphItem(x=[], height=[], width=1)
        self._line = graph.PlotCurveItem(antialias=True)
        self._points = graph.ScatterPlotItem(size=_POINT, antialias=True)
        self._rules = graph.PlotCurveItem(connect="pairs")  # an axis' own hide its last label
        for item in (self._rules, *((self._bars,) if bars else (self._line, self._points))):
            self._box.addItem(item)
        self.restyle()

    @property
    def labels(self) -> tuple[str, ...]:
        """What is written along the days."""
        return tuple(label for _, label in self._days())

    def show_values(self, values: Sequence[Bar], lines: Sequence[tuple[float, str]]) -> None:
        """Draw these, oldest first, over lines at some heights, each with what is written there."""
        self._values, self._lines = tuple(values), list(lines)
        across = [bar.middle for bar in values]
        high = [bar.value for bar in values]
        if self._shows_bars:
            wide = [_BAR * (bar.end - bar.first).days for bar in values]
            self._bars.setOpts(x=across, height=high, width=wide)
        else:
            self._line.setData(across, high)
            size = _POINT if len(values) <= _CROWD else _SMALL_POINT
            self._points.setData(across, high, size=size)
            self._outline()
        heights = [height for height, _ in self._lines]
        top = max(heights) or 1
        under = 0.0 if self._shows_bars else _ROOM * top
        self._box.setYRange(-under, (1 + _ROOM) * top, padding=0)
        self._axes[0].setTicks([self._lines])
        self._measure()

    def restyle(self) -> None:
        super().restyle()
        theme, pen = colours.current(), self._graph.mkPen
        self._bars.setOpts(brush=theme.accent, pen=pen(None))
        self._line.setPen(pen(theme.accent, width=_WIDTH))
        self._points.setBrush(self._graph.mkBrush(theme.accent))
        self._rules.setPen(pen(theme.line))
        self._outline()
        for axis in self._axes:
            axis.setTickFont(self.font())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._measure()

    # --- inside ----------------------------------------------------------------------------------

    def _outline(self) -> None:
        """Set the points off the line, as long as they are not too close for that."""
        pen, crowded = self._graph.mkPen, len(self._values) > _CROWD
        self._points.setPen(pen(None) if crowded else pen(colours.current().panel, width=1.5))

    def _span(self) -> tuple[date, date]:
        """The days that are drawn: those of all values, and some before where these are few."""
        first = min(bar.first for bar in self._values)
        end = max(bar.end for bar in self._values)
        return min(first, end - timedelta(days=_SHORTEST)), end

    def _days(self) -> list[tuple[float, str]]:
        """What is written along the days, each with its place."""
        if not self._values:
            return []
        first, end = self._span()
        year = (end - first).days >= _YEAR
        widest = QFontMetrics(self.font()).horizontalAdvance(day_label(date(2028, 9, 28), year))
        most = max(1, int(self.width() - 60) // (widest + _APART))
        days = days_between(first, end, most)
        year |= len(days) > 1 and all(day.day == 1 for day in days)
        return [(self._place(day), day_label(day, year)) for day in days]

    def _place(self, day: date) -> float:
        """Where a day is written: under the middle of the week or month that it begins."""
        wide = (self._values[-1].end - self._values[-1].first).days
        begins = day.weekday() == 0 if wide == _WEEK else wide > _WEEK and day.day == 1
        return day.toordinal() + (wide / 2 if begins else 0.5)

    def _measure(self) -> None:
        """Give the labels their room, and write as many days as there is room for."""
        metrics = QFontMetrics(self.font())
        # Left to themselves the axes find out only while they paint.
        widest = max(metrics.horizontalAdvance(text) for _, text in self._lines)
        self._axes[0].setWidth(widest + _AXIS_ROOM)
        self._axes[1].setHeight(metrics.height() + _AXIS_ROOM)
        if self._values:
            first, end = self._span()
            self._box.setXRange(first.toordinal(), end.toordinal(), padding=0.02)
            (left, right), _ = self._box.viewRange()
            heights = [height for height, _ in self._lines if height > 0 or not self._shows_bars]
            high = [height for height in heights for _ in range(2)]
            self._rules.setData([left, right] * len(heights), high, connect="pairs")
            self._axes[1].setTicks([self._days()])
