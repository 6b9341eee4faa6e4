"""A curve with the point on it that is looked at."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnn_tutor.study import numbers
from cnn_tutor.widgets import colours

_WIDTH = 2.5


class Curve(QWidget):
    """Draws y over x, and at one point of it the two lines that lead to the axes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import pyqtgraph  # takes a quarter of a second, and most boards have no curve

        self._graph = pyqtgraph
        self._plot = pyqtgraph.PlotWidget(self)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(False, False)
        self._plot.hideButtons()
        self._plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._line = self._plot.plot()
        self._lead = self._plot.plot()
        self._point = pyqtgraph.ScatterPlotItem(size=11)
        self._label = pyqtgraph.TextItem(anchor=(0.5, 1.25))
        self._plot.addItem(self._point)
        self._plot.addItem(self._label, ignoreBounds=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._plot)
        self.restyle()

    @property
    def point(self) -> tuple[float, float] | None:
        """The point that is marked."""
        return self._at

    _at: tuple[float, float] | None = None

    def show_curve(self, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> None:
        """Draw this curve."""
        self._line.setData(x, y)
        room = max(0.15 * float(np.ptp(y)), 0.1)
        self._plot.setXRange(float(x[0]), float(x[-1]), padding=0)
        self._plot.setYRange(float(y.min()) - room, float(y.max()) + room, padding=0)

    def show_point(self, x: float, y: float) -> None:
        """Mark a point of it."""
        self._at = (x, y)
        self._point.setData([x], [y])
        self._lead.setData([x, x, 0.0], [0.0, y, y])
        text = f"({numbers.shorten(x, 8)}, {numbers.shorten(y, 8)})"
        self._label.setText(text)
        (left, right), (low, high) = self._plot.viewRange()
        near_top = y > low + 0.8 * (high - low)
        across = (x - left) / (right - left)
        self._label.setAnchor((min(1.0, max(0.0, across)), -0.4 if near_top else 1.4))
        self._label.setPos(x, y)
        self.setAccessibleDescription(text)

    def restyle(self) -> None:
        """Paint in the theme that is on."""
        theme, pen = colours.current(), self._graph.mkPen
        self._plot.setBackground(theme.panel)
        self._line.setPen(pen(theme.accent, width=_WIDTH))
        self._lead.setPen(pen(theme.dim, width=1.2, style=Qt.PenStyle.DashLine))
        self._point.setBrush(self._graph.mkBrush(theme.written))
        self._point.setPen(pen(theme.panel, width=1.5))
        self._label.setColor(theme.text)
        self._plot.showGrid(x=True, y=True, alpha=0.15)
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setPen(pen(theme.line))
            axis.setTextPen(pen(theme.dim))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.restyle()
