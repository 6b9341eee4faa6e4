"""The gradebook: every learner's results as a table, for a teacher's spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from cnn_tutor.study import words
from cnn_tutor.study.mistakes.catalogue import catalogue
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.mastery.standing import Standing
from cnn_tutor.study.practice.mastery.tally import tally
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.answer import Answer
from cnn_tutor.study.practice.record.store import Store

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


def gradebook(store: Store, progress: Callable[[float], object] = lambda share: None) -> bytes:
    """Return the results of all learners as CSV in UTF-8, in the language that is on.

    ``progress`` is told the share that is done, again and again, and may raise to end it.
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow([words.say(f"gradebook.{column}") for column in COLUMNS])
    learners = store.learners()
    for place, learner in enumerate(learners):
        practice = Practice(store, learner)
        for share in practice.catch_up():
            progress((place + share) / len(learners))
        for row in _rows(learner.name, practice.standings(), store.answers(learner.id)):
            fields = [_harmless(field) if isinstance(field, str) else field for field in row]
            writer.writerow(fields)
    return (_MARK + table.getvalue()).encode()


def _rows(name: str, standings: Mapping[str, Standing], answers: Sequence[Answer]) -> Iterator[Row]:
    """Go through a learner's results: one row of :data:`COLUMNS` for every skill."""
    given: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        given[answer.skill].append(answer)
    for key, skill in skills().items():
        yield (name, key, words.pick(skill.name), *_results(given[key], standings[key]))


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
