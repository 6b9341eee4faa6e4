"""Max pooling: the deck's numbers, Keras' rules, and what it refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnn_tutor.engine.errors import SettingError, ShapeError
from cnn_tutor.engine.explanation import Cell, Step, Term
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.window import Window
from tests.unit.engine.layers.pooling_cases import grid

DECK = {"x": grid("3 1 0 5/0 2 4 2/2 0 3 1/4 5 4 2")}


def test_the_deck_s_pooling() -> None:
    np.testing.assert_array_equal(MaxPooling2D().forward(DECK), grid("3 5/5 4"), strict=True)
    assert MaxPooling2D().windows({"x": (4, 4, 1)}) == (Window(4, 2, 2), Window(4, 2, 2))


def test_it_is_explained_as_the_largest_of_a_window() -> None:
    explanation = MaxPooling2D().explain(DECK, (0, 1, 0))
    cells = (((0, 2, 0), 0.0), ((0, 3, 0), 5.0), ((1, 2, 0), 4.0), ((1, 3, 0), 2.0))
    terms = tuple(Term((Cell("x", index, value),)) for index, value in cells)
    assert explanation.steps == (Step("window", "max", terms),)
    assert [explanation.steps[0].partial(n) for n in range(5)] == [0, 0, 5, 5, 5]


def test_padding_never_wins_and_is_never_read() -> None:
    x = {"x": -DECK["x"] - 1}
    layer = MaxPooling2D(strides=1, padding="same")
    assert layer.forward(x)[3, 3, 0] == -3
    assert layer.explain(x, (3, 3, 0)).cells("x") == (Cell("x", (3, 3, 0), -3.0),)
    layer = MaxPooling2D(padding=((1, 0), (0, 0)), pool_size=(3, 2))
    assert layer.explain(x, (0, 0, 0)).cells("x")[0].index == (0, 0, 0)


def test_the_first_of_the_largest_takes_the_whole_gradient() -> None:
    layer = MaxPooling2D(strides=1)
    x = {"x": grid("2 7 7/1 7 0")}
    np.testing.assert_array_equal(
        layer.backward(x, np.array([[[3.0], [4.0]]]))["x"], grid("0 7 0/0 0 0"), strict=True
    )


def test_the_strides_are_the_window_s_size_unless_they_are_set() -> None:
    assert MaxPooling2D(3).strides == (3, 3)
    assert MaxPooling2D((2, 3)) == MaxPooling2D((2, 3), (2, 3))
    assert MaxPooling2D((2, 3), 1).strides == (1, 1)
    assert MaxPooling2D(padding=[[1, 0], [0, 1]]) == MaxPooling2D(padding=((1, 0), (0, 1)))


@pytest.mark.parametrize(
    ("setting", "value", "reason"),
    [
        ("pool_size", 0, "not_positive"),
        ("pool_size", (2, 2, 2), "not_positive"),
        ("strides", (1, 0), "not_positive"),
        ("padding", "full", "unknown_padding"),
        ("padding", ((0, -1), (0, 0)), "negative_padding"),
        ("padding", ((0, 2), (0, 0)), "padding_too_large"),
        ("padding", ((0, 0), (2, 0)), "padding_too_large"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(setting: str, value: Any, reason: str) -> None:
    with pytest.raises(SettingError) as refused:
        MaxPooling2D(**{setting: value})
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("x", "reason"),
    [((4, 4), "x_rank"), ((), "x_rank"), ((1, 4, 1), "pool_too_large"), ((4, 4, 0), "empty_axis")],
)
def test_shapes_that_do_not_fit_are_refused(x: Any, reason: str) -> None:
    with pytest.raises(ShapeError) as refused:
        MaxPooling2D().output_shape({"x": x})
    assert refused.value.reason == reason
    with pytest.raises(ShapeError):
        MaxPooling2D().forward({"x": np.zeros(x)})
