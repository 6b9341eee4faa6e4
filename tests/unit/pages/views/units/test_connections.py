"""How many connections a layer has is known without a look at each of them."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.document.document import Document
from cnn_tutor.engine import region as regions
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.pages.views.units import connections
from cnn_tutor.project.project import Project


def one_by_one(shown: ShownLayer) -> int:
    layer, shapes = shown.layer, shown.shapes
    cells = connections.indices(shapes["x"])
    return sum(regions.size(layer.affected("x", at, shapes)) for at in cells)


@pytest.mark.parametrize("kind", layer_kinds())
def test_they_are_as_many_as_when_each_is_counted(qapp, monkeypatch, kind: str) -> None:
    monkeypatch.setattr(ShownLayer, "matrices", None)
    rng, levels = np.random.default_rng(0), (1, 2, 3, 4, 5)
    for level in levels * 4:
        layer, tensors = layer_kinds()[kind].sample(rng, level)
        own = {port: tensor for port, tensor in tensors.items() if port != "x"}
        shown = ShownLayer(Document(Project.of(tensors["x"], layer, own)))
        assert connections.count(shown) == one_by_one(shown)


def test_nothing_is_looked_at_for_each_cell_of_a_large_board(qapp, monkeypatch) -> None:
    conv = layer_kinds()["conv2d"]
    tensors = {"kernel": np.ones((11, 11, 16, 16)), "bias": np.zeros(16)}
    project = Project.of(np.ones((64, 64, 16)), conv(padding="same"), tensors)
    shown, asked = ShownLayer(Document(project)), []
    affected = conv.affected
    monkeypatch.setattr(conv, "affected", lambda *given: asked.append(1) or affected(*given))
    assert connections.count(shown) == 674**2 * 256
    assert len(asked) == 16
