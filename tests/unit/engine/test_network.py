"""Two convolutions in a chain: what a change reaches, and what an output reads."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.layers._blocks import Blocks
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.network import Evaluation, Network, Node
from cnn_tutor.engine.region import Region
from tests.unit.engine.chains import chains_of_all_kinds

Chain = tuple[Network, Array]


def conv(name: str, size: tuple[int, ...], **settings: Any) -> Node:
    """A node whose weights are all positive, so that no change cancels another."""
    weights = np.arange(1.0, np.prod(size) + 1).reshape(size)
    return Node(name, Conv2D(**settings), {"kernel": weights, "bias": np.ones(size[3])})


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    shape = (draw(st.integers(3, 8)), draw(st.integers(1, 8)), draw(st.sampled_from([1, 2])))
    pair, pads = (st.tuples(st.integers(n, 3), st.integers(n, 3)) for n in (1, 0))
    paddings = st.one_of(st.sampled_from(["valid", "same"]), st.tuples(pads, pads))
    network = Network(shape, ())
    for before, name in (("input", "conv1"), ("conv1", "conv2")):
        depth = network.shape(before)[2]
        groups = draw(st.sampled_from([1, depth]))
        size = (*draw(pair), depth // groups, groups * draw(st.sampled_from([1, 2])))
        given = {"strides": draw(pair), "dilation_rate": draw(pair), "groups": groups}
        try:
            node = conv(name, size, padding=draw(paddings), **given)
            network = Network(shape, (*network.nodes, node))
        except ShapeError:  # any window fits with "same"
            node = conv(name, size, padding="same", **given)
            network = Network(shape, (*network.nodes, node))
    return network, np.random.default_rng(draw(st.integers(0, 99))).integers(0, 9, shape)


def check_change(chain: Chain, name: str, port: str, index: tuple[int, ...]) -> None:
    """Change a cell; compare with computing everything anew, and the regions with what changed."""
    network, x = chain
    live = Evaluation(network, x)
    before = {n: live.value(n).copy() for n in ("input", "conv1", "conv2")}
    regions = live.set_cell(name, port, index, 50)
    tensors = {node.name: {p: t.copy() for p, t in node.tensors.items()} for node in network.nodes}
    x = x.copy()
    (x if name == "input" else tensors[name][port])[index] = 50
    nodes = tuple(Node(n.name, n.layer, tensors[n.name]) for n in network.nodes)
    fresh = Evaluation(Network(network.input_shape, nodes), x)
    for node, old in before.items():
        np.testing.assert_array_equal(live.value(node), fresh.value(node), strict=True)
        reported = np.zeros(old.shape, bool)
        if node in regions:
            reported[regions[node]] = True
        assert not ((live.value(node) != old) & ~reported).any(), node


@settings(max_examples=150)
@given(chains(), st.data())
def test_a_changed_cell_gives_the_same_numbers_as_computing_everything(
    chain: Chain, data: st.DataObject
) -> None:
    network, x = chain
    places = {("input", "x"): x.shape} | {
        (n.name, p): t.shape for n in network.nodes for p, t in n.tensors.items()
    }
    (name, port), shape = data.draw(st.sampled_from(list(places.items())))
    check_change(chain, name, port, tuple(data.draw(st.integers(0, n - 1)) for n in shape))


@pytest.mark.parametrize("second", [{"strides": 2}, {"strides": 3}, {"padding": ((1, 2), (0, 1))}])
def test_a_change_reaches_what_reads_the_middle_of_a_box_but_not_its_corners(
    second: dict[str, Any],
) -> None:
    nodes = (conv("conv1", (3, 3, 1, 1)), conv("conv2", (1, 1, 1, 1), **second))
    chain = Network((7, 7, 1), nodes), np.ones((7, 7, 1))
    for index in np.ndindex(7, 7, 1):
        check_change(chain, "input", "x", index)


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


@settings(max_examples=150)
@given(chains(), st.data())
def test_a_receptive_field_is_the_box_of_the_inputs_that_change_the_output(
    chain: Chain, data: st.DataObject
) -> None:
    network, x = chain
    name = data.draw(st.sampled_from(["conv1", "conv2"]))
    at = tuple(data.draw(st.integers(0, n - 1)) for n in network.shape(name))
    assert network.receptive_field(name, at) == brute_field(network, x, name, at)


@pytest.mark.parametrize(
    ("side", "size", "dilation"),
    [(1, 1, 1), (5, 2, 3)],
    ids=["only the middle of the box reads a cell", "the middle reads further than the corners"],
)
def test_a_box_s_middle_counts_where_its_corners_read_padding(
    side: int, size: int, dilation: int
) -> None:
    spread = {"padding": ((1, 1), (1, 1)), "dilation_rate": dilation}
    nodes = (conv("conv1", (size, size, 1, 1), **spread), conv("conv2", (3, 3, 1, 1)))
    network, x = Network((side, side, 1), nodes), np.ones((side, side, 1))
    at = (0, 0, 0)
    assert network.receptive_field("conv2", at) == brute_field(network, x, "conv2", at)


def test_a_gap_of_a_dilation_over_padding_leaves_the_box_small() -> None:
    nodes = (
        conv("conv1", (1, 1, 1, 1), padding=((0, 0), (1, 0))),
        conv("conv2", (1, 2, 1, 1), dilation_rate=2),
    )
    network, at = Network((1, 4, 1), nodes), (0, 0, 0)
    assert network.receptive_field("conv2", at) == (slice(0, 1), slice(1, 2), slice(0, 1))
    assert brute_field(network, np.ones((1, 4, 1)), "conv2", at) == (
        slice(0, 1),
        slice(1, 2),
        slice(0, 1),
    )


def test_a_field_that_falls_on_what_is_skipped_is_empty() -> None:
    """Both cells that the last layer reads are padding; the one in its gap would have been read."""
    nodes = (
        conv("conv1", (1, 1, 1, 1), padding=((0, 0), (1, 1))),
        conv("conv2", (1, 2, 1, 1), dilation_rate=2),
        conv("conv3", (1, 1, 1, 1)),
    )
    network = Network((1, 1, 1), nodes)
    nothing = (slice(0, 0),) * 3
    assert network.reads("conv3", (0, 0, 0))["conv1"] == (slice(0, 1), slice(0, 3), slice(0, 1))
    assert network.receptive_field("conv3", (0, 0, 0)) == nothing
    assert brute_field(network, np.ones((1, 1, 1)), "conv3", (0, 0, 0)) == nothing


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


def test_a_deep_network_over_a_large_image_is_followed_back_at_once() -> None:
    nodes = [conv(f"n{n}", (3, 3, 1, 1), padding="same", dilation_rate=1 + n) for n in range(29)]
    network = Network((1024, 1024, 1), nodes)
    reads = network.reads("n28", (512, 512, 0))
    # Each layer reaches as far again as its dilation: 1 + 2 + ... + 29.
    assert reads["input"] == (slice(512 - 435, 512 + 436), slice(512 - 435, 512 + 436), slice(0, 1))


def brute_field(network: Network, x: Array, name: str, at: tuple[int, ...]) -> Region:
    before, read = Evaluation(network, x).value(name)[at], []
    for index in np.ndindex(x.shape):
        other = x.copy()
        other[index] += 1
        if Evaluation(network, other).value(name)[at] != before:
            read.append(index)
    if not read:
        return (slice(0, 0),) * x.ndim
    return tuple(slice(min(axis), max(axis) + 1) for axis in zip(*read, strict=True))


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
