"""The products in what is asked, and how a wrong number is said to come about."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.explanation import Term
from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.study.mistakes import values
from cnn_tutor.study.mistakes.case import Case, Told, retold

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


# --- how it is told ------------------------------------------------------------------------------


def work(layer, tensors, mistake, at=(0, 0, 0)):
    case = Case(layer, tensors, (at,))
    way = next(way for way in (*values.ways(case), *values.rarer(case)) if way.mistake == mistake)
    return Told(way, single=True)["work"]


def two_by_two(bias):
    tensors = {
        "x": np.array([[1.0, 0.0], [2.0, 3.0]]).reshape(2, 2, 1),
        "kernel": np.array([[2.0, 0.0], [-1.0, 0.0]]).reshape(2, 2, 1, 1),
    }
    return tensors if bias is None else {**tensors, "bias": np.array([bias])}


@pytest.mark.parametrize(
    ("bias", "mistake", "line"),
    [
        (0.0, "flipped_kernel", "1·0 + 0·(−1) + 2·0 + 3·2 = 6"),
        (5.0, "flipped_kernel", "1·0 + 0·(−1) + 2·0 + 3·2 + 5 = 11"),
        (0.0, "filter_ignored", "1 + 0 + 2 + 3 = 6"),
        (0.0, "input_ignored", "2 + 0 + (−1) + 0 = 1"),
        (0.0, "added_not_multiplied", "3 + 0 + 1 + 3 = 7"),
        (None, "input_ignored", "2 + 0 + (−1) + 0 = 1"),
    ],
)
def test_a_bias_of_zero_is_not_written(bias, mistake, line):
    told = work(Conv2D(), two_by_two(bias), mistake)
    assert told == {"ja": f"（{line}）", "en": f" ({line})"}


def test_with_channels_a_bias_of_zero_is_not_written_after_their_sums():
    tensors = {
        "x": np.ones((1, 2, 2)),
        "kernel": np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(1, 2, 2, 1),
        "bias": np.zeros(1),
    }
    assert work(Conv2D(), tensors, "filter_ignored")["ja"] == "（2 + 2 = 4）"


def test_the_result_is_as_short_as_it_stands_in_a_cell():
    x = np.zeros((1, 6, 1))
    x[0, 3:] = [[5.0], [1.0], [7.0]]
    told = work(AveragePooling2D((1, 3), strides=(1, 3)), {"x": x}, "window_off_by_one")
    assert told == {"ja": "（(5 + 1 + 7) / 3 = 4.3333…）", "en": " ((5 + 1 + 7) / 3 = 4.3333…)"}
