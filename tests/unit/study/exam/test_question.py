"""What an exam asks: a bit of everything, that counts, with wrong numbers that people write."""

from __future__ import annotations

import itertools
import os
from collections import Counter

import pytest

from cnn_tutor.study import numbers
from cnn_tutor.study.exam.question import CHOICES, Question, questions
from cnn_tutor.study.exercises.generator import generate
from cnn_tutor.study.grading.grading import grade
from cnn_tutor.study.practice.mastery.skills import skill_of, skills
from cnn_tutor.study.practice.worksheet import content

SEEDS = range(200 if "CNN_TUTOR_LONG" in os.environ else 6)


@pytest.fixture(scope="module")
def drawn() -> list[tuple[Question, ...]]:
    return [questions(seed, 20) for seed in SEEDS]


def test_the_same_seed_asks_the_same(drawn) -> None:
    assert questions(0, 20) == drawn[0]
    assert len({tuple(q.code for q in one) for one in drawn}) == len(drawn)


def test_every_skill_is_asked_and_none_much_more_than_others(drawn) -> None:
    for one in drawn:
        asked = Counter(question.skill for question in one)
        assert sum(asked.values()) == 20
        assert set(asked) == set(skills())
        assert set(asked.values()) <= {1, 2}
        for question in one:
            shape, kind, level, _ = question.exercise.facts
            assert skill_of(shape, kind, level) == question.skill


def test_few_questions_are_of_different_skills() -> None:
    assert len({question.skill for question in questions(3, 7)}) == 7


def test_each_counts_no_two_are_alike_and_kinds_take_turns(drawn) -> None:
    for one in drawn:
        made = [question.exercise for question in one]
        assert all(exercise.evidence for exercise in made)
        assert len({content(exercise) for exercise in made}) == 20
        most = max(Counter(exercise.kind for exercise in made).values())
        twice = sum(a.kind == b.kind for a, b in itertools.pairwise(made))
        assert twice == max(most - 10, 0)  # with 11 of 20 it can't be avoided


def test_about_half_are_to_be_chosen(drawn) -> None:
    chosen = [sum(bool(question.choices) for question in one) for one in drawn]
    assert all(7 <= count <= 10 for count in chosen)
    assert sum(chosen) >= 9 * len(chosen)


def test_a_choice_has_one_right_number_among_those_of_mistakes(drawn) -> None:
    places = Counter[int]()
    for question in (q for one in drawn for q in one if q.choices):
        exercise, choices = question.exercise, question.choices
        (blank,) = exercise.blanks
        assert not blank.mark
        assert len(set(choices)) == CHOICES
        assert all(number == round(number, 2) for number in choices)
        judged = [grade(exercise, {blank.name: numbers.exact(n)}) for n in choices]
        right = [place for place, one in enumerate(judged) if one.right]
        assert len(right) == 1
        places.update(right)
        assert all(one.right or one.mistakes for one in judged), question.code
    assert set(places) == set(range(CHOICES))


def test_main_mistakes_come_before_rare_ones() -> None:
    from cnn_tutor.study.exam.question import _wrong_choices
    from cnn_tutor.study.mistakes.catalogue import catalogue

    exercise = generate("one_output_cell", "conv2d", 2, 5)
    (blank,) = exercise.blanks
    main = [
        round(outcome.entries[blank.name], 2)
        for outcome in exercise.outcomes
        if catalogue()[outcome.mistake].main and blank.name in outcome.entries
    ]
    assert len(main) > CHOICES
    assert set(_wrong_choices(exercise)) <= set(main)


def test_an_exercise_with_several_blanks_or_marks_is_no_choice() -> None:
    from cnn_tutor.study.exam.question import _wrong_choices

    assert not _wrong_choices(generate("output_size", "conv2d", 2, 5))
    assert not _wrong_choices(generate("receptive_field", "conv2d", 1, 1))
