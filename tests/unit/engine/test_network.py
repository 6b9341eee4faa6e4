"""Networks: their numbers to the last bit, what a change reaches, and what an output reads."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal, ShapeError
from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers._blocks import Blocks
from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.engine.layers.flatten import Flatten
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.layers.sigmoid import Sigmoid
from cnn_tutor.engine.layers.softmax import Softmax
from cnn_tutor.engine.layers.tanh import Tanh
from cnn_tutor.engine.network import INPUT, Evaluation, Network, Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.engine.window import Pair
from tests.unit.engine.chains import chains_of_all_kinds
from tests.unit.engine.toys import Failing, Picky, Scaled

DTYPES = ("float32", "float64")
ODD = (np.inf, -np.inf, np.nan, 0.0, -0.0)

pytestmark = pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")


def conv(name: str, size: tuple[int, ...], **settings: Any) -> Node:
    """A node whose weights are all positive, so that no change cancels another."""
    weights = np.arange(1.0, np.prod(size) + 1).reshape(size)
    return Node(name, Conv2D(**settings), {"kernel": weights, "bias": np.ones(size[3])})


# --- changes -------------------------------------------------------------------------------------


def check_change(live: Evaluation, name: str, port: str, cells: dict[Index, float]) -> None:
    """Change cells; compare with computing everything anew, and the regions with what changed."""
    network = live.network
    names = (INPUT, *(node.name for node in network.nodes))
    before = {n: live.value(n).copy() for n in names}
    regions = live.set_cells(name, port, cells)
    nodes = tuple(
        Node(node.name, node.layer, {port: live.tensors(node.name)[port] for port in node.tensors})
        for node in network.nodes
    )
    fresh = Evaluation(Network(network.input_shape, nodes), live.value(INPUT))
    for n in names:
        found, expected = live.value(n), fresh.value(n)
        np.testing.assert_array_equal(found, expected, strict=True)
        number = ~np.isnan(found)
        np.testing.assert_array_equal(np.signbit(found[number]), np.signbit(expected[number]))
        reported = np.zeros(found.shape, bool)
        if n in regions:
            reported[regions[n]] = True
        same = (found == before[n]) | (np.isnan(found) & np.isnan(before[n]))
        assert (same | reported).all(), n


def check_changes(network: Network, x: Array, rng: np.random.Generator, count: int = 6) -> None:
    """Change random cells, some to what is no number."""
    live = Evaluation(network, x)
    places = [(INPUT, "x", x.shape)] * 3 + [
        (node.name, port, tensor.shape)
        for node in network.nodes
        for port, tensor in node.tensors.items()
    ]
    for _ in range(count):
        name, port, shape = places[rng.integers(len(places))]
        cells = {
            tuple(rng.integers(shape).tolist()): float(
                rng.normal() if rng.random() < 0.9 else rng.choice(ODD)
            )
            for _ in range(rng.integers(1, 3))
        }
        check_change(live, name, port, cells)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("level", range(6))
@pytest.mark.parametrize("kind", layer_kinds())
def test_a_changed_layer_has_the_numbers_of_a_new_evaluation(
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
        check_changes(network, x, rng)


@pytest.mark.parametrize("dtype", DTYPES)
@settings(max_examples=250)
@given(st.data())
def test_a_changed_network_has_the_numbers_of_a_new_evaluation(
    dtype: str, data: st.DataObject
) -> None:
    network = data.draw(chains_of_all_kinds(longest=45, dtype=dtype))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    check_changes(network, rng.normal(size=network.input_shape).astype(dtype), rng)


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
        check_changes(Network(x, nodes), rng.normal(size=x).astype(dtype), rng, 8)


@pytest.mark.parametrize("second", [{"strides": 2}, {"strides": 3}, {"padding": ((1, 2), (0, 1))}])
def test_a_change_reaches_what_reads_the_middle_of_a_box_but_not_its_corners(
    second: dict[str, Any],
) -> None:
    nodes = (conv("conv1", (3, 3, 1, 1)), conv("conv2", (1, 1, 1, 1), **second))
    live = Evaluation(Network((7, 7, 1), nodes), np.ones((7, 7, 1)))
    for index in np.ndindex(7, 7, 1):
        check_change(live, INPUT, "x", {index: 50.0})


def test_only_what_the_cell_reaches_is_said_to_change() -> None:
    nodes = (conv("conv1", (3, 3, 1, 2)), conv("conv2", (3, 3, 2, 2)))
    live = Evaluation(Network((9, 9, 1), nodes), np.ones((9, 9, 1)))
    assert live.set_cell("input", "x", (1, 4, 0), 5) == {
        "input": (slice(1, 2), slice(4, 5), slice(0, 1)),
        "conv1": (slice(0, 2), slice(2, 5), slice(0, 2)),
        "conv2": (slice(0, 2), slice(0, 5), slice(0, 2)),
    }
    assert live.set_cell("conv2", "kernel", (0, 0, 0, 1), 5) == {
        "conv2": (slice(0, 5), slice(0, 5), slice(1, 2))
    }


@pytest.mark.parametrize("groups", [1, 2])
def test_what_is_computed_for_a_cell_does_not_grow_with_the_image(
    groups: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    multiplied: list[int] = []
    multiply = Blocks._multiply

    def recorded(blocks: Blocks, read: Array, weights: Array, made: Array) -> None:
        multiplied.append(read.size)
        multiply(blocks, read, weights, made)

    monkeypatch.setattr(Blocks, "_multiply", recorded)
    most = []
    for side in (64, 512):
        size = (side, side, 2)
        nodes = (
            conv("conv1", (3, 3, 2 // groups, 4), padding="same", groups=groups),
            conv("conv2", (3, 3, 4 // groups, 2), padding="same", groups=groups),
        )
        live, found = Evaluation(Network(size, nodes), np.ones(size)), []
        for row, column in np.random.default_rng(0).integers(side, size=(50, 2)).tolist():
            multiplied.clear()
            live.set_cell("input", "x", (row, column, 0), 5)
            found.append(sum(multiplied))
        most.append(max(found))
    assert most[1] <= 3 * most[0]  # where the image has 64 times as many cells


X = (9, 8, 2)


def build(*layers: Layer) -> Network:
    """Put layers in a row over 9×8×2, with random weights in the shapes that fit."""
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


# --- what is read ---------------------------------------------------------------------------------


@settings(max_examples=300)
@given(chains_of_all_kinds(longest=9), st.data())
def test_what_a_cell_reads_of_every_value_is_what_its_explanations_name(
    network: Network, data: st.DataObject
) -> None:
    at = tuple(data.draw(st.integers(0, n - 1)) for n in network.shape(network.last))
    cells, expected = {at}, {network.last: regions.cell(at)}
    for node in reversed(network.nodes):
        shapes = network.shapes(node.name)
        tensors = {port: np.zeros(shape) for port, shape in shapes.items()}
        read = (cell for at in cells for cell in node.layer.explain(tensors, at).cells("x"))
        cells = {cell.index for cell in read if regions.has(cell.index, shapes["x"])}
        box = regions.hull(map(regions.cell, cells), len(shapes["x"]))
        expected[network.before(node.name)] = box
    assert network.reads(network.last, at) == expected


ROUND, SIDE = {"padding": ((1, 1), (1, 1))}, {"padding": ((0, 0), (1, 0))}
DILATED = conv("c", (1, 2, 1, 1), dilation_rate=2)


@pytest.mark.parametrize(
    ("x", "nodes", "rows", "columns"),
    [
        ((1, 1, 1), (conv("a", (1, 1, 1, 1), **ROUND), conv("b", (3, 3, 1, 1))), (0, 1), (0, 1)),
        (
            (5, 5, 1),
            (conv("a", (2, 2, 1, 1), **ROUND, dilation_rate=3), conv("b", (3, 3, 1, 1))),
            (0, 5),
            (0, 5),
        ),
        ((1, 4, 1), (conv("a", (1, 1, 1, 1), **SIDE), DILATED), (0, 1), (1, 2)),
    ],
    ids=[
        "only the middle of the box reads a cell",
        "the middle reads further than the corners",
        "a gap of a dilation lies over padding",
    ],
)
def test_a_box_s_middle_counts_where_its_corners_read_padding(
    x: Shape, nodes: tuple[Node, ...], rows: Pair, columns: Pair
) -> None:
    network = Network(x, nodes)
    field = (slice(*rows), slice(*columns), slice(0, 1))
    assert network.receptive_field(network.last, (0, 0, 0)) == field


def test_a_field_that_falls_on_what_is_skipped_is_empty() -> None:
    """Both cells that the last layer reads are padding; the one in its gap would have been read."""
    first = conv("a", (1, 1, 1, 1), padding=((0, 0), (1, 1)))
    network = Network((1, 1, 1), (first, DILATED, conv("d", (1, 1, 1, 1))))
    assert network.reads("d", (0, 0, 0))["a"] == (slice(0, 1), slice(0, 3), slice(0, 1))
    assert network.receptive_field("d", (0, 0, 0)) == (slice(0, 0),) * 3


def test_a_deep_network_over_a_large_image_is_followed_back_at_once() -> None:
    nodes = [conv(f"n{n}", (3, 3, 1, 1), padding="same", dilation_rate=1 + n) for n in range(29)]
    network = Network((1024, 1024, 1), nodes)
    reads = network.reads("n28", (512, 512, 0))
    # Each layer reaches as far again as its dilation: 1 + 2 + ... + 29.
    assert reads["input"] == (slice(512 - 435, 512 + 436), slice(512 - 435, 512 + 436), slice(0, 1))


def test_a_receptive_field_grows_with_every_layer() -> None:
    nodes = (conv("a", (3, 3, 3, 2)), conv("b", (3, 3, 2, 1), padding="same"))
    network = Network((9, 9, 3), nodes)
    rgb = slice(0, 3)
    assert network.receptive_field("a", (2, 3, 1)) == (slice(2, 5), slice(3, 6), rgb)
    assert network.receptive_field("b", (2, 3, 0)) == (slice(1, 6), slice(2, 7), rgb)
    assert network.receptive_field("b", (0, 6, 0)) == (slice(0, 4), slice(5, 9), rgb)


def test_a_cell_s_reads_are_said_of_every_earlier_value() -> None:
    nodes = (
        conv("a", (3, 3, 3, 2)),
        conv("b", (3, 3, 2, 1), padding="same"),
        conv("c", (1, 1, 1, 1)),
    )
    network = Network((9, 9, 3), nodes)
    assert network.reads("b", (0, 6, 0)) == {
        "b": (slice(0, 1), slice(6, 7), slice(0, 1)),
        "a": (slice(0, 2), slice(5, 7), slice(0, 2)),
        "input": (slice(0, 4), slice(5, 9), slice(0, 3)),
    }
    assert network.reads("input", (8, 0, 2)) == {"input": (slice(8, 9), slice(0, 1), slice(2, 3))}
    with pytest.raises(IndexError):
        network.reads("b", (0, 7, 0))


def test_what_reads_nothing_but_padding_has_empty_boxes() -> None:
    far = {"padding": ((3, 3), (3, 3))}
    nodes = (conv("a", (2, 2, 1, 1)), conv("b", (2, 2, 1, 1), **far), conv("c", (1, 1, 1, 2)))
    network = Network((4, 4, 1), nodes)
    nothing = (slice(0, 0),) * 3
    corner = (slice(0, 1),) * 3
    assert network.reads("c", (0, 0, 0)) == {
        "c": corner,
        "b": corner,
        "a": nothing,
        "input": nothing,
    }


def test_a_receptive_field_goes_back_through_every_sort_of_layer() -> None:
    layers = Conv2D(padding="same"), ReLU(), MaxPooling2D(), Flatten()
    network = build(*layers, Dense(), Dropout(), Softmax())
    rgb = slice(0, 2)
    # The place 13 of the vector is row 1, column 0, channel 1 of the pooled maps of 4×4×3.
    assert network.receptive_field("flatten_3", (13,)) == (slice(1, 5), slice(0, 3), rgb)
    assert network.receptive_field("softmax_6", (0,)) == (slice(0, 9), slice(0, 8), rgb)


def test_parameters_are_counted_over_all_layers() -> None:
    nodes = (conv("a", (5, 5, 3, 6)), conv("b", (5, 5, 6, 10)))
    assert Network((32, 32, 3), nodes).parameters == 456 + 1510
    assert Network((4,), ()).parameters == 0


def test_the_last_node_has_a_name() -> None:
    nodes = (conv("a", (3, 3, 1, 1)), conv("b", (1, 1, 1, 1)))
    assert Network((5, 5, 1), nodes).last == "b"
    assert Network((5, 5, 1), ()).last == "input"


def test_names_lead_to_nodes_shapes_and_what_comes_before() -> None:
    nodes = (conv("a", (3, 3, 3, 2)), conv("b", (3, 3, 2, 1), strides=2))
    network = Network((9, 8, 3), nodes)
    assert [network.shape(name) for name in ("input", "a", "b")] == [
        (9, 8, 3),
        (7, 6, 2),
        (3, 2, 1),
    ]
    assert [network.before(name) for name in ("a", "b")] == ["input", "a"]
    assert [network.position(name) for name in ("a", "b")] == [0, 1]
    assert network.node("b") is nodes[1]
    assert network.shapes("b") == {"x": (7, 6, 2), "kernel": (3, 3, 2, 1), "bias": (1,)}


@pytest.mark.parametrize("names", [("a", "a"), ("input", "b"), ("a", "input")])
def test_two_layers_cannot_share_a_name_nor_take_the_input_s(names: tuple[str, str]) -> None:
    with pytest.raises(ShapeError, match="name_twice"):
        Network((5, 5, 1), tuple(conv(name, (1, 1, 1, 1)) for name in names))


ORDER = {"node": "b", "before": "a"}
"""What a refusal says of the order of the layers."""


def test_a_layer_that_does_not_fit_is_named() -> None:
    with pytest.raises(ShapeError) as refused:
        Network((5, 5, 1), (conv("a", (3, 3, 1, 2)), conv("b", (3, 3, 3, 1))))
    assert refused.value.reason == "depth_differs"
    assert refused.value.values == {"channels": 2, "depth": 3, "groups": 1, **ORDER}


def test_unknown_names_and_ports_are_key_errors() -> None:
    network = Network((5, 5, 1), (conv("a", (3, 3, 1, 1)),))
    live = Evaluation(network, np.zeros((5, 5, 1)))
    for name, port in (("b", "kernel"), ("a", "mask"), ("a", "x")):
        with pytest.raises(KeyError):
            live.set_cell(name, port, (0, 0, 0), 1)
    for look in (network.node, network.shape, network.before, network.shapes, live.value):
        with pytest.raises(KeyError):
            look("b")


@pytest.mark.parametrize("index", [(5, 0, 0), (0, 9, 0), (-1, 0, 0), (2, -2, 0), (0, 0), (0,)])
def test_a_cell_outside_the_tensor_cannot_be_set(index: tuple[int, ...]) -> None:
    network = Network((5, 5, 1), (conv("a", (3, 3, 1, 1), padding="same"),))
    live = Evaluation(network, np.zeros((5, 5, 1)))
    before = live.value("a").copy()
    with pytest.raises(IndexError):
        live.set_cell("input", "x", index, 1)
    assert not live.value("input").any()
    np.testing.assert_array_equal(live.value("a"), before)


def test_an_evaluation_owns_its_numbers() -> None:
    x = np.zeros((5, 5, 1))
    network = Network((5, 5, 1), (conv("a", (3, 3, 1, 1)),))
    live = Evaluation(network, x)
    view = live.value("a")
    with pytest.raises(ValueError, match="read-only"):
        view[0, 0, 0] = 1
    live.set_cell("input", "x", (0, 0, 0), 2)
    live.set_cell("a", "kernel", (0, 0, 0, 0), 7)
    assert view[0, 0, 0] == live.explain("a", (0, 0, 0)).value == 15
    assert not x.any()
    assert network.node("a").tensors["kernel"][0, 0, 0, 0] == 1
    with pytest.raises(ShapeError, match="input_shape"):
        Evaluation(network, np.zeros((5, 5, 3)))


def test_a_node_may_be_a_plain_triple() -> None:
    kernel = {"kernel": np.ones((3, 3, 1, 1))}
    network = Network((5, 5, 1), [("first", Conv2D(), kernel), conv("second", (1, 1, 1, 1))])
    assert [node.name for node in network.nodes] == ["first", "second"]
    assert network.shape("first") == (3, 3, 1)


# --- layers with no more than the contract -------------------------------------------------------


SCALE = {"scale": np.array([2.0])}


@pytest.mark.parametrize("error", [ValueError, KeyError, IndexError, TypeError, RuntimeError])
def test_a_layer_that_fails_is_named_in_the_error_itself(error: type[Exception]) -> None:
    class Odd(Failing):
        kind = "odd"

    Odd.error = error
    network = Network((2, 2, 1), (("a", Scaled(), SCALE), ("b", Odd(), SCALE)))
    live = Evaluation(network, np.ones((2, 2, 1)))
    for fail in (
        lambda: Evaluation(network, np.full((2, 2, 1), 30.0)),
        lambda: live.set_cell("input", "x", (0, 0, 0), 40),
    ):
        with pytest.raises(error) as failed:
            fail()
        assert not isinstance(failed.value, Refusal)
        assert failed.value.__notes__ == ["In the layer b (odd) over an input of shape (2, 2, 1)."]


def test_a_layer_that_cannot_say_its_shape_is_named() -> None:
    with pytest.raises(Exception) as failed:  # noqa: PT011  # whatever it is that it raises
        Network((4,), (("a", Scaled(), SCALE), ("b", Picky(), SCALE)))
    assert failed.value.__notes__ == ["In the layer b (picky) over an input of shape (4,)."]
    with pytest.raises(Refusal) as refused:
        Network((4,), (("a", Scaled(), {}),))
    assert refused.value.reason == "ports"


def test_an_output_of_another_shape_than_promised_is_an_error() -> None:
    class Liar(Scaled):
        def forward(self, tensors):
            return tensors["x"][:1]

    with pytest.raises(ValueError, match="promised"):
        Evaluation(Network((2, 2, 1), (("a", Liar(), SCALE),)), np.ones((2, 2, 1)))


@pytest.mark.parametrize("view", [lambda x: x, lambda x: np.broadcast_to(x, x.shape)])
def test_an_output_that_shares_its_memory_does_not_change_by_itself(view) -> None:
    class Shown(Scaled):
        def forward(self, tensors):
            return view(tensors["x"])

    live = Evaluation(Network((3,), (("a", Shown(), SCALE),)), np.ones(3))
    value = live.value("a")
    assert live.set_cell("input", "x", (1,), 5)["a"] == (slice(1, 2),)
    assert value.tolist() == live.value("input").tolist() == [1, 5, 1]


def test_whole_numbers_of_a_layer_can_become_others() -> None:
    class Floor(Scaled):
        def forward(self, tensors):
            return tensors["x"].astype(int) if tensors["x"].max() < 2 else tensors["x"] * 1.5

    live = Evaluation(Network((2,), (("a", Floor(), SCALE),)), np.ones(2))
    live.set_cell("input", "x", (0,), 5)
    assert live.value("a")[0] == 7.5
