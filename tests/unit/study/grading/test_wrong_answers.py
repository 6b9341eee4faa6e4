"""Wrong answers that were once taken for what they aren't, or for more than they show."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.shapes.one_output_cell import OneOutputCell
from cnn_tutor.study.exercises.shapes.whole_output import WholeOutput
from cnn_tutor.study.grading.grading import Grade, grade
from cnn_tutor.study.mistakes.case import Case


def array(numbers: str, *shape: int) -> np.ndarray:
    return np.array(numbers.split(), np.float64).reshape(shape)


def whole(layer: Layer, **tensors: np.ndarray) -> Exercise:
    exercise = WholeOutput().over(layer, tensors, 0, np.random.default_rng(0))
    assert exercise is not None
    return exercise


def cell(at: Index, layer: Layer, **tensors: np.ndarray) -> Exercise:
    return OneOutputCell().ask(Case(layer, tensors), at, 0)


def answered(exercise: Exercise, numbers: str, *before: Any) -> Grade:
    names = [blank.name for blank in exercise.blanks]
    result = grade(exercise, dict(zip(names, numbers.split(), strict=True)), before)
    assert not result.right
    return result


def certain(result: Grade) -> list[str]:
    return [mistake.id for mistake in result.mistakes if mistake.certain]


def test_a_mistake_that_one_of_three_cells_contradicts_is_not_certain() -> None:
    asked = whole(
        Dense(),
        x=array("3 1 3", 3),
        kernel=array("-2 1 -2 -2 1 2 2 2 -2", 3, 3),
        bias=array("-3 2 2", 3),
    )
    result = answered(asked, "-2 10 -7")  # without the bias -2, 10 and -10
    assert result.mistakes[0].id == "bias_forgotten"
    assert certain(result) == []
    assert certain(answered(asked, "-2 10 -7", "bias_forgotten", "bias_forgotten")) == []


X = array(
    "-12 2 2 13 -13 10 16 12 -9 -5 20 -2 0 -9 -14 1 -5 14 8 -14 -13 -16 -4 -18 -15 17 -20 2 -10 -3"
    " -4 -8 -23 -7 22 -7 -17 -11 8 20 4 22 7 -2 -16 4 -21 -8 15 6 15 9 -7 19 -6 -20 5 10 -17 -19"
    " -10 7 -15 -1 -16 13 18 -18 -6 19 21 -11 -2 -22 -21 -3 -1 17 -21 3 -17 17 -12 18 11 13 4 6 16"
    " 1 -22 10 6 -14 11 20 -18 -23 -5 22 19 -12 21 -6 3 -20 -15 -10",
    *(6, 6, 3),
)


def test_a_window_too_high_and_one_too_low_are_two_mistakes() -> None:
    layer = MaxPooling2D((3, 2), (2, 2), "same")
    up = answered(cell((1, 2, 1), layer, x=X), "22")
    assert ("window_off_by_one", "up") in [(mistake.id, mistake.way) for mistake in up.mistakes]
    low = next(o for o in cell((1, 0, 0), layer, x=X).outcomes if o.way == "down")
    (number,) = low.entries.values()
    down = answered(cell((1, 0, 0), layer, x=X), f"{number:.0f}", up)
    assert "window_off_by_one" in [mistake.id for mistake in down.mistakes]
    assert certain(down) == []


def test_a_sheet_of_zeros_shows_nothing_for_certain() -> None:
    asked = whole(
        Conv2D(),
        x=array("4 6 5 3 0 1 7 1 2 5 1 8 2 8 2 6 6 0 6 3 6 9 9 3 5", 5, 5, 1),
        kernel=array("2 1 0 1 0 0 1 1 -2", 3, 3, 1, 1),
        bias=np.zeros(1),
    )
    other = whole(Dense(), x=np.ones(2), kernel=array("1 2 3 4", 2, 2), bias=np.ones(2))
    first = answered(asked, "0 " * 9)
    assert certain(answered(other, "0 0", first)) == []
    assert certain(first) == []


def test_a_mask_that_is_ignored_is_not_one_that_is_inverted() -> None:
    asked = whole(
        Dropout(0.8, training=True), x=array("8 2 9 0 6 2", 6), mask=array("0 0 1 0 0 0", 6)
    )
    result = answered(asked, "40 10 45 0 30 10")
    assert result.mistakes[0].id == "dropout_mask_ignored"
    assert certain(result) == []


def test_what_leads_to_the_same_numbers_is_told_as_either() -> None:
    asked, other = whole(ReLU(), x=array("0 -1 0 -2", 4)), whole(ReLU(), x=array("-3 0 -1", 3))
    for numbers, more, either in (
        ("0 1 0 2", "3 0 1", {"absolute_value", "relu_negated"}),
        ("0 -1 0 -2", "-3 0 -1", {"relu_forgotten", "relu_wrong_half"}),
    ):
        first = answered(asked, numbers)
        for result in (first, answered(other, more, first)):
            told = result.mistakes[0]
            assert {told.id, *told.tied} >= either
            assert certain(result) == []
    told = first.mistakes[0]
    assert all(told.message[side].count(told.name[side]) == 1 for side in ("ja", "en"))


def test_a_forgotten_padding_is_not_taken_for_a_window_off_by_one() -> None:
    layer = Conv2D(padding="same")
    asked = cell(
        (0, 2, 0),
        layer,
        x=array("8 8 9 2 5 1 3 4 3 3 4 9 2 4 1 1 7 8 7 3 9 3 2 7 6", 5, 5, 1),
        kernel=array("1 0 -1 1 1 -2 -1 -1 -1", 3, 3, 1, 1),
        bias=np.zeros(1),
    )
    first = answered(asked, "-10")
    assert (first.mistakes[0].id, first.mistakes[0].way) == ("window_off_by_one", "left")
    again = cell(
        (2, 0, 0),
        layer,
        x=array("2 4 9 6 9 9 2 2 9 6 3 8 6 5 8 0 7 6 2 8 5 9 7 4 0", 5, 5, 1),
        kernel=array("-1 1 0 0 0 2 2 -1 -2", 3, 3, 1, 1),
        bias=np.zeros(1),
    )
    second = answered(again, "4", first)
    assert second.mistakes[0].id == "padding_forgotten"
    assert "window_off_by_one" in second.mistakes[0].tied
    assert certain(second) == []
