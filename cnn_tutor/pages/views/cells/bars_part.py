"""The bars of a layer that turns a row of inputs into shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtWidgets import QWidget

from cnn_tutor.engine.explanation import OUTPUT, Explanation, Index
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.views.cells.columns_layout import Column, Placed, Size, Style
from cnn_tutor.pages.views.cells.pane_set import PaneSet
from cnn_tutor.study import numbers, words
from cnn_tutor.widgets.charts.stage_bars import BarRow, StageBars
from cnn_tutor.widgets.controls.gestures import new_gesture
from cnn_tutor.widgets.overlays.connectors import Connector
from cnn_tutor.widgets.style.sizes import px

_WIDTHS = (270, 760)
"""The least and the most width of the bars, in pixels."""

_SHARES = (0.45, 0.6)
"""How much of the board's width they take, beside a wide grid and beside a narrow one."""

_FOOT, _DIGITS = 24, 4

Edit = Callable[[dict[Index, float], int], None]
"""What to do for the input to have numbers at some indices, in one gesture."""


class BarsPart(StageBars):
    """Shows the row that is looked at: each input, its step of the layer's, and its output.

    A row of bars is beside its cells where these stand under each other. Bars of what is not
    known yet, or is asked for, are left out. Dragged numbers are to be written by ``edit``.
    """

    def __init__(self, state: LabState, edit: Edit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._shown = state, state.shown
        self._at: Index = (0,)
        self._title = 0
        """The height of the line for the titles over the board's grids, in pixels."""
        self.setObjectName("bars")
        self.hovered.connect(self._on_hovered)
        self.chosen.connect(lambda row: state.pin(OUTPUT, self._index(row)))
        self._gesture = 0
        self.grabbed.connect(self._begin_gesture)
        self.moved.connect(lambda row, value: edit({self._index(row): value}, self._gesture))

    def column(self, room: Size, style: Style) -> Column:
        """Return what it takes of a board: as many rows as there are inputs, with words below."""
        least, most = _WIDTHS
        share = _SHARES[1 if self._beside else 0]
        wide = max(px(least), min(round(share * room[0]), px(most)))
        rows, self._title = self._shown.shapes["x"][-1], style.title
        return Column((rows, 1), wide=wide, foot=px(_FOOT), gap=style.sign, in_rows=False)

    def put(self, placed: Placed) -> None:
        """Stand where the board has placed its column, with room for the words over it."""
        (box,) = placed.boxes
        rows, head = self._shown.shapes["x"][-1], self._title
        pitch = min(placed.cell[1], box.height / rows)
        self.set_places(head, pitch, labelled=not self._beside or pitch < placed.cell[1])
        high = head + round(rows * pitch) + px(_FOOT)
        self.setGeometry(placed.left, box.y - head, placed.width, high)
        self.show()

    def show_highlight(self, highlight: Highlight) -> None:
        """Draw the row of the output that is looked at, as far as it is worked out."""
        explanation, layer = highlight.explanation, self._shown.layer
        self._at = at = explanation.output
        tensors = self._shown.tensors
        scores, shares = tensors["x"][at[:-1]], tensors[OUTPUT][at[:-1]]
        stages = {} if highlight.hidden else worked_out(explanation, layer.bars, highlight.shown)
        rows = []
        for n, score in enumerate(scores):
            seen = self._state.explains((*at[:-1], n))
            under_way = n == at[-1] and not highlight.complete
            stage = stages.get(n) if seen or under_way else None
            share = float(shares[n]) if seen and not under_way else None
            rows.append(BarRow(float(score), stage, share))
        self.set_editable(self._shown.address("x") is not None)
        self.show_rows(rows, at[-1])
        self._put_words(rows)

    def lines(self, panes: PaneSet, highlight: Highlight) -> Iterator[Connector]:
        """Return no lines: the rows say what belongs together."""
        return iter(())

    @property
    def _beside(self) -> bool:
        """Whether each row stands beside the cell of its input."""
        return len(self._shown.shapes["x"]) == 1

    def _put_words(self, rows: list[BarRow]) -> None:
        step = self._shown.layer.bars
        heads = (words.say("layers.bar_scores"), words.say(f"layers.bar_{step}"))
        stages = [row.stage for row in rows if row.stage is not None]
        shares = [row.share for row in rows if row.share is not None]
        sums = [_sum(known) if len(known) == len(rows) else "" for known in (stages, shares)]
        self.set_words((*heads, words.say("layers.bar_shares")), ("", sums[0], sums[1]))
        self.setAccessibleName(words.name(f"kinds.{self._shown.layer.kind}"))
        row = rows[self._at[-1]]
        said = (row.score, row.stage, row.share)
        self.setAccessibleDescription(
            " → ".join(numbers.rounded(value, _DIGITS) for value in said if value is not None)
        )

    def _index(self, row: int) -> Index:
        return (*self._at[:-1], row)

    def _begin_gesture(self) -> None:
        self._gesture = new_gesture()

    def _on_hovered(self, row: int | None) -> None:
        self._state.point_at(OUTPUT, None if row is None else self._index(row))


def _sum(values: list[float]) -> str:
    text = numbers.rounded(float(np.sum(values)), _DIGITS)
    about, value = text[:1] == "≈", text.removeprefix("≈")
    return words.say("layers.bar_sum_about" if about else "layers.bar_sum", value=value)


def worked_out(explanation: Explanation, name: str, shown: int) -> dict[int, float]:
    """Return the results of the steps of a name by the place of the input that each is done for.

    Only those are there all of whose terms are among the ``shown`` first.
    """
    found: dict[int, float] = {}
    for step in explanation.steps:
        shown -= len(step.terms)
        if step.name == name and shown >= 0:
            read = (c for term in step.terms for c in term.factors if c.port == "x")
            found[next(read).index[-1]] = step.value
    return found
