"""Which steps of an explanation become a grid, and what is written of the others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.engine.explanation import Explanation
from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.engine.layers.flatten import Flatten
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.layers.softmax import Softmax
from cnn_tutor.pages.views.cells.tables import Table, tables
from tests.unit.study.test_formula import explained


def convolution(channels: int, side: int = 2) -> Explanation:
    x = np.arange(16.0 * channels).reshape(4, 4, channels)
    kernel = np.arange(1.0, side * side * channels + 1).reshape(side, side, channels, 1)
    return explained(Conv2D(), (1, 1, 0), x=x, kernel=kernel, bias=[5])


def facts(table: Table) -> tuple[object, ...]:
    return table.place, table.before, table.inside, table.columns, table.plane, table.ports


def test_one_channel_is_one_grid_and_the_bias_stands_outside() -> None:
    (table,) = tables(convolution(1))
    assert facts(table) == (0, 0, 4, 2, (0,), ("x", "kernel"))
    assert len(table.terms) == 4
    assert [term.factors[1].value for term in table.terms] == [1, 2, 3, 4]


def test_each_of_three_channels_has_its_grid_and_their_sum_has_none() -> None:
    found = tables(convolution(3))
    assert [facts(table) for table in found] == [
        (c, 4 * c, 4, 2, (c,), ("x", "kernel")) for c in range(3)
    ]


@pytest.mark.parametrize("channels", [1, 3])
def test_a_filter_of_one_cell_still_has_its_products(channels: int) -> None:
    found = tables(convolution(channels, side=1))
    assert [(table.inside, table.columns, table.plane) for table in found] == [
        (1, 1, (c,)) for c in range(channels)
    ]


@pytest.mark.parametrize("kind", [MaxPooling2D, AveragePooling2D])
def test_a_window_that_is_pooled_is_a_grid_of_numbers(kind) -> None:
    x = np.arange(18.0).reshape(3, 3, 2)
    (table,) = tables(explained(kind((2, 2), (1, 1)), (0, 1, 1), x=x))
    assert facts(table) == (0, 0, 4, 2, (1,), ("x",))
    assert [term.value for term in table.terms] == [3, 5, 9, 11]


def test_a_window_over_the_edge_is_a_smaller_grid() -> None:
    x = np.arange(9.0).reshape(3, 3, 1)
    layer = MaxPooling2D((2, 2), (2, 2), "same")
    sizes = {
        at: [(table.inside, table.columns) for table in tables(explained(layer, (*at, 0), x=x))]
        for at in ((0, 0), (0, 1), (1, 0), (1, 1))
    }
    assert sizes == {(0, 0): [(4, 2)], (0, 1): [(2, 1)], (1, 0): [(2, 2)], (1, 1): [(1, 1)]}


def test_the_products_of_a_unit_stand_under_each_other() -> None:
    layer, kernel = Dense(), [[1, 2], [3, 4], [5, 6]]
    explanation = explained(layer, (1,), x=[7, 8, 9], kernel=kernel, bias=[0, 1])
    (table,) = tables(explanation)
    assert facts(table) == (0, 0, 3, 1, (), ("x", "kernel"))
    assert [term.value for term in table.terms] == [14, 32, 54]


def test_a_number_and_its_switch_are_a_product_that_is_not_there_at_inference() -> None:
    tensors = {"x": [[[3], [4]]], "mask": [[[1], [0]]]}
    (table,) = tables(explained(Dropout(0.5), (0, 0, 0), **tensors))
    assert facts(table) == (0, 0, 1, 1, (0,), ("x", "mask"))
    assert table.step.value == 6
    assert tables(explained(Dropout(0.5, training=False), (0, 0, 0), **tensors)) == ()


@pytest.mark.parametrize("layer", [ReLU(), Softmax(), Flatten()])
def test_what_goes_number_by_number_has_no_grid(layer) -> None:
    assert tables(explained(layer, (1,), x=[2, -1, 3])) == ()


@given(st.integers(1, 4), st.integers(0, 80))
def test_every_term_that_is_shown_is_in_a_grid_or_in_the_total(channels: int, shown: int) -> None:
    explanation = convolution(channels)
    found = tables(explanation)
    count = sum(len(step.terms) for step in explanation.steps)
    added = [table.added(shown) for table in found]
    assert all(0 <= n <= len(table.step.terms) for n, table in zip(added, found, strict=True))
    assert added == sorted(added, reverse=True)
    rest = count - sum(len(table.step.terms) for table in found)
    assert 0 <= min(shown, count) - sum(added) <= rest
