"""Exams, and what is written in them."""

from __future__ import annotations

from cnn_tutor.study import numbers
from cnn_tutor.study.exam.question import Question
from cnn_tutor.study.exercise import Blank


def right(question: Question) -> dict[str, str]:
    """Return what is written by who is right."""
    return {blank.name: _text(question, blank, blank.answer) for blank in question.exercise.blanks}


def wrong(question: Question) -> dict[str, str]:
    """Return what is written by who makes one of the mistakes throughout."""
    exercise = question.exercise
    if question.choices:
        (blank,) = exercise.blanks
        wanted = round(blank.answer, 2)
        return {blank.name: numbers.exact(next(n for n in question.choices if n != wanted))}
    if exercise.blanks[0].mark:
        return {blank.name: "" if blank.answer else "1" for blank in exercise.blanks}
    entries = next((o.entries for o in exercise.outcomes if o.entries), {})
    return {
        b.name: _text(question, b, entries.get(b.name, b.answer if entries else b.answer + 1))
        for b in exercise.blanks
    }


def _text(question: Question, blank: Blank, number: float) -> str:
    if blank.mark:
        return "1" if number else ""
    return numbers.exact(round(number, 2))
