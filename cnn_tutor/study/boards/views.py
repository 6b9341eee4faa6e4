"""The ways of looking at a layer, and which of them have something to show of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.matrices import Matrices

CELLS, MATRICES, UNITS, NETWORK = "cells", "matrices", "units", "network"
"""The views by their keys, which are those of their names in ``resources/words/views.toml``."""

_PATCHES_LIMIT = 1_000_000
"""Places of the patches of a product of matrices: some dozens of megabytes."""

Shows = Callable[[Layer, Mapping[str, Shape], Shape], bool]


def shows(view: str, layer: Layer, shapes: Mapping[str, Shape], output: Shape) -> bool:
    """Say whether a view can show a layer; False for what is no view.

    ``shapes`` are those of its ports, and ``output`` that of what it puts out.
    """
    return view in VIEWS and VIEWS[view](layer, shapes, output)


def product(layer: Layer, shapes: Mapping[str, Shape], output: Shape) -> Matrices | None:
    """Return a layer as a product of matrices.

    None if it is not one, or far too large to be looked at.
    """
    weights = [shapes[port] for port in type(layer).weights if port in shapes]
    taps = max((math.prod(shape[:-1]) for shape in weights), default=1)
    if math.prod(output[:-1]) * taps > _PATCHES_LIMIT:
        return None
    return _written_out(layer, tuple(shapes.items()))


@lru_cache(maxsize=1)
def _written_out(layer: Layer, shapes: tuple[tuple[str, Shape], ...]) -> Matrices | None:
    """Return the product; every tab asks for it anew, and a large one takes a while."""
    return layer.matrices(dict(shapes))


VIEWS: Mapping[str, Shows] = MappingProxyType(
    {
        CELLS: lambda layer, shapes, output: True,
        MATRICES: lambda *of: product(*of) is not None,
        UNITS: lambda layer, shapes, output: bool(type(layer).weights or type(layer).switches),
        NETWORK: lambda layer, shapes, output: True,
    }
)
"""For each view whether it can show a layer, in the order of their tabs."""


def view_keys(key: str) -> str:
    """Return the shortcut of a view, by its place among them."""
    return f"Ctrl+{list(VIEWS).index(key) + 1}"
