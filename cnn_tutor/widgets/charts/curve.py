"""A curve with the point on it that is looked at."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cnn_tutor.study import numbers
from cnn_tutor.widgets.charts.plot import Plot
from cnn_tutor.widgets.style import colours

_WIDTH = 2.5
_EDGE = 0.3
"""In this share of the width at either side the label stands on the inner side of its point."""
_GRID = 90
"""How strong the lines behind the curve are, of 255."""


class Curve(Plot):
    """Draws y over x, and at one point of it the two lines that lead to the axes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for axis in self._axes:
            axis.tickStrings = _ticks
        graph = self._graph
        self._line, self._lead = graph.PlotCurveItem(), graph.PlotCurveItem()
        self._point = graph.ScatterPlotItem(size=11)
        self._label = graph.TextItem(anchor=(0.5, 1.25))
        for item in (self._line, self._lead, self._point):
            self._box.addItem(item)
        self._box.addItem(self._label, ignoreBounds=True)
        self.point: tuple[float, float] | None = None
        """The point that is marked."""
        self.restyle()

    def show_curve(self, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> None:
        """Draw this curve."""
        self._line.setData(x, y)
        room = max(0.15 * float(np.ptp(y)), 0.1)
        self._box.setXRange(float(x[0]), float(x[-1]), padding=0)
        self._box.setYRange(float(y.min()) - room, float(y.max()) + room, padding=0)

    def show_point(self, x: float, y: float) -> None:
        """Mark a point of it."""
        self.point = (x, y)
        self._point.setData([x], [y])
        self._lead.setData([x, x, 0.0], [0.0, y, y])
        text = f"({numbers.shorten(x, 8)}, {numbers.shorten(y, 8)})"
        self._label.setText(text)
        (left, right), (low, high) = self._box.viewRange()
        near_top = y > low + 0.8 * (high - low)
        across = (x - left) / (right - left)
        beside = 0.0 if across < _EDGE else 1.0 if across > 1 - _EDGE else 0.5
        self._label.setAnchor((beside, -0.4 if near_top else 1.4))
        self._label.setPos(x, y)
        self.setAccessibleDescription(text)

    def hide_point(self) -> None:
        """Leave the curve alone."""
        self.point = None
        self._point.setData([], [])
        self._lead.setData([], [])
        self._label.setText("")
        self.setAccessibleDescription("")

    def restyle(self) -> None:
        super().restyle()
        theme, pen = colours.current(), self._graph.mkPen
        self._line.setPen(pen(theme.accent, width=_WIDTH))
        self._lead.setPen(pen(theme.dim, width=1.2, style=Qt.PenStyle.DashLine))
        self._point.setBrush(self._graph.mkBrush(theme.written))
        self._point.setPen(pen(theme.panel, width=1.5))
        self._label.setColor(theme.text)
        for axis in self._axes:
            axis.setGrid(_GRID)


def _ticks(values: list[float], scale: float, spacing: float) -> list[str]:
    """Write the numbers along an axis as numbers are written everywhere else."""
    return [numbers.show(round(value * scale, 9)) for value in values]
