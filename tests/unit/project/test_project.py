"""The open project: a value that never changes, and the next one that shares what it can."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.network import Network, Node
from cnn_tutor.project.limits import LimitError
from cnn_tutor.project.project import Address, Project

X = Address("input", "x")
KERNEL = Address("conv2d_1", "kernel")
BIAS = Address("conv2d_1", "bias")


def project(channels: int = 1, filters: int = 1) -> Project:
    x = np.arange(25.0 * channels).reshape(5, 5, channels)
    weights = np.arange(9.0 * channels * filters).reshape(3, 3, channels, filters)
    return Project.of(x, Conv2D(), {"kernel": weights, "bias": np.zeros(filters)}, "deck")


def arrays(of: Project) -> list[Array]:
    return [of.x, *(tensor for node in of.network.nodes for tensor in node.tensors.values())]


def test_a_project_of_one_layer_names_it_after_its_kind() -> None:
    opened = project()
    assert [node.name for node in opened.network.nodes] == ["conv2d_1"]
    assert opened.network.input_shape == (5, 5, 1)
    assert opened.origin == "deck"
    with pytest.raises(dataclasses.FrozenInstanceError):
        opened.origin = "other"


def test_its_arrays_cannot_be_written_to() -> None:
    opened = project()
    for other in (opened, opened.with_cells(X, {(0, 0, 0): 5}), opened.resized(X, (6, 4, 1))):
        for tensor in arrays(other):
            with pytest.raises(ValueError, match="read-only"):
                tensor[...] = 0


def test_whole_numbers_become_floats() -> None:
    opened = Project.of(np.ones((3, 3, 1), int), Conv2D(), {"kernel": np.ones((3, 3, 1, 1), int)})
    assert {tensor.dtype for tensor in arrays(opened)} == {np.dtype("float64")}


def test_it_keeps_its_numbers_when_the_arrays_it_was_made_of_change() -> None:
    x, kernel = np.zeros((5, 5, 1)), np.zeros((3, 3, 1, 1))
    opened = Project.of(x, Conv2D(), {"kernel": kernel})
    x[...], kernel[...] = 7, 7
    assert not any(tensor.any() for tensor in arrays(opened))


@pytest.mark.parametrize("at", [X, KERNEL, BIAS])
def test_another_number_gives_a_project_that_shares_every_other_array(at: Address) -> None:
    before = project()
    index = (0,) * before.tensor(at).ndim
    old = before.tensor(at).copy()
    after = before.with_cells(at, {index: -3.5})
    assert after.tensor(at)[index] == -3.5
    np.testing.assert_array_equal(before.tensor(at), old)
    for place in (X, KERNEL, BIAS):
        assert (after.tensor(place) is before.tensor(place)) == (place != at)
    assert after.origin == "deck"
    if at is X:
        assert after.network is before.network


def test_many_cells_change_at_once_and_no_others() -> None:
    before = project()
    after = before.with_cells(X, {(0, 0, 0): 100, (4, 4, 0): 200})
    assert (after.x != before.x).sum() == 2
    assert (after.x[0, 0, 0], after.x[4, 4, 0]) == (100, 200)


@pytest.mark.parametrize("value", [-1e7, float("nan")])
def test_a_number_beyond_the_limit_is_refused(value: float) -> None:
    with pytest.raises(LimitError) as refused:
        project().with_cells(X, {(0, 0, 0): 1, (1, 1, 0): value})
    assert refused.value.reason == "number_limit"


@pytest.mark.parametrize("index", [(5, 0, 0), (-1, 0, 0)])
def test_a_cell_outside_the_tensor_cannot_be_set(index: tuple[int, ...]) -> None:
    with pytest.raises(IndexError):
        project().with_cells(X, {index: 1})


@pytest.mark.parametrize(
    ("at", "shape"),
    [(X, (3, 8, 1)), (X, (5, 5, 1)), (KERNEL, (5, 1, 1, 1))],
)
def test_resizing_keeps_the_overlap_and_fills_with_zeros(
    at: Address, shape: tuple[int, ...]
) -> None:
    before = project()
    after = before.resized(at, shape)
    old, new = before.tensor(at), after.tensor(at)
    assert new.shape == shape
    for index in np.ndindex(shape):
        kept = all(i < n for i, n in zip(index, old.shape, strict=True))
        assert new[index] == (old[index] if kept else 0)
    if at is X:
        assert after.network.input_shape == shape
    assert after.tensor(BIAS) is before.tensor(BIAS)


@pytest.mark.parametrize(
    ("at", "shape", "reason"),
    [
        (X, (2, 5, 1), "kernel_too_large"),
        (X, (0, 5, 1), "side_limit"),
        (X, (10**9, 10**9, 1), "side_limit"),
        (KERNEL, (3, 3, 2, 1), "depth_differs"),
        (BIAS, (2,), "bias_shape"),
        (X, (5, 5), "rank_limit"),
        (KERNEL, (3, 3, 1), "rank_limit"),
    ],
)
def test_a_size_that_cannot_be_is_refused(at: Address, shape: tuple[int, ...], reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        project().resized(at, shape)
    assert refused.value.reason == reason


def test_another_layer_in_a_node_keeps_the_arrays() -> None:
    before = project()
    after = before.with_layer("conv2d_1", Conv2D(padding="same", strides=2))
    assert after.network.shape("conv2d_1") == (3, 3, 1)
    assert all(old is new for old, new in zip(arrays(before), arrays(after), strict=True))
    assert before.network.node("conv2d_1").layer == Conv2D()


@pytest.mark.parametrize(
    ("layer", "reason"),
    [
        (Conv2D(groups=2), "group_depth_differs"),
        (Conv2D(dilation_rate=3), "kernel_too_large"),
        (Conv2D(padding=((0, 0), (0, 17))), "setting_limit"),
    ],
)
def test_a_layer_that_does_not_fit_is_refused(layer: Conv2D, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        project().with_layer("conv2d_1", layer)
    assert refused.value.reason == reason


def test_the_input_of_the_first_layer_is_changed_as_the_network_s_input() -> None:
    node = project().network.nodes[0]
    second = Node("second", Conv2D(), node.tensors)
    chain = Project(project().x, Network((5, 5, 1), (node, second)))
    assert chain.address("conv2d_1", "x") == X
    assert chain.address("conv2d_1", "kernel") == KERNEL
    assert chain.address("second", "x") == Address("second", "x")
    assert chain.tensor(X) is chain.x
    changed = chain.with_cells(Address("second", "bias"), {(0,): 4})
    assert changed.network.node("conv2d_1") is chain.network.node("conv2d_1")


def test_projects_are_equal_by_their_layers_and_numbers() -> None:
    first = project()
    assert first.equals(first)
    assert first.equals(project())
    assert first.equals(dataclasses.replace(first, origin="elsewhere"))
    for at in (X, KERNEL, BIAS):
        changed = first.with_cells(at, {(0,) * first.tensor(at).ndim: -7.0})
        assert not first.equals(changed)
        back = changed.with_cells(
            at, {(0,) * first.tensor(at).ndim: float(first.tensor(at).flat[0])}
        )
        assert first.equals(back)
    assert not first.equals(first.resized(X, (6, 5, 1)))
    assert not first.equals(first.with_layer("conv2d_1", Conv2D(strides=(2, 2))))
    assert not first.equals(first.inserted(1, "relu"))
