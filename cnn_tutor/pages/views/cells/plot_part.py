"""What a board shows between the input and the output of a layer whose numbers are plotted."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.views.cells.bars_part import BarsPart, Edit
from cnn_tutor.pages.views.cells.curve_part import CurvePart

PlotPart = CurvePart | BarsPart


def plot_part(state: LabState, edit: Edit, board: QWidget) -> PlotPart | None:
    """Return the plot of the shown layer, as it declares it; None where it declares none.

    What is changed in it is to be written by ``edit``.
    """
    layer = type(state.shown.layer)
    if layer.bars:
        return BarsPart(state, edit, board)
    return CurvePart(state, board) if layer.plotted else None
