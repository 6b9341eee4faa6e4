"""The curve of a layer whose outputs are each a function of the input at their place."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QWidget

from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.study import words
from cnn_tutor.widgets.charts.curve import Curve

_POINTS = 241
_USUAL = 6.0


class CurvePart(Curve):
    """Shows what the output that is looked at would be for other values of its input.

    Where it hangs on other inputs, too, as in softmax, these stay as they are.
    """

    def __init__(self, shown: ShownLayer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self.setObjectName("curve")

    def show_highlight(self, highlight: Highlight) -> None:
        """Draw the curve on which the output that is looked at lies."""
        at = highlight.explanation.output
        x = self._shown.tensors["x"]
        most = max(_USUAL, float(np.abs(x).max()) * 1.1)
        values = np.linspace(-most, most, _POINTS)
        rows = np.repeat(x[at[:-1]][None], _POINTS, axis=0)
        rows[:, at[-1]] = values
        self.show_curve(values, self._shown.layer.forward({"x": rows})[:, at[-1]])
        if highlight.hidden:
            self.hide_point()  # where the output lies is asked for
        else:
            self.show_point(float(x[at]), highlight.explanation.value)
        self.setAccessibleName(words.name(f"kinds.{self._shown.layer.kind}"))
