"""How the numbers of the shown layer's tensors are coloured."""

from __future__ import annotations

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.network import INPUT
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.widgets.style.shades import Shading, largest


def shading(state: LabState, port: str, tensor: Array, strong: bool = False) -> Shading | None:
    """Return how a tensor is shaded: the network's own input as a picture.

    A single number has nothing to be compared with, nor have switches. What is asked for is not to
    be told by its colour.
    """
    shown = state.shown
    asked = state.hidden.of(port) is not None or port in shown.cover.blank
    if asked or tensor.size < 2 or port in type(shown.layer).switches:
        return None
    picture = port == "x" and shown.before == INPUT
    return Shading(largest(tensor), picture, strong)
