"""A number is the same to its last bit, whether it was computed alone or with everything else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.network import INPUT, Evaluation, Network, Node
from cnn_tutor.engine.registry import layer_kinds
from tests.unit.engine.chains import chains_of_all_kinds

DTYPES = ("float32", "float64")
ODD = (np.inf, -np.inf, np.nan, 0.0, -0.0)

pytestmark = pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")


def check_edits(network: Network, x: Array, rng: np.random.Generator, edits: int) -> None:
    """Change cells by lot, some to what is no number, and compare with computing all again."""
    live = Evaluation(network, x)
    places = [(INPUT, "x", x.shape)] * 3 + [
        (node.name, port, tensor.shape)
        for node in network.nodes
        for port, tensor in node.tensors.items()
    ]
    for _ in range(edits):
        name, port, shape = places[rng.integers(len(places))]
        cells = {
            tuple(rng.integers(shape).tolist()): float(
                rng.normal() if rng.random() < 0.9 else rng.choice(ODD)
            )
            for _ in range(rng.integers(1, 3))
        }
        live.set_cells(name, port, cells)
    nodes = tuple(
        Node(node.name, node.layer, {port: live.tensors(node.name)[port] for port in node.tensors})
        for node in network.nodes
    )
    fresh = Evaluation(Network(network.input_shape, nodes), live.value(INPUT))
    for name in (INPUT, *(node.name for node in nodes)):
        found, expected = live.value(name), fresh.value(name)
        np.testing.assert_array_equal(found, expected, strict=True)
        number = ~np.isnan(found)
        np.testing.assert_array_equal(np.signbit(found[number]), np.signbit(expected[number]))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("level", range(6))
@pytest.mark.parametrize("kind", layer_kinds())
def test_edits_of_any_layer_end_where_a_new_evaluation_begins(
    kind: str, level: int, dtype: str
) -> None:
    rng = np.random.default_rng(level)
    layer, tensors = layer_kinds()[kind].sample(rng, level)
    off = {
        port: (t if port in layer.switches else t + rng.uniform(-1, 1, t.shape)).astype(dtype)
        for port, t in tensors.items()
    }
    x = off.pop("x")
    network = Network(x.shape, (Node("a", layer, off),))
    for _ in range(5):
        check_edits(network, x, rng, 6)


@pytest.mark.parametrize("dtype", DTYPES)
@settings(max_examples=250)
@given(st.data())
def test_edits_of_any_network_end_where_a_new_evaluation_begins(
    dtype: str, data: st.DataObject
) -> None:
    network = data.draw(chains_of_all_kinds(longest=45, dtype=dtype))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    check_edits(network, rng.normal(size=network.input_shape).astype(dtype), rng, 6)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    ("x", "size"), [((70, 300, 1), (3, 3, 1, 8)), ((40, 40, 24), (5, 5, 24, 32))]
)
def test_it_is_so_with_any_number_of_threads(
    x: Shape, size: Shape, dtype: str, threads: int
) -> None:
    rng = np.random.default_rng(0)
    kernel, weights = (rng.normal(size=s).astype(dtype) for s in (size, (size[-1], 5)))
    nodes = (
        Node("conv", Conv2D(padding="same"), {"kernel": kernel}),
        Node("dense", Dense(), {"kernel": weights}),
    )
    with threadpool_limits(threads, "blas"):
        for _ in range(4):
            check_edits(Network(x, nodes), rng.normal(size=x).astype(dtype), rng, 4)
