"""Which mistakes a wrong answer looks like, and how that is said."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cnn_tutor.engine.explanation import Index
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercise import Text
from cnn_tutor.study.grading.evidence import STRANGERS, Evidence, weights
from cnn_tutor.study.grading.fits import Cause, Fit
from cnn_tutor.study.grading.sheet import Sheet
from cnn_tutor.study.mistakes.catalogue import Mistake, catalogue
from cnn_tutor.study.naming import blank_name

RECENT = 8
"""Wrong answers that are still taken for the same learner's habit, counted back."""

_MEMORY = 0.95
"""What an answer still counts, beside the one after it."""

_CERTAIN = 0.99
"""How likely a mistake has to be among all else that could be behind the answers."""

_AGREEING = 2
"""Exercises in a row that have to agree on one way of a mistake before it is certain; one more if
all numbers are close to the right ones, where many mistakes lead and chance as well."""

_SHARED = 0.75
"""What one of these exercises counts whose numbers other mistakes lead to as well."""

_ASIDE = 0.05
"""What a way counts that leads, by its very nature, to the number of a better known mistake."""

_TIE = 0.05
"""How likely the earlier answers make a mistake, beside another, that is told with it in a tie."""


@dataclass(frozen=True)
class Diagnosis:
    """A mistake that leads to what the learner wrote.

    ``message`` says so, carefully unless it is ``certain``, and never gives the answer away. Where
    other mistakes lead there as well it names both; ``tied`` are their ids. ``cells`` are the
    blanks that it explains; ``messages`` has what is said at each of them. ``lit`` are the cells
    that it is about, by port. ``way`` is how the mistake was made.
    """

    id: str
    certain: bool
    name: Text
    message: Text
    cells: tuple[str, ...]
    lit: Mapping[str, tuple[Index, ...]]
    messages: Mapping[str, Text] = field(default_factory=dict)
    way: str = ""
    tied: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    """A mistake that explains wrong numbers, by the way that does it best.

    ``cells`` are all that it explains: a slip may have been made in several of them, in each in
    its own way. ``likely`` is how likely it is with all of its ways; ``agreed`` that this is
    certain, and that enough exercises agree on it.
    """

    mistake: Mistake
    fit: Fit
    cells: tuple[str, ...]
    likely: float
    agreed: bool

    @property
    def rank(self) -> tuple[object, ...]:
        return -len(self.fit.cells), self.mistake.slip, -self.likely


def diagnose(
    sheet: Sheet, found: Sequence[Fit], now: Evidence, history: Sequence[Evidence] = ()
) -> tuple[Diagnosis, ...]:
    """Return the mistakes that the wrong numbers look like, likeliest first.

    What explains more of the numbers comes first, slips after all that explain as much; then it is
    how likely the answer and those before it make the mistake. Mistakes that only explain what
    likelier ones explain are left out, unless they explain as much as the first.
    """
    answers = _aged(now, history)
    likely = _posterior(answers, found)
    ordered = sorted(_candidates(found, answers, likely), key=lambda one: one.rank)
    told: list[Diagnosis] = []
    explained: set[str] = set()
    most = len(ordered[0].fit.cells) if ordered else 0
    for one in ordered:
        cells = one.cells
        if len(one.fit.cells) == most or not explained.issuperset(cells):
            explained.update(cells)
            told.append(_told(one, _tied(one, ordered, answers[1:]), sheet))
    return tuple(told)


def _aged(now: Evidence, history: Sequence[Evidence]) -> list[tuple[int, Evidence]]:
    """Return the last answers, the latest first, each with how many wrong ones came after it.

    Of each exercise it is the last one.
    """
    found = {now.of: (0, now)}
    age = 1
    for one in reversed(history):
        if age > RECENT:
            break
        if one.of not in found:
            found[one.of] = age, one
            age += not one.right
    return list(found.values())


