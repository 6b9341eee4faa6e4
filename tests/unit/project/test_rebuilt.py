"""Layers put in, taken out and moved: what comes after follows, or it is said why it can't."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_tutor.engine.errors import Refusal, ShapeError
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.network import Evaluation, Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError, decode, encode
from cnn_tutor.project.project import Address, Project
from cnn_tutor.study import words
from tests.unit.engine.toys import Failing, Growing, Picky, Scaled, Single, Unready, known
from tests.unit.project.clear import explained
from tests.unit.project.test_file import assert_equal

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
    explained(raised.value)
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


def test_what_follows_stays_within_the_limits() -> None:
    project = start().inserted(1, "flatten").inserted(2, "dense")
    wide = project.resized(Address("dense_1", "kernel"), (16, 400))
    assert wide.tensor(Address("dense_1", "bias")).shape == (400,)
    assert refused(lambda: wide.resized(X, (64, 64, 1))).reason == "cells_limit"
    longer = start()
    for n in range(limits.MAX_NODES - 1):
        longer = longer.inserted(n + 1, "relu")
    assert refused(lambda: longer.inserted(0, "relu")).reason == "nodes_limit"


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
            explained(error)
            assert encode(project) == before
            continue
        live = Evaluation(changed.network, changed.x)
        for node in changed.network.nodes:
            assert live.value(node.name).shape == changed.network.shape(node.name)
            assert set(node.tensors) == set(node.layer.inputs) - {"x"}
            assert not any(tensor.flags.writeable for tensor in node.tensors.values())
        assert_equal(decode(encode(changed)), changed)
        project = changed


# --- every order of two kinds ---------------------------------------------------------------------

ABOUT = ("shape", "input", "inputs", "channels", "value")
"""The values that say what a layer gets, or what would be too large."""

PAIRS = list(itertools.product(layer_kinds(), repeat=2))


@pytest.fixture
def speaking() -> Iterator[Callable[[str], None]]:
    before = words.language()
    yield words.speak
    words.speak(before)


def changes(project: Project) -> Iterator[Callable[[], Project]]:
    """Every way of moving or taking out a layer."""
    names = [node.name for node in project.network.nodes]
    for name in names:
        yield lambda name=name: project.removed(name)
        for place in range(len(names)):
            yield lambda name=name, place=place: project.moved(name, place)


def told(refusal: Refusal, speak: Callable[[str], None]) -> None:
    """Check that a refusal names a layer, and says in both languages what that one gets."""
    node = refusal.values["node"]
    shown = [words._shown(refusal.values[key]) for key in ABOUT if key in refusal.values]
    assert shown, refusal
    for language in words.LANGUAGES:
        speak(language)
        sentence = words.explain(refusal)
        assert sentence.startswith(f"{node}: ")
        assert any(str(text) in sentence.removeprefix(f"{node}: ") for text in shown), sentence


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_an_order_stands_or_says_which_layer_gets_what(first, second, speaking) -> None:
    refusals = []
    for shape in ((6, 6, 2), (3, 3, 1), (1, 2, 16), (9,), (4, 6)):
        project = Project.of(np.ones(shape), ReLU(), {})
        for kind, place in ((first, 1), (second, 2), (second, 1), (first, 0)):
            try:
                project = project.inserted(min(place, len(project.network.nodes)), kind)
            except Refusal as refusal:
                refusals.append(refusal)
        for change in changes(project):
            try:
                change()
            except Refusal as refusal:
                if refusal.reason != "last_layer":
                    refusals.append(refusal)
    for refusal in refusals:
        told(refusal, speaking)


def test_what_meets_what_is_said(speaking) -> None:
    project = Project.of(np.ones((2, 2, 2)), ReLU(), {}).inserted(1, "flatten")
    with pytest.raises(Refusal) as refused:
        project.inserted(2, "conv2d")
    assert refused.value.values["before"] == "flatten_1"
    speaking("en")
    sentence = "conv2d_1: It needs height × width × channels, but gets 8."
    assert words.explain(refused.value) == sentence
    speaking("ja")
    assert words.explain(refused.value) == (
        "conv2d_1: 「高さ×幅×チャンネル」の形の入力が必要ですが、受け取るのは 8 です。"
    )


# --- kinds that keep the contract and no more -----------------------------------------------------


def activated(*shape: int) -> Project:
    x = np.arange(1.0, np.prod(shape) + 1).reshape(shape)
    return Project.of(x, ReLU(), {})


def refused_kind(project: Project, place: int, kind: type[Scaled]) -> Refusal:
    with known(kind), pytest.raises(Refusal) as raised:
        project.inserted(place, kind.kind).evaluated()
    explained(raised.value)
    assert raised.value.values["node"] == f"{kind.kind}_1"
    return raised.value


@pytest.mark.parametrize("shape", [(3, 3, 1), (5, 4, 2), (6,)])
def test_a_kind_with_a_port_of_its_own_is_put_in_with_the_numbers_of_its_sample(shape) -> None:
    with known(Scaled):
        project = activated(*shape).inserted(0, "scaled")
        assert project.tensor(Address("scaled_1", "scale")).tolist() == [3]
        np.testing.assert_array_equal(project.evaluated().value("relu_1"), project.x * 3)
        again = decode(encode(project))
        assert isinstance(again.network.nodes[0].layer, Scaled)
        assert encode(again) == encode(project)


def test_a_kind_whose_ports_cannot_be_made_is_refused() -> None:
    error = refused_kind(activated(3, 3, 1), 1, Unready)
    assert (error.reason, error.values["ports"]) == ("ports", "scale")
    assert refused_kind(activated(3, 3, 1), 1, Single).reason == "scalar_output"


def test_a_kind_that_fails_is_named_wherever_it_fails() -> None:
    """Its error is nobody's to catch: it is none of the learner's making."""

    class Unmade(Scaled):
        kind = "unmade"

        def __init__(self):
            raise OSError("unmade")

    class Sampleless(Scaled):
        kind = "sampleless"

        @classmethod
        def sample(cls, rng, level):
            raise NotImplementedError

    for project, kind, error in (
        (activated(5), Picky, Exception),
        (activated(8, 8, 1), Failing, ValueError),
        (activated(3, 3, 1), Unmade, OSError),
        (activated(3, 3, 1), Sampleless, NotImplementedError),
    ):
        with known(kind), pytest.raises(error) as failed:
            project.inserted(0, kind.kind).evaluated()
        assert not isinstance(failed.value, Refusal)
        assert f"In the layer {kind.kind}_1 ({kind.kind})" in failed.value.__notes__[0]


def test_a_kind_whose_settings_have_no_defaults_starts_as_its_sample() -> None:
    @dataclass(frozen=True)
    class Asked(Scaled):
        kind = "asked"
        power: int

        @classmethod
        def sample(cls, rng, level):
            return cls(4), {"x": np.ones(3), "scale": np.ones(1)}

    with known(Asked):
        assert activated(3).inserted(0, "asked").network.nodes[0].layer == Asked(4)


def test_a_result_that_is_no_finite_number_is_refused_in_a_project_and_a_file() -> None:
    with known(Growing):
        project = activated(30, 30, 1).inserted(1, "growing").inserted(2, "relu")
        with pytest.raises(Refusal) as raised:
            project.evaluated()
        assert (raised.value.reason, raised.value.values["node"]) == (
            "not_finite_result",
            "growing_1",
        )
        with pytest.raises(FileError) as raised:
            decode(encode(project))
        assert (raised.value.reason, raised.value.where) == ("not_finite_result", "nodes[1]")
