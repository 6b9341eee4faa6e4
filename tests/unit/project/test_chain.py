"""Layers put in, taken out and moved: what comes after follows, or it is said why it can't."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_tutor.engine.errors import Refusal, ShapeError
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.engine.network import Evaluation, Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project import limits
from cnn_tutor.project.file import decode, encode
from cnn_tutor.project.project import Address, Project
from tests.unit.project.test_file import assert_equal, assert_has_words

X = Address("input", "x")
KERNEL = Address("conv2d_1", "kernel")


def start(channels: int = 1, filters: int = 1) -> Project:
    x = np.arange(36.0 * channels).reshape(6, 6, channels)
    kernel = np.arange(1, 9.0 * channels * filters + 1).reshape(3, 3, channels, filters)
    return Project.of(x, Conv2D(), {"kernel": kernel, "bias": np.arange(filters) + 1.0})


def stack() -> Project:
    """6×6×1 → convolution 4×4×1 → pooling 2×2×1 → 4 in a row → dropout → dense."""
    project = start()
    for kind in ("max_pooling2d", "flatten", "dropout", "dense"):
        project = project.inserted(len(project.network.nodes), kind)
    return project


def kinds(project: Project) -> list[str]:
    return [node.layer.kind for node in project.network.nodes]


def refused(change: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as raised:
        change()
    assert_has_words(raised.value)
    return raised.value


def test_a_new_layer_stands_where_it_is_wanted_under_a_free_name() -> None:
    project = stack()
    assert [node.name for node in project.network.nodes] == [
        "conv2d_1",
        "max_pooling2d_1",
        "flatten_1",
        "dropout_1",
        "dense_1",
    ]
    more = project.inserted(0, "relu").inserted(1, "tanh").inserted(2, "relu")
    names = ["relu_1", "tanh_1", "relu_2", "conv2d_1"]
    assert [node.name for node in more.network.nodes[:4]] == names
    again = more.removed("relu_1").inserted(2, "relu")
    assert [node.name for node in again.network.nodes[:3]] == ["tanh_1", "relu_2", "relu_1"]
    assert more.x is project.x
    assert more.origin == project.origin


def test_a_new_layer_s_weights_are_the_same_each_time_unless_others_are_drawn() -> None:
    first, again = (start().inserted(1, "conv2d") for _ in range(2))
    other = start().inserted(1, "conv2d", np.random.default_rng(5))
    assert encode(first) == encode(again) != encode(other)
    kernel = first.tensor(Address("conv2d_2", "kernel"))
    assert kernel.any()
    assert not kernel.flags.writeable


def test_a_new_layer_of_every_kind_can_stand_behind_a_convolution() -> None:
    for kind in layer_kinds():
        project = start(filters=2).inserted(1, kind)
        node = project.network.nodes[1]
        assert set(node.tensors) == set(node.layer.inputs) - {"x"}
        Evaluation(project.network, project.x)


def test_later_layers_follow_more_filters_and_a_larger_input() -> None:
    project = stack().resized(KERNEL, (3, 3, 1, 3))
    assert project.network.shape("flatten_1") == (12,)
    assert project.tensor(Address("conv2d_1", "bias")).tolist() == [1, 0, 0]
    assert project.tensor(Address("dropout_1", "mask")).shape == (12,)
    old, new = (p.tensor(Address("dense_1", "kernel")) for p in (stack(), project))
    assert new.shape == (12, old.shape[1])
    np.testing.assert_array_equal(new[:4], old)
    assert not new[4:].any()
    larger = stack().resized(X, (10, 8, 1))
    assert larger.network.shape("max_pooling2d_1") == (4, 3, 1)
    assert larger.tensor(Address("dense_1", "kernel")).shape[0] == 12


def test_a_filter_s_depth_follows_the_channels_of_what_comes_before() -> None:
    project = start().inserted(1, "conv2d").resized(KERNEL, (3, 3, 1, 4))
    assert project.tensor(Address("conv2d_2", "kernel")).shape[2] == 4
    project = project.resized(X, (6, 6, 3))
    assert project.tensor(KERNEL).shape == (3, 3, 3, 4)
    assert not project.tensor(KERNEL)[:, :, 1:].any()
    assert project.removed("conv2d_1").tensor(Address("conv2d_2", "kernel")).shape[2] == 3


def test_a_depth_that_is_not_the_input_s_is_refused_with_both_numbers() -> None:
    error = refused(lambda: start(channels=3).resized(KERNEL, (3, 3, 2, 1)))
    assert isinstance(error, ShapeError)
    assert error.reason == "depth_differs"
    order = {"node": "conv2d_1", "before": "input"}
    assert error.values == {"channels": 3, "depth": 2, "groups": 1, **order}


def test_a_filter_s_depth_follows_the_groups() -> None:
    project = start(channels=4, filters=4).with_layer("conv2d_1", Conv2D(groups=2))
    assert project.tensor(KERNEL).shape == (3, 3, 2, 4)
    np.testing.assert_array_equal(project.tensor(KERNEL), start(4, 4).tensor(KERNEL)[:, :, :2])


def test_a_changed_setting_is_followed_by_later_layers() -> None:
    project = stack().with_layer("conv2d_1", Conv2D(padding="same"))
    assert project.network.shape("max_pooling2d_1") == (3, 3, 1)
    assert project.tensor(Address("dense_1", "kernel")).shape[0] == 9


def test_a_mask_is_drawn_anew_when_its_lot_or_size_changes_and_only_then() -> None:
    x = np.ones((8, 8, 1))
    project = Project.of(x, Dropout(0.5), {"mask": np.zeros((8, 8, 1))})
    layer, mask = project.network.node("dropout_1").layer, Address("dropout_1", "mask")
    assert isinstance(layer, Dropout)
    assert project.with_layer("dropout_1", replace(layer, training=False)).tensor(mask) is (
        project.tensor(mask)
    )
    for other in (
        project.with_layer("dropout_1", replace(layer, rate=0.25)),
        project.with_layer("dropout_1", replace(layer, seed=layer.seed + 1)),
        project.resized(X, (8, 6, 1)),
    ):
        assert other.tensor(mask).shape == other.x.shape
        assert other.tensor(mask).any()
        assert set(np.unique(other.tensor(mask))) <= {0, 1}


def test_only_1_and_0_can_stand_in_a_mask() -> None:
    project, mask = start().inserted(1, "dropout"), Address("dropout_1", "mask")
    assert project.with_cells(mask, {(0, 0, 0): 0}).tensor(mask)[0, 0, 0] == 0
    for value in (2, 0.5, -1):
        error = refused(lambda value=value: project.with_cells(mask, {(0, 0, 0): value}))
        assert (error.reason, error.values) == ("not_a_switch", {"value": value})
    wrong = {"mask": np.full((6, 6, 1), 0.5)}
    assert refused(lambda: Project.of(start().x, Dropout(), wrong)).reason == "not_a_switch"


def test_what_does_not_change_is_shared() -> None:
    before = stack()
    after = before.inserted(5, "relu").removed("relu_1")
    for node, other in zip(before.network.nodes, after.network.nodes, strict=True):
        assert node is other


def test_the_last_layer_cannot_be_removed() -> None:
    assert refused(lambda: start().removed("conv2d_1")).reason == "last_layer"


def test_layers_move_and_their_numbers_follow() -> None:
    project = stack().inserted(1, "relu").moved("relu_1", 2)
    assert kinds(project)[:3] == ["conv2d", "max_pooling2d", "relu"]
    project = project.moved("max_pooling2d_1", 0)
    assert kinds(project)[:3] == ["max_pooling2d", "conv2d", "relu"]
    assert project.network.shape("relu_1") == (1, 1, 1)
    assert project.tensor(Address("dense_1", "kernel")).shape[0] == 1


def test_an_order_that_does_not_fit_is_refused_with_what_the_layer_got() -> None:
    error = refused(lambda: stack().inserted(3, "conv2d"))
    assert error.reason == "x_rank"
    assert error.values["shape"] == (4,)
    assert (error.values["node"], error.values["before"]) == ("conv2d_2", "flatten_1")
    error = refused(lambda: stack().moved("flatten_1", 0))
    assert (error.reason, error.values["shape"]) == ("x_rank", (36,))
    assert error.values["node"] == "conv2d_1"
    small = start().resized(X, (3, 3, 1))
    assert refused(lambda: small.inserted(1, "max_pooling2d")).values["node"] == "max_pooling2d_1"


def test_a_wide_vector_is_refused_for_its_rank_before_its_size() -> None:
    project = start().resized(X, (64, 64, 1)).inserted(1, "flatten")
    assert refused(lambda: project.inserted(2, "conv2d")).reason == "x_rank"


def test_what_follows_stays_within_the_limits() -> None:
    project = start().inserted(1, "flatten").inserted(2, "dense")
    wide = project.resized(Address("dense_1", "kernel"), (16, 400))
    assert wide.tensor(Address("dense_1", "bias")).shape == (400,)
    assert refused(lambda: wide.resized(X, (64, 64, 1))).reason == "cells_limit"
    longer = start()
    for n in range(limits.MAX_NODES - 1):
        longer = longer.inserted(n + 1, "relu")
    assert refused(lambda: longer.inserted(0, "relu")).reason == "nodes_limit"


def test_unknown_kinds_names_and_places_are_errors_of_the_caller() -> None:
    project = stack()
    with pytest.raises(KeyError):
        project.inserted(0, "conv3d")
    for change in (project.removed, lambda name: project.moved(name, 0)):
        with pytest.raises(KeyError):
            change("nowhere")
    for place in (-1, 6):
        with pytest.raises(IndexError):
            project.inserted(place, "relu")
    for place in (-1, 5):
        with pytest.raises(IndexError):
            project.moved("conv2d_1", place)


@pytest.mark.parametrize("kind", layer_kinds())
@pytest.mark.parametrize("shape", [(), (1,), (5,), (2, 3), (1, 1, 1), (4, 3, 2), (2, 4, 3, 2)])
def test_every_kind_fits_any_input_or_says_why_not(kind: str, shape: tuple[int, ...]) -> None:
    layer = layer_kinds()[kind]()
    project = start().inserted(1, kind)
    for shapes in ({}, {p: t.shape for p, t in project.network.nodes[1].tensors.items()}):
        fitted = layer.fit({**shapes, "x": shape})
        assert set(fitted) == set(layer.inputs) - {"x"}
        try:
            layer.output_shape({**fitted, "x": shape})
        except ShapeError as error:
            assert_has_words(error)


def random_change(data: st.DataObject, project: Project) -> Project:
    nodes = project.network.nodes
    node: Node = data.draw(st.sampled_from(nodes))
    what = data.draw(st.sampled_from(["insert", "insert", "remove", "move", "size", "layer"]))
    if what == "insert":
        kind = data.draw(st.sampled_from(sorted(layer_kinds())))
        return project.inserted(data.draw(st.integers(0, len(nodes))), kind)
    if what == "remove":
        return project.removed(node.name)
    if what == "move":
        return project.moved(node.name, data.draw(st.integers(0, len(nodes) - 1)))
    if what == "layer":
        level = data.draw(st.integers(0, 5))
        layer, _ = type(node.layer).sample(np.random.default_rng(level), level)
        return project.with_layer(node.name, layer)
    ports = [X, *(Address(node.name, port) for port in node.tensors)]
    at = data.draw(st.sampled_from(ports))
    shape = [max(0, n + data.draw(st.integers(-2, 3))) for n in project.tensor(at).shape]
    return project.resized(at, tuple(shape))


@settings(max_examples=150)
@given(st.data())
def test_any_change_gives_a_sound_project_or_is_refused(data: st.DataObject) -> None:
    project = start(channels=2, filters=2)
    for _ in range(data.draw(st.integers(1, 6))):
        before = encode(project)
        try:
            changed = random_change(data, project)
        except Refusal as error:
            assert_has_words(error)
            assert encode(project) == before
            continue
        live = Evaluation(changed.network, changed.x)
        for node in changed.network.nodes:
            assert live.value(node.name).shape == changed.network.shape(node.name)
            assert set(node.tensors) == set(node.layer.inputs) - {"x"}
            assert not any(tensor.flags.writeable for tensor in node.tensors.values())
        assert_equal(decode(encode(changed)), changed)
        project = changed