def _posterior(
    answers: Sequence[tuple[int, Evidence]], found: Sequence[Fit]
) -> Mapping[Cause, float]:
    """Return how likely each cause is among all, those of learners without a habit included."""
    known = catalogue()
    causes = {fit.cause for fit in found if fit.cells and not known[fit.outcome.mistake].slip}
    causes |= answers[0][1].causes.keys()
    priors = weights(causes)
    habits = 1 - sum(STRANGERS.values())
    asides = {fit.cause for fit in found if fit.outcome.aside}
    logs: dict[object, float] = {
        cause: math.log(habits * priors[cause] * (_ASIDE if cause in asides else 1))
        + sum(one.likelihood(cause) * _MEMORY**age for age, one in answers)
        for cause in causes
    }
    for stranger, share in STRANGERS.items():
        likely = sum(one.strangers[stranger] * _MEMORY**age for age, one in answers)
        logs[stranger] = math.log(share) + likely
    top = max(logs.values())
    whole = sum(math.exp(log - top) for log in logs.values())
    return {cause: math.exp(logs[cause] - top) / whole for cause in causes}


def _candidates(
    found: Sequence[Fit],
    answers: Sequence[tuple[int, Evidence]],
    likely: Mapping[Cause, float],
) -> Iterator[_Candidate]:
    """Go through the mistakes that explain something, each by its likeliest way."""
    known = catalogue()
    ways: dict[str, list[Fit]] = defaultdict(list)
    for fit in found:
        if fit.cells:
            ways[fit.outcome.mistake].append(fit)
    for mistake, several in ways.items():
        best = max(several, key=lambda fit: (len(fit.cells), likely.get(fit.cause, 0.0)))
        own = [
            (likely[fit.cause], _agreed(fit.cause, answers))
            for fit in several
            if fit.cause in likely
        ]
        slipped = several if known[mistake].slip else [best]
        yield _Candidate(
            known[mistake],
            best,
            tuple(dict.fromkeys(cell for fit in (best, *slipped) for cell in fit.cells)),
            sum(one for one, _ in own),
            sum(one for one, agreed in own if agreed) >= _CERTAIN,
        )


def _agreed(cause: Cause, answers: Sequence[tuple[int, Evidence]]) -> bool:
    """Say whether enough answers agree with a cause, back to one that contradicts it."""
    count, clear, close = 0, 0.0, True
    for _, one in answers:
        if one.contradicts(cause):
            break
        if one.agrees(cause):
            alone = len({mistake for mistake, _ in one.agreeing}) == 1
            count += 1
            clear += 1 if alone else _SHARED
            close = close and one.close
    return count >= _AGREEING + close and clear >= _AGREEING


def _tied(
    one: _Candidate, ordered: Sequence[_Candidate], before: Sequence[tuple[int, Evidence]]
) -> list[_Candidate]:
    """Return the mistakes after one that explain the same, and that earlier answers allow too."""
    if one.mistake.slip:
        return []

    def earlier(candidate: _Candidate) -> float:
        cause = candidate.fit.cause
        return sum(one.likelihood(cause) * _MEMORY**age for age, one in before)

    least = earlier(one) + math.log(_TIE)
    return [
        other
        for other in ordered[ordered.index(one) + 1 :]
        if not other.mistake.slip
        and set(other.fit.cells) == set(one.fit.cells)
        and earlier(other) >= least
    ]


# --- what is said --------------------------------------------------------------------------------


def _told(one: _Candidate, tied: Sequence[_Candidate], sheet: Sheet) -> Diagnosis:
    said = words.table("practice")
    mistake, fit = one.mistake, one.fit
    # Of several blanks the one is named that this is about, unless it is about more of them.
    named = len(one.cells) == 1 < len(sheet.exercise.blanks)
    certain = one.agreed and not tied
    key = "sure" if certain else "either" if tied else "looks"
    messages = {}
    for cell in one.cells:
        blank = sheet.exercise.blank(cell)
        name = blank_name(sheet.exercise, blank)
        values = {
            "written": numbers.brief(sheet.numbers[cell]),
            "cell": name,
            "name": mistake.name,
            "work": fit.outcome.works.get(cell, ""),
            **fit.outcome.values,  # which know better what a mark stands for
        }
        lead = said[f"{key}_at" if named and not blank.mark else key]
        says = words.both(mistake.says, **values)
        told = {"cell": name, "name": mistake.name, "work": values["work"], "says": says}
        if key == "either":
            told["other"] = tied[0].mistake.name
        messages[cell] = words.both(lead, **told)
    first = messages[one.cells[0]]
    lit = fit.outcome.lit if one.cells == fit.cells else {}
    others = tuple(other.mistake.id for other in tied)
    return Diagnosis(
        mistake.id, certain, mistake.name, first, one.cells, lit, messages, fit.outcome.way, others
    )
