"""Which exercises there are, the same ones each time, and the questions of the decks."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product

import numpy as np
import pytest

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study import words
from cnn_tutor.study.exercise import NoExercise
from cnn_tutor.study.exercises import Exercise, generate, kinds, shapes
from cnn_tutor.study.exercises.evidence import apart
from cnn_tutor.study.exercises.generator import QUIZ, quizzes
from tests.unit.engine.toys import Growing, Scaled, Single, Unready, known

VALUES = ("one_output_cell", "whole_output")
OWN = ("stages_of_a_cell", "pool_winner", "dropout_mask", "spot_the_error")


def test_kinds_that_nobody_knows_are_asked_about_at_once():
    with known(Scaled, Growing):
        for shape in VALUES:
            assert {"scaled", "growing"} <= set(kinds(shape))
            exercise = generate(shape, "scaled", 0, 1)
            for blank in exercise.blanks:
                assert blank.answer == 3 * exercise.tensors["x"][blank.index]
            assert "scaled" in exercise.prompt["en"]
        for shape in OWN:
            assert "scaled" not in kinds(shape)


def test_a_kind_that_can_not_be_asked_about_is_refused():
    with known(Unready, Single):
        for kind, shape in product(("unready", "single"), VALUES):
            with pytest.raises(NoExercise, match="can't be asked"):
                generate(shape, kind, 0, 0)
        for kind, shape in product(("unready", "single"), OWN):
            assert kind not in kinds(shape)


SLIDING = {"conv2d", "max_pooling2d", "average_pooling2d"}
WHOLE = {"global_max_pooling2d", "global_average_pooling2d"}
ASKED = {
    "one_output_cell": set(layer_kinds()),
    "whole_output": set(layer_kinds()),
    "shape_chain": set(layer_kinds()),
    "pool_winner": {"max_pooling2d", "global_max_pooling2d"},
    "dropout_mask": {"dropout"},
    "output_size": SLIDING,
    "receptive_field": SLIDING | WHOLE,
    "outputs_reached": SLIDING | WHOLE,
    "parameter_count": {"conv2d", "dense"},
    "find_filter": {"conv2d", "dense"},
    "missing_inputs": {
        *("conv2d", "dense", "average_pooling2d", "global_average_pooling2d", "flatten", "dropout")
    },
    "flatten_position": {"flatten"},
    "match_filter": {"conv2d"},
}


@pytest.mark.parametrize("shape", ASKED)
def test_a_shape_is_asked_of_the_kinds_that_have_what_it_needs(shape):
    assert set(kinds(shape)) == ASKED[shape]


def test_stages_and_errors_are_asked_of_the_kinds_of_the_decks():
    assert {"conv2d", "dense"} <= set(kinds("stages_of_a_cell"))
    assert SLIDING | {"dense", "dropout"} <= set(kinds("spot_the_error"))


@pytest.mark.parametrize("shape", ["match_filter", "output_size", "receptive_field"])
def test_a_new_kind_that_has_what_a_shape_needs_is_asked_at_once(shape):
    class Copycat(Conv2D):
        kind = "copycat"

    with known(Copycat, Scaled):
        assert "copycat" in kinds(shape)
        assert "scaled" not in kinds(shape)
        assert generate(shape, "copycat", 5, 0).evidence
    with known(Scaled, Single):
        assert "scaled" in kinds("missing_inputs")
        assert "single" not in kinds("missing_inputs")


# --- the same again -------------------------------------------------------------------------------

SEED = 7


def digest(exercise: Exercise) -> list[object]:
    """Return what can be seen of an exercise."""
    tensors = {port: np.asarray(tensor).tolist() for port, tensor in exercise.tensors.items()}
    shown = {port: np.asarray(tensor).tolist() for port, tensor in exercise.shown.items()}
    blanks = [(b.name, b.answer, dict(b.label)) for b in exercise.blanks]
    told = (dict(exercise.prompt), dict(exercise.rule), exercise.given, exercise.at)
    return [repr(exercise.layer), tensors, shown, blanks, told, exercise.evidence]


def every() -> str:
    """Return one exercise of every shape and kind, as text."""
    return repr(
        [
            (shape, kind, digest(generate(shape, kind, level % 6, SEED)))
            for shape in sorted(shapes())
            for level, kind in enumerate(kinds(shape))
        ]
    )


def test_an_exercise_is_the_same_again():
    assert every() == every()


def test_other_seeds_give_other_exercises():
    for shape in shapes():
        for kind in kinds(shape):
            seen = {repr(digest(generate(shape, kind, 4, seed))) for seed in range(6)}
            assert len(seen) > 3, (shape, kind)


def test_another_process_makes_the_same():
    code = "from tests.unit.study.exercises.test_generator import every; print(every())"
    # Another hash of every name, and so another order of every set.
    changed = {**os.environ, "PYTHONHASHSEED": "12345"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=changed, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == every()


# --- the questions of the decks ------------------------------------------------------------------


def made(key: str):
    quiz = quizzes()[key]
    return generate(quiz.shape, quiz.kind, QUIZ, quiz.seed)


def grid(exercise) -> list[list[float]]:
    return exercise.layer.forward(exercise.tensors)[..., 0].tolist()


@pytest.mark.parametrize("key", list(quizzes()))
def test_every_quiz_can_be_made(key):
    quiz, exercise = quizzes()[key], made(key)
    assert quiz.shape in shapes()
    assert quiz.kind in kinds(quiz.shape)
    facts = (exercise.shape, exercise.kind, exercise.level, exercise.seed)
    assert facts == (quiz.shape, quiz.kind, QUIZ, quiz.seed)
    assert exercise.evidence == (apart(exercise) and exercise.source.tells(exercise))
    assert set(quiz.title) == set(words.LANGUAGES)
    again = made(key)
    assert again.prompt == exercise.prompt
    assert again.blanks == exercise.blanks


def test_the_next_width():
    exercise = made("next_width")
    assert exercise.tensors["x"].ravel().tolist() == [1, 2, 3, 4, 5]
    assert exercise.blanks[-1].answer == 3
    assert not exercise.evidence  # 3 is what copying the filter's width gives, too


def test_by_hand():
    assert grid(made("by_hand")) == [[3, 0, 1], [0, 2, 0], [1, 0, 3]]
    assert len(made("by_hand").blanks) == 9
    assert len(made("by_hand_same").blanks) == 25


def test_the_demo():
    exercise = made("demo_cell")
    assert exercise.tensors["x"].shape == (5, 5, 3)
    assert exercise.tensors["bias"].tolist() == [1, 0]
    assert exercise.layer.forward(exercise.tensors).shape == (3, 3, 2)


def test_counts():
    assert made("four_filters").blanks[0].answer == 3 * 3 * 3 * 4 + 4
    assert made("two_filters").blanks[0].answer == 3 * 3 * 4 * 2 + 2


def test_the_others():
    assert grid(made("largest_of_four")) == [[3, 5], [5, 4]]
    assert made("one_vector").tensors["x"][..., 0].tolist() == [[2, 1, 4], [5, 3, 2], [0, 2, 3]]
    dropout = made("half_dropped")
    assert dropout.layer.rate == 0.5
    assert 0 < dropout.tensors["mask"].sum() < dropout.tensors["mask"].size


def test_the_seeds_go_round():
    first, second = made("by_hand"), made("by_hand_same")
    for seed in (2, 4):
        again = generate("whole_output", "conv2d", QUIZ, seed)
        assert again.seed == seed
        assert np.array_equal(grid(again), grid(first))
    assert grid(generate("whole_output", "conv2d", QUIZ, 3)) == grid(second)


def test_what_the_decks_do_not_ask_is_no_quiz():
    with pytest.raises(NoExercise, match="no quiz"):
        generate("output_size", "max_pooling2d", QUIZ, 0)
    with pytest.raises(ValueError, match="non-negative"):
        generate("output_size", "conv2d", QUIZ, -1)
