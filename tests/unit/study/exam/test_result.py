"""What came of an exam, and what of it is in the record of practice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from cnn_tutor.study.exam.exam import Exam
from cnn_tutor.study.exam.result import record, result
from cnn_tutor.study.grading.sheet import WRONG
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.store import Store, StoreError
from tests.unit.study.exam.given import right, wrong
from tests.unit.study.practice.given import Clock

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as store:
        yield store


@pytest.fixture
def practice(store) -> Practice:
    return Practice(store, store.add_learner("Aoi"), Clock())


@pytest.fixture(scope="module")
def begun() -> Exam:
    return Exam.begin(2, NOW)


@pytest.fixture(scope="module")
def written(begun) -> Exam:
    """Wrong at every third question from the first, nothing at every third from the second."""
    exam = begun
    for place, question in enumerate(begun.questions):
        entries = ({}, wrong(question), right(question))[(place + 2) % 3]
        exam = exam.at(place).with_answer(entries).after(place)
    return exam.handed_in(NOW)


def test_a_question_is_right_with_all_of_its_blanks(written, practice) -> None:
    found = result(written, practice)
    assert [judged.right for judged in found.grades] == [n % 3 == 0 for n in range(20)]
    assert found.right == 7
    assert sum(right for right, _ in found.by_skill.values()) == 7
    assert sum(of for _, of in found.by_skill.values()) == 20
    assert set(found.by_skill) == {question.skill for question in written.questions}


def test_wrong_ones_are_diagnosed(written, practice) -> None:
    grades = result(written, practice).grades
    known = [
        judged
        for question, judged in zip(written.questions, grades, strict=True)
        if WRONG in judged.cells.values() and question.exercise.outcomes
    ]
    assert len(known) > 3
    assert all(judged.mistakes for judged in known)


def test_all_answers_are_in_the_record_once(written, practice, store) -> None:
    record(written, practice)
    kept = store.answers(practice.learner.id)
    answered = [n for n in range(20) if written.answered(n)]
    assert [one.code for one in kept] == [written.questions[n].code for n in answered]
    assert [one.correct for one in kept] == [n % 3 == 0 for n in answered]
    assert [one.seconds for one in kept] == answered
    assert all(one.first and one.mixed and not one.hints and not one.shown for one in kept)
    record(written, practice)
    assert store.answers(practice.learner.id) == kept


def test_a_right_choice_is_no_evidence_and_a_wrong_one_is(written, practice, store) -> None:
    record(written, practice)
    chosen = {question.code: bool(question.choices) for question in written.questions}
    kept = store.answers(practice.learner.id)
    assert {(chosen[one.code], one.correct): one.counts for one in kept} == {
        (True, True): False,
        (True, False): True,
        (False, True): True,
        (False, False): True,
    }


def test_what_is_half_filled_in_or_no_number_is_not_wrong(begun, practice, store) -> None:
    exam = begun
    for place, question in enumerate(begun.questions):
        blanks = question.exercise.blanks
        half = len(blanks) > 1 and not blanks[0].mark
        entries = {blanks[0].name: right(question)[blanks[0].name]} if half else {}
        exam = exam.at(place).with_answer(entries if half else {blanks[0].name: "abc"})
    assert exam.done == 20
    record(exam, practice)
    assert store.answers(practice.learner.id) == ()
    assert result(exam, practice).right == 0


def test_answers_that_can_not_be_kept_wait(written, practice, store) -> None:
    store._connection.execute("PRAGMA query_only = 1")
    with pytest.raises(StoreError):
        record(written, practice)
    assert practice.waits
    store._connection.execute("PRAGMA query_only = 0")
    practice.keep_waiting()
    record(written, practice)
    assert len(store.answers(practice.learner.id)) == sum(map(bool, written.answers))
