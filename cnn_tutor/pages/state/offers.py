"""Which ways of looking at the shown layer have something to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.study.boards import views
from cnn_tutor.study.boards.views import CELLS, MATRICES, NETWORK, UNITS

__all__ = ["CELLS", "MATRICES", "NETWORK", "OFFERS", "UNITS"]


def _is_offered(view: str, shown: ShownLayer) -> bool:
    return views.shows(view, shown.layer, shown.input_shapes, shown.shapes[OUTPUT])


OFFERS: Mapping[str, Callable[[ShownLayer], bool]] = MappingProxyType(
    {view: partial(_is_offered, view) for view in views.VIEWS}
)
"""For each view whether it can show the layer, in the order of their tabs."""
