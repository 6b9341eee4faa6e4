"""Every exercise that there is: the answers are right, and each mistake's numbers look like it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises import generate, kinds, shapes
from cnn_tutor.study.grading.feedback import about_all, about_cell
from cnn_tutor.study.grading.grading import grade
from cnn_tutor.study.mistakes.catalogue import catalogue

LEVELS = (1, 4)


def asked() -> Iterator[object]:
    for shape in shapes():
        for kind in kinds(shape):
            for level in LEVELS:
                yield pytest.param(shape, kind, level, id=f"{shape}-{kind}-{level}")


@cache
def made(shape: str, kind: str, level: int) -> Exercise:
    return generate(shape, kind, level, 1)


def written(exercise: Exercise, wrong: dict[str, float] | None = None) -> dict[str, str]:
    answers = {blank.name: blank.answer for blank in exercise.blanks} | (wrong or {})
    return {name: numbers.show(value) for name, value in answers.items()}


@pytest.mark.parametrize(("shape", "kind", "level"), list(asked()))
def test_the_answers_are_right(shape: str, kind: str, level: int) -> None:
    exercise = made(shape, kind, level)
    assert exercise.blanks
    entries = written(exercise)
    for given in (entries, {n: f" {text}\u3000" for n, text in entries.items()}):
        result = grade(exercise, given)
        assert result.right
        assert result.mistakes == ()
        assert result.credit[0] == result.credit[1] > 0
    assert not grade(exercise, {}).right
    assert set(grade(exercise, {}).cells.values()) == {"empty"}


@pytest.mark.parametrize(("shape", "kind", "level"), list(asked()))
def test_the_numbers_of_a_mistake_look_like_it(shape: str, kind: str, level: int) -> None:
    exercise = made(shape, kind, level)
    for outcome in (*exercise.outcomes, *exercise.slips):
        names = {blank.name for blank in exercise.blanks}
        assert set(outcome.entries) <= names
        entries = written(exercise, dict(outcome.entries))
        result = grade(exercise, entries)
        if result.right:  # another right answer, or one that this exercise can't tell
            continue
        mistake = catalogue()[outcome.mistake]
        found = [told.id for told in result.mistakes]
        # A slip may have led to the number of a mistake, and one mistake to that of a commoner.
        assert outcome.mistake in found or (mistake.slip and found)
        if mistake.main and exercise.evidence and not outcome.aside:
            others = [other for other in found if catalogue()[other].main]
            assert others[0] == outcome.mistake
        for name, state in result.cells.items():
            for text in about_cell(exercise, result, entries, name).values():
                assert "{" not in text, (name, state)
        for told in result.mistakes:
            assert set(told.message) == set(words.LANGUAGES)
            assert all(told.name[side] in told.message[side] for side in words.LANGUAGES)
        assert about_all(result)["en"]
