"""A network of every sort of layer: one changed cell gives what computing it all anew gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.engine.layers.flatten import Flatten
from cnn_tutor.engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from cnn_tutor.engine.layers.global_max_pooling2d import GlobalMaxPooling2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.layers.sigmoid import Sigmoid
from cnn_tutor.engine.layers.softmax import Softmax
from cnn_tutor.engine.layers.tanh import Tanh
from cnn_tutor.engine.network import Evaluation, Network, Node

X = (9, 8, 2)


def build(*layers: Layer) -> Network:
    """Put layers in a row over 9×8×2, with weights by lot in the shapes that fit."""
    rng = np.random.default_rng(0)
    network = Network(X, ())
    for n, layer in enumerate(layers):
        name = f"{layer.kind}_{n}"
        before = network.nodes[-1].name if network.nodes else "input"
        shapes = layer.fit({"x": network.shape(before)})
        if layer.kind == "conv2d":
            shapes = layer.fit({**shapes, "x": network.shape(before), "kernel": (3, 2, 1, 3)})
        tensors = {
            port: layer.fresh(port, shape, rng)
            if port in layer.switches
            else rng.uniform(-1, 1, shape)
            for port, shape in shapes.items()
        }
        network = Network(X, (*network.nodes, Node(name, layer, tensors)))
    return network


NETWORKS = {
    "the decks'": build(
        Conv2D(padding="same"),
        ReLU(),
        MaxPooling2D(padding="same"),
        Flatten(),
        Dense(),
        Dropout(rate=0.4),
        Softmax(),
    ),
    "curves": build(
        Conv2D((2, 1), ((1, 0), (0, 2))),
        Tanh(),
        AveragePooling2D((3, 2), (1, 2), ((0, 2), (1, 0))),
        Dropout(rate=0.3, seed=3),
        Sigmoid(),
        GlobalAveragePooling2D(),
        Dense(),
        Softmax(),
    ),
    "pools": build(
        MaxPooling2D((3, 3), (2, 1)),
        AveragePooling2D((2, 3), (1, 1), "same"),
        Dropout(rate=0.3, training=False),
        Dense(),
        Softmax(),
        GlobalMaxPooling2D(),
        Tanh(),
    ),
}


@pytest.mark.parametrize("name", NETWORKS)
@settings(max_examples=120)
@given(st.data())
def test_a_changed_cell_gives_the_same_numbers_as_computing_everything(
    name: str, data: st.DataObject
) -> None:
    network = NETWORKS[name]
    x = np.random.default_rng(data.draw(st.integers(0, 99))).integers(-3, 4, X).astype(float)
    live = Evaluation(network, x)
    names = ["input", *(node.name for node in network.nodes)]
    places = {("input", "x"): X} | {
        (node.name, p): t.shape for node in network.nodes for p, t in node.tensors.items()
    }
    tensors = {node.name: dict(node.tensors) for node in network.nodes}
    for _ in range(3):  # a region that was left stale would show in the next
        (at, port), shape = data.draw(st.sampled_from(list(places.items())))
        index = tuple(data.draw(st.integers(0, n - 1)) for n in shape)
        value = data.draw(st.sampled_from([0.0, 1.0, -5.0, 40.0]))
        before = {n: live.value(n).copy() for n in names}
        regions = live.set_cell(at, port, index, value)
        if at == "input":
            x[index] = value
        else:
            tensors[at][port] = tensors[at][port].copy()
            tensors[at][port][index] = value
        nodes = tuple(Node(n.name, n.layer, tensors[n.name]) for n in network.nodes)
        fresh = Evaluation(Network(X, nodes), x)
        for n, old in before.items():
            np.testing.assert_array_equal(live.value(n), fresh.value(n), strict=True)
            reported = np.zeros(old.shape, bool)
            if n in regions:
                reported[regions[n]] = True
            assert not ((live.value(n) != old) & ~reported).any(), n


def test_only_what_a_cell_reaches_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    layers = (Conv2D(padding="same"), ReLU(), MaxPooling2D(), AveragePooling2D(padding="same"))
    network = build(*layers, Dropout(), Sigmoid(), Tanh(), Flatten())
    live = Evaluation(network, np.ones(X))
    computed: list[Any] = []
    for kind in {type(node.layer) for node in network.nodes} - {Conv2D}:  # that has tiles

        def recorded(layer: Any, tensors: Any, forward: Any = kind.forward) -> Any:
            output = forward(layer, tensors)
            computed.append((layer.kind, output.shape))
            return output

        monkeypatch.setattr(kind, "forward", recorded)
    changed = live.set_cell("input", "x", (0, 0, 0), 9)
    assert dict(computed) == {
        "relu": (2, 1, 3),
        "max_pooling2d": (1, 1, 3),
        "average_pooling2d": (1, 1, 3),
        "dropout": (1, 1, 3),
        "sigmoid": (1, 1, 3),
        "tanh": (1, 1, 3),
    }
    assert changed["flatten_7"] == (slice(0, 3),)
    assert live.set_cell("dropout_4", "mask", (1, 1, 2), 0) == {
        "dropout_4": (slice(1, 2), slice(1, 2), slice(2, 3)),
        "sigmoid_5": (slice(1, 2), slice(1, 2), slice(2, 3)),
        "tanh_6": (slice(1, 2), slice(1, 2), slice(2, 3)),
        "flatten_7": (slice(11, 12),),
    }


def test_a_mask_that_is_not_in_use_changes_nothing() -> None:
    network = build(Dropout(training=False), ReLU())
    live = Evaluation(network, np.ones(X))
    assert live.set_cell("dropout_0", "mask", (0, 0, 0), 0) == {}


def test_a_receptive_field_goes_back_through_every_sort_of_layer() -> None:
    layers = Conv2D(padding="same"), ReLU(), MaxPooling2D(), Flatten()
    network = build(*layers, Dense(), Dropout(), Softmax())
    rgb = slice(0, 2)
    # The place 13 of the vector is row 1, column 0, channel 1 of the pooled maps of 4×4×3.
    assert network.receptive_field("flatten_3", (13,)) == (slice(1, 5), slice(0, 3), rgb)
    assert network.receptive_field("softmax_6", (0,)) == (slice(0, 9), slice(0, 8), rgb)


@pytest.mark.parametrize("name", NETWORKS)
@settings(max_examples=30)
@given(st.data())
def test_a_receptive_field_holds_every_input_that_changes_the_output(
    name: str, data: st.DataObject
) -> None:
    network = NETWORKS[name]
    node = data.draw(st.sampled_from(network.nodes)).name
    at = tuple(data.draw(st.integers(0, n - 1)) for n in network.shape(node))
    inside = np.zeros(X, bool)
    inside[network.receptive_field(node, at)] = True
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, X)
    other = np.where(inside, x, rng.uniform(-1, 1, X))
    outputs = [Evaluation(network, given).value(node)[at] for given in (x, other)]
    assert outputs[0] == pytest.approx(outputs[1], rel=1e-12)
