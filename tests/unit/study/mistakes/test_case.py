"""The products in what a learner is asked to compute."""

from __future__ import annotations

import numpy as np

from cnn_tutor.engine.explanation import Term
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.study.mistakes.case import Case, retold

TENSORS = {
    "x": np.arange(12.0).reshape(2, 3, 2),
    "kernel": np.arange(1.0, 9).reshape(2, 2, 2, 1),
    "bias": np.array([5.0]),
}
CASE = Case(Conv2D(), TENSORS, ((0, 0, 0), (0, 1, 0)))


def test_outputs_are_sums_of_products_by_channel() -> None:
    products = CASE.products
    assert products is not None
    assert (products.count, products.depth, products.taps, products.port) == (8, 2, 4, "kernel")
    assert (products.sums + products.bias).tolist() == CASE.right.tolist()
    assert products.by_channel(products.values).sum((1, 2)).tolist() == products.sums.tolist()
    assert products.laid(TENSORS["kernel"] * 2).tolist() == (2 * products.sums + 5).tolist()
    assert Case(ReLU(), {"x": np.ones(2)}, ((0,),)).products is None


def test_a_way_can_be_told_with_other_products() -> None:
    told = retold(CASE.explanations[1], lambda x, w: Term((w,)), added=lambda bias: None)
    assert told.value == TENSORS["kernel"].sum()
