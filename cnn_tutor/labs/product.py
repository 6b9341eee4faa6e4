"""The shown layer as a product of matrices, where it is one that can be written out."""

from __future__ import annotations

import math
from functools import lru_cache

from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.matrices import Matrices
from cnn_tutor.labs.shown_layer import OUTPUT, ShownLayer

_MOST = 1_000_000
"""So many places of the patches take some dozens of megabytes."""


def matrices(shown: ShownLayer) -> Matrices | None:
    """Return the layer as a product; None if it is not one, or far too large to be looked at."""
    shapes = shown.shapes
    weights = [shapes[port] for port in type(shown.layer).weights if port in shapes]
    taps = max((math.prod(shape[:-1]) for shape in weights), default=1)
    if math.prod(shapes[OUTPUT][:-1]) * taps > _MOST:
        return None
    return _written_out(shown.layer, tuple(shapes.items()))


@lru_cache(maxsize=1)
def _written_out(layer: Layer, shapes: tuple[tuple[str, Shape], ...]) -> Matrices | None:
    """Return the product; every tab asks for it anew, and a large one takes a while."""
    return layer.matrices(dict(shapes))
