"""The shown layer as a product of matrices, where it is one that can be written out."""

from __future__ import annotations

from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.engine.matrices import Matrices
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.study.boards import views


def matrices(shown: ShownLayer) -> Matrices | None:
    """Return the layer as a product; None if it is not one, or far too large to be looked at."""
    return views.product(shown.layer, shown.input_shapes, shown.shapes[OUTPUT])
