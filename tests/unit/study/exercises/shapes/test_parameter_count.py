"""How many numbers a layer learns."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.study.exercises.generator import generate, shapes
from cnn_tutor.study.exercises.shapes.parameter_count import total, written, wrong_counts
from tests.unit.study.exercises.many import many


def counted(exercise) -> int:
    """Count one by one every number that is not of the input."""
    return sum(1 for port in ("kernel", "bias") for _ in exercise.tensors[port].flat)


def test_the_count_is_of_all_weights_and_biases():
    answers = set()
    for exercise in many("parameter_count"):
        (blank,) = exercise.blanks
        assert blank.name == "parameters"
        assert blank.answer == counted(exercise)
        assert exercise.evidence
        answers.add(blank.answer)
    assert len(answers) > 40


def test_the_prompt_tells_every_shape():
    tensors = {"x": np.ones((5, 5, 3)), "kernel": np.ones((3, 3, 3, 4)), "bias": np.ones(4)}
    exercise = shapes()["parameter_count"].over(Conv2D(), tensors, 0, np.random.default_rng(0))
    for part in ("5×5×3", "3×3×3×4", "Bias 4"):
        assert part in exercise.prompt["en"]
    assert exercise.blanks[0].answer == 112


def test_a_layer_without_a_bias_is_asked_of_its_weights():
    tensors = {"x": np.ones((5, 5, 1)), "kernel": np.ones((3, 3, 1, 2))}
    exercise = shapes()["parameter_count"].over(Conv2D(), tensors, 0, np.random.default_rng(0))
    assert exercise.blanks[0].answer == 18
    assert "parameters_no_bias" not in {outcome.mistake for outcome in exercise.outcomes}


# --- mistakes ------------------------------------------------------------------------------------


def counts(layer: Layer, shapes: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return what the terms of each mistake come to."""
    found = wrong_counts(layer, shapes)
    return {mistake: tuple(map(total, ways)) for mistake, ways in found.items()}


def convolution(side: int, k: int, c: int, f: int) -> dict[str, tuple[int, ...]]:
    shapes = {"x": (side, side, c), "kernel": (k, k, c, f), "bias": (f,)}
    return counts(Conv2D(), shapes)


@pytest.mark.parametrize(("k", "c", "f"), list(product((2, 3, 5), (2, 3, 4), (2, 4, 6))))
def test_counts_of_a_convolution(k, c, f):
    places = (8 - k + 1) ** 2
    assert convolution(8, k, c, f) == {
        "parameters_no_bias": (k * k * c * f,),
        "parameters_one_bias": (k * k * c * f + 1,),
        "parameters_no_input_channels": (k * k * f + f,),
        "parameters_no_filters": (k * k * c + f, k * k * c + 1),
        "parameters_kernel_not_squared": (k * c * f + f,),
        "parameters_times_positions": (
            (k * k * c * f + f) * places,
            k * k * c * f * places + f,
        ),
        "parameters_no_channels_no_biases": (k * k * f,),
        "parameters_one_filter": (k * k * c,),
        "parameters_window_only": (k * k,),
        "parameters_bias_per_slice": (k * k * c * f + c * f,),
        **({"parameters_bias_per_input": (k * k * c * f + c,)} if c != f else {}),
        "parameters_bias_per_output": (k * k * c * f + places * f,),
        "parameters_as_if_dense": ((8 * 8 * c + 1) * places * f,),
        "parameters_outputs_counted": (places * f,),
    }


def test_who_ignores_groups_counts_all_channels_for_each_filter():
    shapes = {"x": (5, 5, 4), "kernel": (3, 3, 2, 4), "bias": (4,)}
    assert counts(Conv2D(groups=2), shapes)["parameters_groups_ignored"] == (3 * 3 * 4 * 4 + 4,)


def test_what_can_not_be_left_out_is_no_mistake():
    assert set(convolution(5, 1, 1, 1)) == {
        "parameters_no_bias",
        "parameters_times_positions",
        "parameters_bias_per_output",
        "parameters_as_if_dense",
        "parameters_outputs_counted",
    }
    assert set(convolution(3, 3, 1, 1)) == {"parameters_no_bias", "parameters_kernel_not_squared"}


def test_a_filter_that_is_not_square_may_be_cut_either_way():
    shapes = {"x": (8, 8, 2), "kernel": (2, 3, 2, 2), "bias": (2,)}
    found = counts(Conv2D(), shapes)["parameters_kernel_not_squared"]
    assert found == (2 * 2 * 2 + 2, 3 * 2 * 2 + 2)


def test_counts_of_a_dense_layer():
    found = counts(Dense(), {"x": (7,), "kernel": (7, 3), "bias": (3,)})
    assert found == {
        "parameters_no_bias": (21,),
        "parameters_one_bias": (22,),
        "parameters_no_filters": (10, 8),
        "parameters_inputs_only": (7,),
        "parameters_one_more_each": (32,),
        "parameters_bias_per_input": (28,),
    }


def test_a_count_is_told_with_its_arithmetic():
    shapes = {"x": (5, 5, 2), "kernel": (3, 3, 2, 4), "bias": (4,)}
    found = {m: list(map(written, ways)) for m, ways in wrong_counts(Conv2D(), shapes).items()}
    assert found["parameters_no_bias"] == ["3·3·2·4"]
    assert found["parameters_no_filters"] == ["3·3·2 + 4", "3·3·2 + 1"]
    assert found["parameters_times_positions"] == ["3·3·2·4·9 + 4·9", "3·3·2·4·9 + 4"]
    (outcome,) = (
        outcome
        for outcome in generate("parameter_count", "conv2d", 2, 1).outcomes
        if outcome.mistake == "parameters_no_bias"
    )
    (count,) = outcome.entries.values()
    assert outcome.values["work"]["en"].endswith(f" = {count})")
