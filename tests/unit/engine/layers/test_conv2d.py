"""Convolution: the decks' numbers, Keras' rules, and what it refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.errors import SettingError, ShapeError
from cnn_tutor.engine.explanation import Cell, Step, Term
from cnn_tutor.engine.layers.conv2d import Conv2D
from tests.unit.engine.layers.test_correlation import Case, cases


def grid(text: str) -> Array:
    """Read rows divided by slashes as (rows, columns)."""
    return np.array([row.split() for row in text.split("/")], np.float64)


DECK = {
    "x": grid("0 0 1 0 0/0 1 0 1 0/1 0 0 0 1/0 1 0 1 0/0 0 1 0 0")[..., None],
    "kernel": grid("0 0 1/0 1 0/1 0 0")[..., None, None],
    "bias": np.zeros(1),
}


@pytest.mark.parametrize(
    ("padding", "expected"),
    [
        ("valid", "3 0 1/0 2 0/1 0 3"),
        ("same", "0 0 2 0 1/0 3 0 1 0/2 0 2 0 2/0 1 0 3 0/1 0 2 0 0"),
    ],
)
def test_the_deck_s_convolution(padding: Any, expected: str) -> None:
    output = Conv2D(padding=padding).forward(DECK)
    np.testing.assert_array_equal(output[..., 0], grid(expected), strict=True)


def test_one_channel_is_explained_in_one_step_product_by_product() -> None:
    explanation = Conv2D().explain({**DECK, "bias": np.array([4.0])}, (0, 0, 0))
    window, weights = [0, 0, 1, 0, 1, 0, 1, 0, 0], [0, 0, 1, 0, 1, 0, 1, 0, 0]
    products = tuple(
        Term((Cell("x", (i, j, 0), window[3 * i + j]), Cell("kernel", (i, j, 0, 0), weights[n])))
        for n, (i, j) in enumerate(np.ndindex(3, 3))
    )
    bias = Term((Cell("bias", (0,), 4.0),))
    assert explanation.steps == (Step("products", "sum", (*products, bias)),)
    assert explanation.value == 7
    assert [explanation.steps[0].partial(n) for n in range(11)] == [0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 7]


def test_padding_is_explained_as_cells_outside_that_hold_zero() -> None:
    explanation = Conv2D(padding="same").explain(DECK, (0, 4, 0))
    assert [(cell.index[:2], cell.value) for cell in explanation.cells("x")] == [
        ((-1, 3), 0), ((-1, 4), 0), ((-1, 5), 0),
        ((0, 3), 0), ((0, 4), 0), ((0, 5), 0),
        ((1, 3), 1), ((1, 4), 0), ((1, 5), 0),
    ]  # fmt: skip
    assert explanation.value == 1


def test_rgb_is_a_step_for_each_channel_and_a_total_with_the_bias() -> None:
    tensors = {
        "x": np.array([[[1.0, 10.0, 100.0], [2.0, 20.0, 200.0]]]),
        "kernel": np.array([[[[1.0], [2.0], [3.0]], [[4.0], [5.0], [6.0]]]]),
        "bias": np.array([-7.0]),
    }
    explanation = Conv2D().explain(tensors, (0, 0, 0))
    assert [step.name for step in explanation.steps] == ["products"] * 3 + ["total"]
    assert [step.value for step in explanation.steps] == [9, 120, 1500, 1622]
    assert explanation.steps[3].terms == (
        Term((Cell("step", (0,), 9.0),)),
        Term((Cell("step", (1,), 120.0),)),
        Term((Cell("step", (2,), 1500.0),)),
        Term((Cell("bias", (0,), -7.0),)),
    )
    green = [[cell.index for cell in term.factors] for term in explanation.steps[1].terms]
    assert green == [[(0, 0, 1), (0, 0, 1, 0)], [(0, 1, 1), (0, 1, 1, 0)]]
    assert Conv2D().forward(tensors).tolist() == [[[1622.0]]]


def test_a_missing_bias_is_zero_and_is_not_explained() -> None:
    tensors = {port: DECK[port] for port in ("x", "kernel")}
    assert Conv2D().forward(tensors)[0, 0, 0] == 3
    assert Conv2D().explain(tensors, (0, 0, 0)).cells("bias") == ()
    assert set(Conv2D().backward(tensors, np.ones((3, 3, 1)))) == {"x", "kernel"}


@settings(max_examples=40)
@given(cases(), st.randoms(use_true_random=False))
def test_a_cell_affects_exactly_the_outputs_that_change_with_it(case: Case, random: Any) -> None:
    layer, *own = case
    tensors = {p: np.abs(t) + 1 for p, t in zip(layer.inputs, own, strict=True)}
    before = layer.forward(tensors)
    for port, tensor in tensors.items():
        index = tuple(random.randrange(n) for n in tensor.shape)
        other = tensor.copy()
        other[index] += 1
        changed = layer.forward({**tensors, port: other}) != before
        affected = np.zeros(before.shape, bool)
        affected[layer.affected(port, index, shapes_of(tensors))] = True
        np.testing.assert_array_equal(affected, changed)


@pytest.mark.parametrize(
    "region",
    [
        (slice(0, 5, 2), slice(1, 4), slice(0, 1)),
        (slice(0, 5), slice(0, 5, 4), slice(0, 1)),
        (slice(2, 2), slice(0, 5), slice(0, 1)),
        (slice(0, 0), slice(0, 0), slice(0, 0)),
    ],
)
def test_a_region_with_gaps_or_nothing_in_it_is_the_crop_of_forward(
    region: tuple[slice, ...],
) -> None:
    layer = Conv2D(padding="same", dilation_rate=(2, 1))
    expected = layer.forward(DECK)[region]
    np.testing.assert_array_equal(layer.forward_region(DECK, region), expected, strict=True)


@pytest.mark.parametrize(
    ("setting", "value", "reason"),
    [
        ("strides", (1, 0), "not_positive"),
        ("dilation_rate", 0, "not_positive"),
        ("padding", "full", "unknown_padding"),
        ("padding", ((0, -1), (0, 0)), "negative_padding"),
        *(("groups", value, "not_positive") for value in (0, -2, (1, 1), True, 1.0, "1", None)),
    ],
)
def test_a_setting_that_cannot_be_is_refused(setting: str, value: Any, reason: str) -> None:
    with pytest.raises(SettingError) as refused:
        Conv2D(**{setting: value})
    assert refused.value.reason == reason


def test_one_number_stands_for_two_and_lists_for_tuples() -> None:
    layer = Conv2D(strides=2, padding=[[1, 0], [0, 2]], dilation_rate=[1, 3])
    assert layer == Conv2D((2, 2), ((1, 0), (0, 2)), (1, 3))
    assert hash(layer) == hash(Conv2D((2, 2), ((1, 0), (0, 2)), (1, 3)))


@pytest.mark.parametrize(
    ("x", "kernel", "bias", "settings", "reason"),
    [
        ((5, 5), (3, 3, 1, 1), (1,), {}, "x_rank"),
        ((5, 5, 1), (3, 3, 1), (1,), {}, "kernel_rank"),
        ((5, 5, 3), (3, 3, 1, 1), (1,), {}, "depth_differs"),
        ((5, 5, 4), (3, 3, 4, 2), (2,), {"groups": 2}, "group_depth_differs"),
        ((5, 5, 4), (3, 3, 2, 3), (3,), {"groups": 2}, "filters_not_in_groups"),
        ((5, 5, 1), (3, 3, 1, 2), (1,), {}, "bias_shape"),
        ((2, 5, 1), (3, 3, 1, 1), (1,), {}, "kernel_too_large"),
        ((5, 5, 1), (3, 3, 1, 1), (1,), {"dilation_rate": 3}, "kernel_too_large"),
        ((1, 1, 1), (3, 3, 1, 1), (1,), {"padding": ((1, 1), (1, 0))}, "kernel_too_large"),
        ((0, 5, 1), (1, 1, 1, 1), (1,), {"padding": "same"}, "empty_axis"),
        ((5, 5, 1), (3, 0, 1, 1), (1,), {}, "empty_axis"),
        ((5, 5, 0), (3, 3, 0, 1), (1,), {}, "empty_axis"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(
    x: Any, kernel: Any, bias: Any, settings: dict[str, Any], reason: str
) -> None:
    shapes = {"x": x, "kernel": kernel, "bias": bias}
    with pytest.raises(ShapeError) as refused:
        Conv2D(**settings).output_shape(shapes)
    assert refused.value.reason == reason
    with pytest.raises(ShapeError):
        Conv2D(**settings).forward({port: np.zeros(shape) for port, shape in shapes.items()})


def test_parameters_are_the_weights_and_biases_of_all_filters() -> None:
    shapes = {"x": (32, 32, 3), "kernel": (5, 5, 3, 6), "bias": (6,)}
    assert Conv2D().parameters(shapes) == 456
    assert Conv2D().output_shape(shapes) == (28, 28, 6)


def test_patches_are_rows_and_filters_are_columns() -> None:
    tensors = {
        "x": np.arange(12.0).reshape(2, 3, 2),
        "kernel": np.arange(16.0).reshape(2, 2, 2, 2),
        "bias": np.array([10.0, -10.0]),
    }
    shapes = shapes_of(tensors)
    matrices = Conv2D().matrices(shapes)
    assert matrices is not None
    assert matrices.left(tensors).tolist() == [
        [0, 1, 2, 3, 6, 7, 8, 9],
        [2, 3, 4, 5, 8, 9, 10, 11],
    ]
    np.testing.assert_array_equal(matrices.right(tensors), tensors["kernel"].reshape(-1, 2))
    product = matrices.left(tensors) @ matrices.right(tensors) + tensors["bias"]
    np.testing.assert_array_equal(product.reshape(1, 2, 2), Conv2D().forward(tensors))
    assert Conv2D().matrices({**shapes, "x": (1, 2, 3, 2)}) is None
    assert Conv2D(groups=2).matrices({**shapes, "kernel": (2, 2, 1, 2)}) is None


@pytest.mark.parametrize(
    ("layer", "shapes", "kernel"),
    [
        (Conv2D(), {"x": (28, 28, 3)}, (3, 3, 3, 1)),
        (Conv2D(), {"x": (2, 1, 3)}, (2, 1, 3, 1)),
        (Conv2D(groups=2), {"x": (5, 5, 4)}, (3, 3, 2, 2)),
        (Conv2D(), {"x": (9, 9, 5), "kernel": (1, 4, 2, 7), "bias": (7,)}, (1, 4, 5, 7)),
        (Conv2D(groups=3), {"x": (9, 9, 6), "kernel": (5, 5, 1, 3), "bias": (1,)}, (5, 5, 2, 3)),
    ],
)
def test_a_filter_is_as_deep_as_its_share_of_the_channels(
    layer: Conv2D, shapes: Any, kernel: Any
) -> None:
    assert layer.fit(shapes) == {"kernel": kernel, "bias": kernel[-1:]}
