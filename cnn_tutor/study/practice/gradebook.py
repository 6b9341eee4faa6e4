"""The gradebook: every learner's results as a table, for a teacher's spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Sequence

from cnn_tutor.study import words
from cnn_tutor.study.mistakes.catalogue import catalogue
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.mastery.standing import Standing
from cnn_tutor.study.practice.mastery.tally import tally, usual_mistake
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.answer import Answer
from cnn_tutor.study.practice.record.store import Store

COLUMNS = (
    *("learner", "skill", "skill_name", "exercises", "at_once", "cells", "right", "accuracy"),
    *("mastered", "probability", "due", "days", "minutes", "mistake"),
)
"""What is told of each learner and skill; the headings are in ``words/gradebook.toml``."""

_MARK = "\ufeff"
"""What spreadsheets know UTF-8 by; without it they read Japanese as something else."""

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""How a text begins that a spreadsheet would compute rather than show."""


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
        standings, given = practice.standings(), defaultdict[str, list[Answer]](list)
        for answer in store.answers(learner.id):
            given[answer.skill].append(answer)
        for key, skill in skills().items():
            results = _results(given[key], standings[key])
            row = (learner.name, key, words.pick(skill.name), *results)
            writer.writerow([_harmless(one) if isinstance(one, str) else one for one in row])
    return (_MARK + table.getvalue()).encode()


def _results(answers: Sequence[Answer], standing: Standing) -> tuple[str | int | float, ...]:
    """Return the results in one skill."""
    went, usual = tally(answers), usual_mistake(answers)
    return (
        went.asked,
        went.at_once,
        went.of,
        went.right,
        round(went.accuracy, 1) if went.accuracy is not None else "",
        words.say("gradebook.yes" if standing.mastered else "gradebook.no"),
        round(standing.probability, 3),
        standing.due.astimezone().date().isoformat() if standing.due else "",
        len({answer.day for answer in answers if tally([answer])}),
        round(sum(answer.seconds for answer in answers) / 60, 1),
        words.pick(catalogue()[usual].name) if usual in catalogue() else usual,
    )


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
