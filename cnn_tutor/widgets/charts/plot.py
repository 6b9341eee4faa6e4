"""A plot: a sheet with two axes that takes neither the pointer nor the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnn_tutor.widgets.style import colours


class Plot(QWidget):
    """Puts the parts of a plot together; what is drawn in it comes from elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import pyqtgraph  # takes a quarter of a second, and few starts show a plot

        self._graph = pyqtgraph
        self._sheet = pyqtgraph.GraphicsView(self)
        self._sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # Put together by hand: a whole plot brings menus along that outlive its window.
        self._grid = pyqtgraph.GraphicsLayout()
        self._sheet.setCentralItem(self._grid)
        self._box = self._grid.addViewBox(row=0, col=1, enableMenu=False, enableMouse=False)
        self._axes = [pyqtgraph.AxisItem(side, linkView=self._box) for side in ("left", "bottom")]
        self._grid.addItem(self._axes[0], row=0, col=0)
        self._grid.addItem(self._axes[1], row=1, col=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sheet)

    def restyle(self) -> None:
        """Paint in the theme and the font that are on."""
        theme, pen = colours.current(), self._graph.mkPen
        self._sheet.setBackground(theme.panel)
        for axis in self._axes:
            axis.setPen(pen(theme.line))
            axis.setTextPen(pen(theme.dim))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.restyle()
