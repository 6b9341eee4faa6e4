"""Which views a layer is offered: one rule for the tabs and for lessons."""

from __future__ import annotations

import pytest

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.boards.views import VIEWS, shows

ALL, SEEN = {"cells", "matrices", "units", "network"}, {"cells", "network"}


@pytest.mark.parametrize(
    ("preset", "offered"),
    [
        ("convolution", ALL), ("dense", ALL), ("relu", SEEN), ("max_pooling", SEEN),
        ("flatten", SEEN), ("dropout", SEEN | {"units"}),
    ],
)  # fmt: skip
def test_a_view_is_offered_where_it_has_something_to_show(preset: str, offered: set[str]) -> None:
    network = presets()[preset].project().network
    name = network.last
    layer, shapes, output = network.node(name).layer, network.shapes(name), network.shape(name)
    assert {view for view in VIEWS if shows(view, layer, shapes, output)} == offered
    assert not shows("photo", layer, shapes, output)


def test_a_product_that_is_far_too_large_is_not_written_out() -> None:
    shapes = {"x": (64, 64, 16), "kernel": (11, 11, 16, 16), "bias": (16,)}
    layer = Conv2D()
    assert not shows("matrices", layer, shapes, layer.output_shape(shapes))
    assert shows("units", layer, shapes, layer.output_shape(shapes))


def test_every_view_has_a_name() -> None:
    assert VIEWS.keys() == words.table("views").keys()
