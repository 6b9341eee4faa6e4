"""What is said about an answer: about one blank, and about all of it."""

from __future__ import annotations

from collections.abc import Mapping

from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercise import Exercise, Text
from cnn_tutor.study.grading.grading import Grade
from cnn_tutor.study.grading.sheet import EMPTY, NOT_A_NUMBER, WRONG
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
    """Return how many blanks are right, wrong and empty, and how many could not be read.

    Marks are right, too many or missed. Of a single answer nothing is counted.
    """
    said = words.table("practice")
    if grade.right:
        return words.both(said["all_right"])
    marks = {blank.name: bool(blank.answer) for blank in grade.sheet.exercise.blanks if blank.mark}
    states = [state for name, state in grade.cells.items() if name not in marks]
    if states and len(states) + len(marks) == 1:
        return words.both(said[_ALONE[states[0]]])
    wrong = [wanted for name, wanted in marks.items() if grade.cells[name] == WRONG]
    if not states and list(marks.values()).count(True) == 1 and True in wrong:
        return words.both(said["not_right"])
    counts = {
        "right": grade.credit[0],
        "wrong": states.count(WRONG),
        "too_many": wrong.count(False),
        "missed": wrong.count(True),
        "empty": states.count(EMPTY),
    }
    told = [words.both(said[f"count_{key}"], count=n) for key, n in counts.items() if n]
    stop, joint = {"ja": "です。", "en": "."}, {"ja": "、", "en": ", "}
    parts = {side: joint[side].join(part[side] for part in told) for side in words.LANGUAGES}
    unread = states.count(NOT_A_NUMBER)
    more = words.both(said["to_read"], count=unread) if unread else {"ja": "", "en": ""}
    return {
        side: f"{parts[side]}{stop[side]} {more[side]}".strip() if told else more[side]
        for side in words.LANGUAGES
    }
