"""Grades what a learner has filled in, cell by cell, and says which mistakes it looks like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.grading import evidence as evidences
from cnn_tutor.study.grading import fits
from cnn_tutor.study.grading.diagnosis import Diagnosis, diagnose
from cnn_tutor.study.grading.evidence import ANY, Evidence
from cnn_tutor.study.grading.sheet import EMPTY, RIGHT, WRONG, Sheet, read

__all__ = ["Diagnosis", "Grade", "Past", "grade"]


@dataclass(frozen=True)
class Grade:
    """How an answer turned out.

    ``mistakes`` are what the wrong numbers of the ``sheet`` look like, likeliest first.
    """

    sheet: Sheet
    mistakes: tuple[Diagnosis, ...] = ()

    @property
    def cells(self) -> Mapping[str, str]:
        """How each blank stands: right, wrong, not a number yet or empty."""
        return self.sheet.cells

    @property
    def doubts(self) -> Mapping[str, Refusal]:
        """Why an entry is no number yet, or which one may be meant, by its blank."""
        return self.sheet.doubts

    @property
    def unmarked(self) -> frozenset[str]:
        """Marks that are rightly left out, which are no part of the credit."""
        blanks = self.sheet.exercise.blanks
        unmarked = (b.name for b in blanks if b.mark and not b.answer)
        return frozenset(name for name in unmarked if self.cells[name] in (RIGHT, EMPTY))

    @property
    def right(self) -> bool:
        """Whether every blank is right."""
        return all(state == RIGHT for state in self.cells.values())

    @property
    def credit(self) -> tuple[int, int]:
        """How many blanks are right, and of how many that were judged.

        Of marks those were judged that are right, too many or missed.
        """
        counted = {n: state for n, state in self.cells.items() if n not in self.unmarked}
        states = list((counted or self.cells).values())
        right = states.count(RIGHT)
        return right, right + states.count(WRONG)

    @cached_property
    def evidence(self) -> Evidence:
        """What the answer says of the learner, for later ones; a right answer says something too.

        It is worked out when it is asked for.
        """
        return evidences.evidence(self.sheet, fits.habits(self.sheet), fits.slips(self.sheet))


Past = Grade | tuple[Exercise, Mapping[str, str]] | Diagnosis | str | Iterable[Diagnosis | str]
"""An earlier answer: its grade, what was filled in, or the mistakes that it looked like."""


def grade(exercise: Exercise, entries: Mapping[str, str], history: Iterable[Past] = ()) -> Grade:
    """Grade an answer: what stands in each blank, by the blank's name.

    ``history`` are the learner's earlier answers, right ones and wrong ones, the oldest first. A
    mistake that they agree on is likelier now.
    """
    sheet = read(exercise, entries)
    if not sheet.wrong:
        return Grade(sheet)
    habits, slips = fits.habits(sheet), fits.slips(sheet)
    now = evidences.evidence(sheet, habits, slips)
    before = [known for past in history if (known := _known(past)) is not None]
    found = Grade(sheet, diagnose(sheet, (*habits, *slips), now, before))
    found.__dict__["evidence"] = now
    return found


def _known(past: Past) -> Evidence | None:
    """Return what an earlier answer says; None where it says nothing."""
    match past:
        case Grade():
            return past.evidence
        case (Exercise() as exercise, Mapping() as entries):
            return Grade(read(exercise, entries)).evidence
        case str() | Diagnosis():
            past = (past,)
    named = [(m.id, m.way) if isinstance(m, Diagnosis) else (str(m), ANY) for m in past]
    return evidences.told(named) if named else None
