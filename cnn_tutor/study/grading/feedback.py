"""What is said about an answer: about one blank, and about all of it."""

from __future__ import annotations

from collections.abc import Mapping

from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercise import Exercise, Text
from cnn_tutor.study.grading.grading import Grade
from cnn_tutor.study.grading.sheet import EMPTY, NOT_A_NUMBER, RIGHT, WRONG
from cnn_tutor.study.naming import blank_name

_ALONE = {WRONG: "not_right", EMPTY: "not_answered", NOT_A_NUMBER: "not_read"}
"""What is said of an answer that is a single blank, by its state."""


def about_cell(exercise: Exercise, grade: Grade, entries: Mapping[str, str], name: str) -> Text:
    """Return what is said about one blank: of a wrong one, the likeliest way to its number.

    One that can't be read is asked about. No number that belongs in a blank is told.
    """
    state, blank = grade.cells[name], exercise.blank(name)
    if state == NOT_A_NUMBER:
        doubt = grade.doubts[name]
        return words.both(words.table("errors")[doubt.reason], **doubt.values)
    if state == WRONG:
        for mistake in grade.mistakes:
            if name in mistake.messages:
                return mistake.messages[name]
    key = state
    if blank.mark and state == WRONG:
        key = "mark_missing" if blank.answer else "mark_too_many"
    text = entries.get(name, "")
    written = numbers.brief(numbers.parse(text) if text.strip() else 0)
    said = words.table("practice")[key]
    return words.both(said, cell=blank_name(exercise, blank), written=written)


def about_all(grade: Grade) -> Text:
    """Return how many blanks are right, how many are to do, and how many could not be read.

    Of a single blank nothing is counted.
    """
    right, of = grade.credit
    states = [state for name, state in grade.cells.items() if name not in grade.unmarked]
    said = words.table("practice")
    if all(state == RIGHT for state in grade.cells.values()):
        return words.both(said["all_right"])
    if len(states) == 1:
        return words.both(said[_ALONE[states[0]]])
    parts = [words.both(said["some_right"], right=right, of=of)]
    if states.count(EMPTY):
        wrong, left = states.count(WRONG), states.count(EMPTY)
        key = "wrong_and_empty" if wrong else "left_empty"
        parts.append(words.both(said[key], wrong=wrong, left=left))
    if states.count(NOT_A_NUMBER):
        parts.append(words.both(said["to_read"], count=states.count(NOT_A_NUMBER)))
    joint = {"ja": "", "en": " "}
    return {side: joint[side].join(part[side] for part in parts) for side in words.LANGUAGES}
