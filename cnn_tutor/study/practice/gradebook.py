"""The gradebook: every learner's results as a table, for a teacher's spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime

from cnn_tutor.study import words
from cnn_tutor.study.mistakes.catalogue import catalogue
from cnn_tutor.study.practice.answer import Answer
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.skills import skills
from cnn_tutor.study.practice.standing import Standing
from cnn_tutor.study.practice.store import Store
from cnn_tutor.study.practice.tally import tally

COLUMNS = (
    *("learner", "skill", "skill_name", "answers", "right", "accuracy", "mastered"),
    *("probability", "due", "days", "minutes", "mistake"),
)
"""What is told of each learner and skill; the headings are in ``words/gradebook.toml``."""

_MARK = "\ufeff"
"""What spreadsheets know UTF-8 by; without it they read Japanese as something else."""

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""How a text begins that a spreadsheet would compute rather than show."""

Row = tuple[str | int | float, ...]


def gradebook(store: Store) -> bytes:
    """Return the results of all learners as CSV in UTF-8, in the language that is on."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow([words.say(f"gradebook.{column}") for column in COLUMNS])
    for row in rows(store):
        writer.writerow([_harmless(field) if isinstance(field, str) else field for field in row])
    return (_MARK + table.getvalue()).encode()


def rows(store: Store) -> Iterator[Row]:
    """Go through the results: one row of :data:`COLUMNS` for every learner and skill."""
    for learner in store.learners():
        standings = Practice(store, learner).standings()
        answers = store.answers(learner.id)
        for key, skill in skills().items():
            given = [answer for answer in answers if answer.skill == key]
            yield (learner.name, key, words.pick(skill.name), *_results(given, standings[key]))


def _results(answers: Sequence[Answer], standing: Standing) -> Row:
    """Return the results in one skill; only the first answer to an exercise is counted."""
    went = tally(answers)
    usual = went.mistake
    return (
        went.answers,
        went.correct,
        round(went.accuracy, 1) if went.accuracy is not None else "",
        words.say("gradebook.yes" if standing.mastered else "gradebook.no"),
        round(standing.probability, 3),
        _day(standing.due) if standing.due else "",
        len({_day(answer.when) for answer in answers}),
        round(sum(answer.seconds for answer in answers) / 60, 1),
        words.pick(catalogue()[usual].name) if usual in catalogue() else usual,
    )


def _day(when: datetime) -> str:
    return when.astimezone().date().isoformat()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
