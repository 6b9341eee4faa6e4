"""Average pooling: worked by hand, and Keras' rules."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from tests.unit.engine import reference
from tests.unit.engine.layers.pooling_cases import cases, grid

DECK = {"x": grid("3 1 0 5/0 2 4 2/2 0 3 1/4 5 4 2")}


def test_each_window_of_the_deck_s_map_becomes_its_mean() -> None:
    output = AveragePooling2D().forward(DECK)
    np.testing.assert_array_equal(output, grid("1.5 2.75/2.75 2.5"), strict=True)
    (step,) = AveragePooling2D().explain(DECK, (0, 0, 0)).steps
    assert (step.fold, [term.value for term in step.terms]) == ("mean", [3, 1, 0, 2])
    assert [step.partial(n) for n in range(5)] == [0, 3, 2, 4 / 3, 1.5]


def test_a_window_over_the_edge_is_divided_by_its_cells_inside() -> None:
    layer = AveragePooling2D(padding="same")
    x = {"x": grid("1 2 3/4 5 6/7 8 9")}
    np.testing.assert_array_equal(layer.forward(x), grid("3 4.5/7.5 9"), strict=True)
    assert len(layer.explain(x, (0, 1, 0)).cells("x")) == 2
    over_x = layer.backward(x, grid("4 4/4 4"))["x"]
    np.testing.assert_array_equal(over_x, grid("1 1 2/1 1 2/2 2 4"), strict=True)


@settings(max_examples=150)
@given(cases(AveragePooling2D))
def test_it_computes_what_keras_documents(case: Any) -> None:
    layer, x, grad = case
    expected = reference.pool2d(x, **vars(layer), how="mean")
    np.testing.assert_array_equal(layer.forward({"x": x}), expected, strict=True)
    expected = reference.pool2d(x, **vars(layer), how="mean", grad=grad)
    found = layer.backward({"x": x}, grad)["x"]
    np.testing.assert_allclose(found, expected, rtol=1e-13, atol=1e-13, strict=True)


@settings(max_examples=30)
@given(cases(AveragePooling2D))
def test_float32_stays_float32(case: Any) -> None:
    layer, x, grad = case
    x = (x / 7).astype(np.float32)
    output = layer.forward({"x": x})
    assert output.dtype == layer.backward({"x": x}, grad)["x"].dtype == np.float32
    expected = reference.pool2d(x, **vars(layer), how="mean")
    np.testing.assert_allclose(output, expected, rtol=1e-5, atol=1e-6)


def test_a_whole_map_can_be_one_window() -> None:
    layer = AveragePooling2D((4, 4), padding=((3, 3), (0, 0)), strides=(1, 1))
    assert layer.forward(DECK)[3, 0, 0] == pytest.approx(38 / 16)
