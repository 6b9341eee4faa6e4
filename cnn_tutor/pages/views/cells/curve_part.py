"""The curve of a layer whose outputs are each a function of the input at their place."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from cnn_tutor.engine.explanation import OUTPUT, Index, Shape
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.views.cells.columns_layout import Column, Placed, Size, Style
from cnn_tutor.pages.views.cells.pane_set import PaneSet
from cnn_tutor.study import words
from cnn_tutor.widgets.charts.curve import Curve
from cnn_tutor.widgets.overlays.connectors import Connector
from cnn_tutor.widgets.style.sizes import px

_POINTS = 241
_USUAL = 6.0

_SIDES = (215, 560)
"""The least and the most width and height of a curve, in pixels."""

_LANE = 14.0
_EDGE = 2.5
"""How far lines run beside a grid, and how near to it they end, in pixels."""


class CurvePart(Curve):
    """Shows the curve on which all outputs lie, each a dot; one is joined to both its cells.

    Where it hangs on other inputs, too, these stay as they are at the output that is looked at.
    """

    def __init__(self, state: LabState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._shown = state, state.shown
        self._cells = np.zeros((0, 1), np.int64)
        """The output cells that have a dot."""
        self._drawn: object = None
        """What decides which dots there are, and where."""
        self.setObjectName("curve")
        self.hovered.connect(self._on_hovered)
        self.chosen.connect(lambda dot: state.pin(OUTPUT, self._cell(dot)))

    def column(self, room: Size, style: Style) -> Column:
        """Return what it takes of a board of this width and height: its share, as a square."""
        least, most = _SIDES
        side = max(px(least), min(room[0] * 2 // 5, room[1] * 9 // 10, px(most)))
        return Column(wide=side, high=side, gap=style.sign, in_rows=False)

    def put(self, placed: Placed) -> None:
        """Stand where the board has placed its column."""
        (box,) = placed.texts
        self.setGeometry(box.x, box.y, box.width, box.height)
        self.show()

    def show_highlight(self, highlight: Highlight) -> None:
        """Draw the curve and its dots, and the one that is looked at."""
        at, layer = highlight.explanation.output, self._shown.layer
        x = self._shown.tensors["x"]
        most = max(_USUAL, float(np.abs(x).max()) * 1.1)
        values = np.linspace(-most, most, _POINTS)
        rows = np.repeat(x[at[:-1]][None], _POINTS, axis=0)
        rows[:, at[-1]] = values
        self.set_names(*(words.port(layer.kind, port) for port in ("x", OUTPUT)))
        self.show_curve(values, layer.forward({"x": rows})[:, at[-1]])
        now = self._state.now
        if (drawn := (now.project, now.layer, now.place, now.hidden)) != self._drawn:
            self._drawn, self._cells = drawn, np.argwhere(self._seen(x.shape))
            places = tuple(self._cells.T)
            self.show_dots(x[places].astype(float), layer.forward({"x": x})[places].astype(float))
        if highlight.hidden:
            self.hide_point()
        else:
            self.show_point(float(x[at]), highlight.explanation.value)
        self.setAccessibleName(words.name(f"kinds.{layer.kind}"))

    def lines(self, panes: PaneSet, highlight: Highlight) -> Iterator[Connector]:
        """Join the point that is looked at with its cell of the input and that of the output.

        The lines run in the strips beside the grids, and come in under the number of the axis.
        """
        if self.point is None or not (highlight.marks[OUTPUT] and highlight.marks.get("x")):
            return
        at = highlight.explanation.output
        (x, y), corner = self.point, QPointF(self.pos())
        rows = [panes.pane_of(port, at) for port in ("x", OUTPUT)]
        found = [pane.grid.tensor_model.cell_of(at) for pane in rows]
        cells = [
            pane.cell_rect(*cell) if cell is not None and not pane.grid.isHidden() else None
            for pane, cell in zip(rows, found, strict=True)
        ]
        first, last = (pane.grid.geometry() for pane in rows)
        if cells[0] is not None and cells[0].isValid():
            entry, row = corner + self.entry(x), cells[0].center().y() + 0.5
            edge, lane, under = first.right() + _EDGE, first.right() + _LANE, entry.y() + px(7)
            way = ((edge, row), (lane, row), (lane, under), (entry.x(), under))
            yield Connector((*way, (entry.x(), entry.y() + 1)), "read")
        if cells[1] is not None and cells[1].isValid():
            leave, row = corner + self.exit(y), cells[1].center().y() + 0.5
            lane, edge = last.left() - _LANE, last.left() - _EDGE
            start = (leave.x(), leave.y())
            yield Connector((start, (lane, leave.y()), (lane, row), (edge, row)), "written")

    def _seen(self, shape: Shape) -> npt.NDArray[np.bool_]:
        """Say which outputs have a dot: one that is asked for would be read off the axis."""
        state, hidden = self._state, self._state.hidden
        seen = np.zeros(shape, np.bool_)
        if hidden.asked:
            for index in np.ndindex(shape):
                seen[index] = state.explains(index)
        elif hidden.highlights and not hidden.hides(state.playback.at):  # as it is for any other
            places = np.arange(seen.size).reshape(shape)
            if len(shape) > 2:  # the playback goes map by map
                places = np.moveaxis(places.reshape(shape[-1], *shape[:-1]), 0, -1)
            seen = places < state.playback.place.reached
            seen[state.playback.at] = state.explains(state.playback.at)
        return seen

    def _cell(self, dot: int) -> Index:
        return tuple(self._cells[dot].tolist())

    def _on_hovered(self, dot: int | None) -> None:
        self._state.point_at(OUTPUT, None if dot is None else self._cell(dot))
