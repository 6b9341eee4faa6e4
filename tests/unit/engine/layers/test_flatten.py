"""Flatten: the deck's numbers, Keras' order, and boxes through it."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.explanation import Cell
from cnn_tutor.engine.layers.flatten import Flatten
from tests.unit.engine import reference

DECK = np.array([[2.0, 1, 4], [5, 3, 2], [0, 2, 3]])[..., None]


def test_the_deck_s_map_becomes_one_vector() -> None:
    output = Flatten().forward({"x": DECK})
    assert output.tolist() == [2, 1, 4, 5, 3, 2, 0, 2, 3]
    assert Flatten().explain({"x": DECK}, (5,)).cells("x") == (Cell("x", (1, 2, 0), 2.0),)
    assert Flatten().affected("x", (2, 1, 0), {"x": (3, 3, 1)}) == (slice(7, 8),)


def test_channels_come_one_after_the_other_in_each_place() -> None:
    x = np.arange(24.0).reshape(2, 3, 4)[..., ::-1]
    assert Flatten().forward({"x": x}).tolist() == reference.flatten(x)
    batch = np.stack([x, -x])
    expected = [reference.flatten(item) for item in batch]
    assert Flatten().forward({"x": batch}).tolist() == expected
    assert Flatten().explain({"x": batch}, (1, 7)).cells("x")[0].index == (1, 0, 1, 3)
    grad = np.arange(48.0).reshape(2, 24)
    over_x = Flatten().backward({"x": batch}, grad)["x"]
    assert [reference.flatten(item) for item in over_x] == grad.tolist()


@pytest.mark.parametrize("shape", [(5,), (2, 5)])
def test_vectors_stay_as_they_are(shape: tuple[int, ...]) -> None:
    x = np.random.default_rng(0).normal(size=shape)
    np.testing.assert_array_equal(Flatten().forward({"x": x}), x, strict=True)
    at = tuple(n - 1 for n in shape)
    assert Flatten().explain({"x": x}, at).cells("x") == (Cell("x", at, x[at]),)
    box = tuple(slice(0, n - 1) for n in shape)
    assert Flatten().reached("x", box, {"x": shape}) == box


def test_a_box_is_the_stretch_from_its_first_cell_to_its_last() -> None:
    shapes = {"x": (4, 5, 3)}
    stretch = Flatten().reached("x", (slice(1, 2), slice(2, 4), slice(0, 2)), shapes)
    assert stretch == (slice(21, 26),)
    empty = (slice(0, 0),) * 3
    assert Flatten().reached("x", empty, shapes) == (slice(0, 0),)


def test_its_output_is_its_own() -> None:
    x = DECK.copy()
    Flatten().forward({"x": x})[:] = 9
    Flatten().forward_region({"x": x}, (slice(0, 4),))[:] = 9
    np.testing.assert_array_equal(x, DECK)


def test_a_single_number_is_refused() -> None:
    with pytest.raises(ShapeError, match="x_scalar"):
        Flatten().forward({"x": np.array(3.0)})
