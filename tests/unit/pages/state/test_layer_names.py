from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.network import Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.pages.state import layer_names
from cnn_tutor.project.project import Project
from cnn_tutor.study import words

KERNEL = {"kernel": np.ones((3, 3, 1, 1)), "bias": np.zeros(1)}
NODES = (Node("conv2d_1", Conv2D(), KERNEL), Node("relu_1", ReLU(), {}))


@pytest.mark.parametrize(
    ("nodes", "labels"),
    [
        (NODES, ["Input", "Convolution", "ReLU"]),
        ((*NODES, Node("conv2d_5", Conv2D(), KERNEL)), ["Input", "Convolution 1", "ReLU"]),
    ],
)
def test_a_layer_has_a_number_where_there_are_several_of_its_kind(nodes, labels) -> None:
    network = Project.chain(np.ones((7, 7, 1)), nodes).network
    found = [layer_names.label(network, name) for name in ("input", "conv2d_1", "relu_1")]
    assert found == labels


def test_a_kind_without_a_word_comes_last(monkeypatch) -> None:
    assert sorted(layer_names.kinds()) == sorted(layer_kinds())
    table = dict(words.table("kinds"))
    table.pop("conv2d")
    monkeypatch.setattr(words, "table", lambda name: table)
    assert layer_names.kinds()[-1] == "conv2d"


def test_how_sizes_and_places_are_written() -> None:
    assert layer_names.size((28, 28, 6)) == "28×28×6"
    assert layer_names.cell((3, 4, 2)) == "[3, 4, 2]"
