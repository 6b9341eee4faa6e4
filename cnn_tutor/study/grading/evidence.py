"""How much an answer speaks for each mistake, and what earlier answers add to it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import Outcome
from cnn_tutor.study.grading.sheet import RIGHT, Sheet

CHANCE = 0.003
"""How likely an answer is by chance, from a learner whose mistake leads to another one."""

MEMORY = 0.85
"""What an earlier answer still counts, beside the one after it."""

ASIDE = 0.5
"""What a way counts that leads, by its very nature, to the number of a better known mistake."""

RECENT = 8
"""Answers that are still taken for the same learner's habit, counted back."""


@dataclass(frozen=True)
class Match:
    """A mistake that leads to numbers which a learner has written.

    ``cells`` are the wrong blanks that it explains, all by one consistent way of making it;
    ``against`` counts the blanks with a number in which that way leads to another. ``share`` is
    how many of the mistake's ways explain as much: with one in eight it may well be chance.
    """

    outcome: Outcome
    cells: tuple[str, ...]
    against: int
    share: float
    answers: int
    """How many answers it explains. Marks are one, however many there are, and so are the steps on
    the way to one number, each of which is wrong because of the one before."""


def matches(sheet: Sheet, outcomes: Iterable[Outcome]) -> dict[str, Match]:
    """Return the mistakes that explain wrong numbers, each by the way that explains most."""
    wrong = sheet.wrong
    ways: dict[str, int] = defaultdict(int)
    found: dict[str, list[tuple[int, int, tuple[str, ...], Outcome]]] = defaultdict(list)
    for outcome in outcomes:
        ways[outcome.mistake] += 1
        cells = _explained(outcome, sheet, wrong)
        if cells:
            against = _against(outcome, sheet)
            found[outcome.mistake].append((len(cells), -against, cells, outcome))
    result = {}
    for mistake, several in found.items():
        count, against, cells, outcome = max(several, key=lambda w: (*w[:2], not w[3].aside))
        alike = sum(way[:2] == (count, against) for way in several)
        outputs = sum(sheet.exercise.blank(name).port == OUTPUT for name in cells)
        answers = 1 if outcome.together else max(1, outputs)
        result[mistake] = Match(outcome, cells, -against, alike / ways[mistake], answers)
    return result


def likelihoods(sheet: Sheet, found: Mapping[str, Match]) -> dict[str, float]:
    """Return how likely each mistake makes the answer, from 0 to 1."""
    wrong = len(sheet.wrong)
    return {
        mistake: match.share * len(match.cells) / wrong / (1 + match.against)
        for mistake, match in found.items()
    }


def support(mistake: str, history: Iterable[Mapping[str, float]]) -> float:
    """Return the logarithm of what earlier answers, the oldest first, make of a mistake.

    Each has its likelihood by mistake; one that can't have been this mistake speaks against it.
    """
    total = 0.0
    for answer in history:
        total *= MEMORY
        if answer:
            total += math.log(CHANCE + (1 - CHANCE) * answer.get(mistake, 0.0))
    return MEMORY * total


def agreeing(mistake: str, history: Iterable[Mapping[str, float]]) -> int:
    """Count the recent answers that looked like a mistake."""
    return sum(mistake in answer for answer in tuple(history)[-RECENT:])


def _explained(outcome: Outcome, sheet: Sheet, wrong: tuple[str, ...]) -> tuple[str, ...]:
    entries, written = outcome.entries, sheet.numbers
    if outcome.together and not all(
        name in written and numbers.agree(written[name], entries[name])
        if name in entries
        else state == RIGHT
        for name, state in sheet.cells.items()
    ):
        return ()
    return tuple(
        name for name in wrong if name in entries and numbers.agree(written[name], entries[name])
    )


def _against(outcome: Outcome, sheet: Sheet) -> int:
    """Count the numbers, right ones and wrong ones, in whose place the outcome has another."""
    entries, written = outcome.entries, sheet.numbers
    return sum(
        name not in entries or not numbers.agree(written[name], entries[name])
        for name, state in sheet.cells.items()
        if name in written and (state != RIGHT or name in entries)
    )
