"""The questions of the lecture decks."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.study import words
from cnn_tutor.study.exercise import NoExercise
from cnn_tutor.study.exercises import generate, kinds, shapes
from cnn_tutor.study.exercises.generator import QUIZ, quizzes
from cnn_tutor.study.exercises.shape import apart


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
    assert grid(made("by_hand_same")) == [
        [0, 0, 2, 0, 1],
        [0, 3, 0, 1, 0],
        [2, 0, 2, 0, 2],
        [0, 1, 0, 3, 0],
        [1, 0, 2, 0, 0],
    ]
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
