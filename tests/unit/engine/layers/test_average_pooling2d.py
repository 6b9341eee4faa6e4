"""Average pooling: worked by hand, and Keras' rules."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from tests.unit.engine.layers.pooling_cases import grid

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


def test_a_whole_map_can_be_one_window() -> None:
    layer = AveragePooling2D((4, 4), padding=((3, 3), (0, 0)), strides=(1, 1))
    assert layer.forward(DECK)[3, 0, 0] == pytest.approx(38 / 16)
