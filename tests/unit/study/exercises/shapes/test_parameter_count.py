"""How many numbers a layer learns."""

from __future__ import annotations

import numpy as np

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.study.exercises import kinds
from cnn_tutor.study.exercises.generator import shapes
from tests.unit.study.exercises.many import many


def counted(exercise) -> int:
    """Count one by one every number that is not of the input."""
    return sum(1 for port in ("kernel", "bias") for _ in exercise.tensors[port].flat)


def test_it_is_asked_of_every_layer_that_learns():
    assert set(kinds("parameter_count")) == {"conv2d", "dense"}


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
