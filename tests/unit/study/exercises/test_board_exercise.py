"""Exercises over the numbers of a board, with the cells blank that a teacher has chosen."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.arrays import Tensors
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project import limits
from cnn_tutor.study import words
from cnn_tutor.study.exercises.board_exercise import over_board
from cnn_tutor.study.grading.grading import grade

X = np.arange(1.0, 17).reshape(4, 4, 1)
KERNEL = np.array([[1.0, 2], [0, -1]]).reshape(2, 2, 1, 1)
CONV = {"x": X, "kernel": KERNEL, "bias": np.array([3.0])}


def right(exercise) -> dict[str, str]:
    return {blank.name: str(blank.answer) for blank in exercise.blanks}


def test_without_cells_the_whole_output_is_asked_for() -> None:
    exercise = over_board(Conv2D(), CONV)
    assert exercise.shape == "whole_output"
    assert len(exercise.blanks) == 9
    assert "every cell" in exercise.prompt["en"]
    assert grade(exercise, right(exercise)).right


def test_chosen_outputs_are_asked_for_and_diagnosed() -> None:
    exercise = over_board(Conv2D(), CONV, OUTPUT, [(0, 1, 0), (2, 2, 0)])
    assert [blank.name for blank in exercise.blanks] == ["output[0,1,0]", "output[2,2,0]"]
    assert "出力の空いているマスを求めてください" in exercise.prompt["ja"]
    # 1·2 + 2·3 + 0·6 − 1·7 = 1, and 3 more with the bias, which is forgotten in both.
    assert exercise.blanks[0].answer == 4
    forgotten = {blank.name: str(blank.answer - 3) for blank in exercise.blanks}
    found = grade(exercise, forgotten)
    assert not found.right
    assert "bias_forgotten" in [mistake.id for mistake in found.mistakes]


def test_missing_inputs_are_found_from_the_output() -> None:
    exercise = over_board(Conv2D(), CONV, "x", [(0, 0, 0), (1, 1, 0)])
    assert exercise.shape == "missing_inputs"
    assert grade(exercise, right(exercise)).right
    assert not grade(exercise, {**right(exercise), "x[0,0,0]": "7"}).right


@pytest.mark.parametrize(("port", "cell"), [("kernel", (0, 1, 0, 0)), ("bias", (0,))])
def test_missing_weights_are_found_from_the_output(port: str, cell: tuple[int, ...]) -> None:
    exercise = over_board(Conv2D(), CONV, port, [cell])
    assert exercise.shape == "find_filter"
    assert exercise.blanks[0].answer == CONV[port][cell]
    assert grade(exercise, right(exercise)).right


def test_a_mask_is_asked_for_as_a_whole() -> None:
    tensors = {"x": np.arange(1.0, 5), "mask": np.array([1.0, 0, 1, 0])}
    exercise = over_board(Dropout(training=True), tensors, "mask", [(1,)])
    assert exercise.shape == "dropout_mask"
    assert [blank.answer for blank in exercise.blanks] == [1, 0, 1, 0]


def blind() -> tuple[Layer, Tensors]:
    return MaxPooling2D(), {"x": X}


def unread() -> tuple[Layer, Tensors]:
    return Conv2D(), {**CONV, "kernel": KERNEL * np.array([[1], [0]]).reshape(2, 1, 1, 1)}


def test_what_the_output_does_not_tell_is_refused() -> None:
    pooled, (layer, tensors) = blind(), unread()
    for given, cell in ((pooled, (0, 0, 0)), ((layer, tensors), (3, 0, 0))):
        with pytest.raises(Refusal) as refused:
            over_board(*given, "x", [cell])
        assert refused.value.reason == "board_not_told"
    for language in words.LANGUAGES:
        words.speak(language)
        assert words.explain(refused.value)


def test_more_than_a_learner_can_fill_in_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        over_board(Conv2D(), {**CONV, "x": np.ones((12, 12, 1))})
    assert refused.value.reason == "board_asked"
    assert refused.value.values == {"count": 121, "most": limits.MAX_ASKED}


def test_a_right_answer_to_it_is_practice_and_no_evidence() -> None:
    assert not over_board(Conv2D(), CONV).evidence


@pytest.mark.parametrize("kind", list(layer_kinds()))
def test_every_kind_has_outputs_to_be_asked_for(kind: str) -> None:
    for level in range(6):
        layer, tensors = layer_kinds()[kind].sample(np.random.default_rng(level), level)
        output = layer.forward(tensors)
        cells = list(np.ndindex(output.shape))[:3]
        exercise = over_board(layer, tensors, OUTPUT, cells)
        assert exercise.kind == kind
        assert grade(exercise, right(exercise)).right
        wrong = {blank.name: str(blank.answer + 1234) for blank in exercise.blanks}
        assert not grade(exercise, wrong).right
        assert exercise.outcomes is not None
