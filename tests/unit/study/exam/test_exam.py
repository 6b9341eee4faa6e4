"""An exam is a value: what happens to it makes another one, and its text gives it back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from cnn_tutor.study.exam.exam import Exam
from cnn_tutor.study.exercise import VERSION
from cnn_tutor.study.exercises import code

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def begun() -> Exam:
    return Exam.begin(7, NOW)


def test_it_begins_with_nothing_written_and_all_the_time(begun) -> None:
    assert len(begun.questions) == 20
    assert (begun.place, begun.done, begun.used, begun.left) == (0, 0, 0, 40 * 60)
    assert not begun.over


def test_answers_belong_to_the_question_that_the_learner_is_at(begun) -> None:
    one = begun.with_answer({"a": " 3 ", "b": ""}).at(4).with_answer({"a": "4"})
    assert one.answers[0] == {"a": " 3 "}
    assert one.answers[4] == {"a": "4"}
    assert one.done == 2
    assert one.with_answer({"a": " "}).done == 1
    assert begun.done == 0


def test_time_passes_at_a_question_and_ends(begun) -> None:
    one = begun.after(1.5).at(2).after(10).at(0).after(1)
    assert (one.seconds[0], one.seconds[2]) == (2.5, 10)
    assert one.used == 12.5
    assert one.left == 40 * 60 - 12.5
    late = one.after(10**6)
    assert late.left == 0
    assert late.used == pytest.approx(40 * 60)


def test_it_is_over_only_once(begun) -> None:
    later = NOW.replace(hour=10)
    assert begun.handed_in(NOW).handed_in(later).finished == NOW


def test_its_text_gives_it_back(begun) -> None:
    one = begun.with_answer({"output[0,0,0]": "−3", "x": "１\ud800"}).after(12.34).at(3)
    assert Exam.read(one.text()) == one
    over = one.handed_in(NOW).in_record()
    assert Exam.read(over.text()) == over
    assert len(one.text()) < 4000


def test_a_text_that_is_no_exam_is_none(begun) -> None:
    text = begun.text()
    for broken in ("", "{}", "null", text[:-1], text.replace('"place":0', '"place":20'), "[1]"):
        assert Exam.read(broken) is None, broken[:40]
    assert Exam.read(text.replace('"format":1', '"format":2')) is None
    assert Exam.read(text.replace('"answers":[{},', '"answers":[')) is None


def test_an_exam_of_another_version_is_none(begun, monkeypatch) -> None:
    monkeypatch.setattr(code, "VERSION", VERSION + 1)
    assert Exam.read(begun.text()) is None


def test_the_clock_counts_the_moments_between_letters(begun: Exam) -> None:
    exam = begun
    for _ in range(1000):
        exam = exam.after(0.033)
    assert exam.used == pytest.approx(33)


def test_an_exam_that_asks_what_there_is_not_is_none(begun: Exam) -> None:
    exam = begun
    place = next(n for n, question in enumerate(exam.questions) if question.choices)
    question = exam.questions[place]
    for other in (
        replace(question, skill="gone"),
        replace(question, choices=(1e9, 2e9)),
        replace(question, choices=question.choices * 2),
    ):
        questions = (*exam.questions[:place], other, *exam.questions[place + 1 :])
        assert Exam.read(replace(exam, questions=questions).text()) is None
    assert Exam.read(exam.text()) == exam
    assert Exam.read("\ud800") is None
