"""How well each way of making a mistake goes with an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import Exercise, Outcome
from cnn_tutor.study.grading.sheet import RIGHT, Sheet

Cause = tuple[str, str]
"""A mistake, and the way in which it is made, such as a direction; "" where there is but one."""


@dataclass(frozen=True)
class Fit:
    """How well one way of making a mistake goes with an answer.

    ``cells`` are the wrong blanks that it explains; ``against`` counts the numbers, right ones and
    wrong ones, in whose place it has another. It ``shows`` if it makes another number of any blank
    that has been filled in.
    """

    outcome: Outcome
    cells: tuple[str, ...]
    against: int
    shows: bool

    @property
    def cause(self) -> Cause:
        """The mistake and its way."""
        return self.outcome.mistake, self.outcome.way


def habits(sheet: Sheet) -> tuple[Fit, ...]:
    """Return those of the mistakes that show in an answer, or explain something of it."""
    return _fits(sheet, _habits(sheet.exercise))


def slips(sheet: Sheet) -> tuple[Fit, ...]:
    """Return those of the slips that explain something of it."""
    return _fits(sheet, _slips(sheet.exercise), all_shown=False) if sheet.wrong else ()


@dataclass(frozen=True)
class _Table:
    """What the outcomes of an exercise have in its blanks: a row for each, NaN for nothing.

    ``differs`` (outcomes, blanks) says where that isn't the answer.
    """

    outcomes: Sequence[Outcome]
    values: Array
    differs: Array
    together: Array

    @classmethod
    def of(cls, exercise: Exercise, outcomes: Sequence[Outcome]) -> Self:
        column = {blank.name: n for n, blank in enumerate(exercise.blanks)}
        values = np.full((len(outcomes), len(column)), np.nan)
        for row, outcome in zip(values, outcomes, strict=True):
            for name, number in outcome.entries.items():
                row[column[name]] = number
        answers = np.array([blank.answer for blank in exercise.blanks])
        differs = ~np.isnan(values) & ~numbers.agreeing(values, answers)
        return cls(outcomes, values, differs, np.array([o.together for o in outcomes], bool))


@lru_cache(maxsize=64)
def _habits(exercise: Exercise) -> _Table:
    return _Table.of(exercise, exercise.outcomes)


@lru_cache(maxsize=64)
def _slips(exercise: Exercise) -> _Table:
    return _Table.of(exercise, exercise.slips)


def _fits(sheet: Sheet, table: _Table, all_shown: bool = True) -> tuple[Fit, ...]:
    if not table.outcomes:
        return ()
    names = [blank.name for blank in sheet.exercise.blanks]
    written = np.array([sheet.numbers.get(name, np.nan) for name in names])
    right = np.array([sheet.cells[name] == RIGHT for name in names])
    filled, entered = ~np.isnan(written), ~np.isnan(table.values)
    met = numbers.agreeing(written, table.values)  # false where there is none of either
    explained = met & (filled & ~right)
    explained[table.together & ~np.where(entered, met, right).all(1)] = False
    against = (~met & filled & (entered | ~right)).sum(1)
    shows = (table.differs & filled).any(1)
    of_interest = np.flatnonzero(explained.any(1) | (shows & all_shown))
    return tuple(
        Fit(
            table.outcomes[n],
            tuple(name for name, explains in zip(names, explained[n], strict=True) if explains),
            int(against[n]),
            bool(shows[n]),
        )
        for n in of_interest.tolist()
    )
