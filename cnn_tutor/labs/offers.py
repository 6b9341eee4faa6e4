"""Which ways of looking at a layer have something to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from cnn_tutor.labs import product
from cnn_tutor.labs.shown_layer import ShownLayer

CELLS, MATRICES, UNITS, NETWORK = "cells", "matrices", "units", "network"
"""The views by their keys, which are those of their names in ``resources/words/views.toml``."""


def _is_product(shown: ShownLayer) -> bool:
    return product.matrices(shown) is not None


def _joins_units(shown: ShownLayer) -> bool:
    layer = type(shown.layer)
    return bool(layer.weights or layer.switches)


OFFERS: Mapping[str, Callable[[ShownLayer], bool]] = MappingProxyType(
    {
        CELLS: lambda shown: True,
        MATRICES: _is_product,
        UNITS: _joins_units,
        NETWORK: lambda shown: True,
    }
)
"""For each view whether it can show the layer, in the order of their tabs."""
