"""Grades what a learner has filled in, cell by cell, and says which mistakes it looks like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.grading.diagnosis import Diagnosis, candidates, diagnose, likelihoods
from cnn_tutor.study.grading.sheet import RIGHT, read

__all__ = ["Diagnosis", "Grade", "Past", "grade"]


@dataclass(frozen=True)
class Grade:
    """How an answer turned out.

    ``cells`` says of each blank whether it is ``"right"``, ``"wrong"``, ``"not_a_number"`` (yet)
    or ``"empty"``. ``mistakes`` are what the wrong ones look like, likeliest first. ``doubts``
    say why an entry is no number yet, or ask which one is meant. ``evidence`` is how likely each
    mistake makes the answer, which is for later ones. Marks that are rightly left out are no
    part of the credit: they are in ``unmarked``.
    """

    cells: Mapping[str, str]
    mistakes: tuple[Diagnosis, ...] = ()
    doubts: Mapping[str, Refusal] = field(default_factory=dict)
    evidence: Mapping[str, float] = field(default_factory=dict)
    unmarked: frozenset[str] = frozenset()

    @property
    def right(self) -> bool:
        """Whether every blank is right."""
        return all(state == RIGHT for state in self.cells.values())

    @property
    def credit(self) -> tuple[int, int]:
        """How many blanks are right, and of how many."""
        counted = {n: state for n, state in self.cells.items() if n not in self.unmarked}
        states = (counted or self.cells).values()
        return sum(state == RIGHT for state in states), len(states)


Past = Grade | tuple[Exercise, Mapping[str, str]] | Diagnosis | str | Iterable[Diagnosis | str]
"""An earlier answer: its grade, what was filled in, or the mistakes that it looked like."""


def grade(exercise: Exercise, entries: Mapping[str, str], history: Iterable[Past] = ()) -> Grade:
    """Grade an answer: what stands in each blank, by the blank's name.

    ``history`` are the learner's earlier answers, the oldest first. A mistake that they agree on
    is likelier now.
    """
    sheet = read(exercise, entries)
    found = candidates(sheet)
    mistakes = diagnose(sheet, found, tuple(map(_evidence, history))) if found else ()
    evidence = likelihoods(sheet, found)
    return Grade(sheet.cells, mistakes, sheet.doubts, evidence, sheet.unmarked)


def _evidence(past: Past) -> Mapping[str, float]:
    match past:
        case Grade():
            return past.evidence
        case (Exercise() as exercise, Mapping() as entries):
            sheet = read(exercise, entries)
            return likelihoods(sheet, candidates(sheet))
        case str() | Diagnosis():
            past = (past,)
    return {m.id if isinstance(m, Diagnosis) else str(m): 1.0 for m in past}
