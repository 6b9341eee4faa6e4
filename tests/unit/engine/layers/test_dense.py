"""Dense: worked by hand, against the reference, and what it refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.explanation import Cell, Step, Term
from cnn_tutor.engine.layers.dense import Dense

TENSORS = {
    "x": np.array([1.0, -2.0, 3.0]),
    "kernel": np.array([[2.0, 0.0], [1.0, 5.0], [-1.0, 4.0]]),
    "bias": np.array([10.0, -1.0]),
}


def test_a_unit_adds_up_its_products_and_its_bias() -> None:
    assert Dense().forward(TENSORS).tolist() == [7, 1]
    weights = [(n, 1) for n in range(3)]
    products = tuple(
        Term((Cell("x", (n,), TENSORS["x"][n]), Cell("kernel", at, TENSORS["kernel"][at])))
        for n, at in enumerate(weights)
    )
    bias = Term((Cell("bias", (1,), -1.0),))
    explanation = Dense().explain(TENSORS, (1,))
    assert explanation.steps == (Step("products", "sum", (*products, bias)),)
    assert [explanation.steps[0].partial(n) for n in range(5)] == [0, 0, -10, 2, 1]


def test_gradients_by_hand() -> None:
    grads = Dense().backward(TENSORS, np.array([1.0, -2.0]))
    assert grads["x"].tolist() == [2, -9, -9]
    assert grads["kernel"].tolist() == [[1, -2], [-2, 4], [3, -6]]
    assert grads["bias"].tolist() == [1, -2]


def test_a_missing_bias_is_zero_and_is_not_explained() -> None:
    tensors = {port: TENSORS[port] for port in ("x", "kernel")}
    assert Dense().forward(tensors).tolist() == [-3, 2]
    assert Dense().explain(tensors, (0,)).cells("bias") == ()
    assert set(Dense().backward(tensors, np.ones(2))) == {"x", "kernel"}
    assert Dense().forward_region(tensors, (slice(1, 2),)).tolist() == [2]


def test_the_inputs_are_a_row_and_the_units_columns() -> None:
    shapes = {port: tensor.shape for port, tensor in TENSORS.items()}
    matrices = Dense().matrices(shapes)
    assert matrices is not None
    assert matrices.left(TENSORS).tolist() == [[1, -2, 3]]
    np.testing.assert_array_equal(matrices.right(TENSORS), TENSORS["kernel"])
    product = matrices.left(TENSORS) @ matrices.right(TENSORS) + TENSORS["bias"]
    assert product[0].tolist() == Dense().forward(TENSORS).tolist()
    assert [matrices.output(0, n) for n in range(2)] == [(0,), (1,)]
    assert Dense().matrices({**shapes, "x": (2, 3)}) is None


def test_the_kernel_follows_the_inputs_and_keeps_its_units() -> None:
    assert Dense().fit({"x": (7,)}) == {"kernel": (7, 4), "bias": (4,)}
    shapes = {"x": (2, 7), "kernel": (3, 5), "bias": (5,)}
    assert Dense().fit(shapes) == {"kernel": (7, 5), "bias": (5,)}
    assert Dense().parameters({"x": (120,), "kernel": (120, 84), "bias": (84,)}) == 10164


@pytest.mark.parametrize(
    ("x", "kernel", "bias", "reason"),
    [
        ((), (3, 2), (2,), "x_scalar"),
        ((3,), (3,), (2,), "dense_kernel_rank"),
        ((3,), (1, 1, 3, 2), (2,), "dense_kernel_rank"),
        ((4,), (3, 2), (2,), "units_differ"),
        ((3,), (3, 0), (0,), "empty_axis"),
        ((0,), (0, 2), (2,), "empty_axis"),
        ((3,), (3, 2), (3,), "bias_units"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(x: Any, kernel: Any, bias: Any, reason: str) -> None:
    shapes = {"x": x, "kernel": kernel, "bias": bias}
    with pytest.raises(ShapeError) as refused:
        Dense().output_shape(shapes)
    assert refused.value.reason == reason
    with pytest.raises(ShapeError):
        Dense().forward({port: np.zeros(shape) for port, shape in shapes.items()})


def test_the_refusal_names_both_numbers_of_inputs() -> None:
    with pytest.raises(ShapeError) as refused:
        Dense().output_shape({"x": (4,), "kernel": (3, 2)})
    assert refused.value.values == {"inputs": 4, "kernel": 3}
