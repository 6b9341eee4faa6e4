"""Which mistakes a wrong answer looks like, and how that is said."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercise import Outcome, Text
from cnn_tutor.study.grading.sheet import RIGHT, Sheet
from cnn_tutor.study.mistakes.catalogue import Mistake, catalogue
from cnn_tutor.study.naming import blank_name

History = Sequence[Mapping[str, float]]
"""How likely each mistake made earlier answers, the oldest first; nothing for right ones."""

_ANSWERS_NEEDED = 2
"""Answers that have to agree before a mistake is named as certain."""

_TIMES_AS_LIKELY = 15
"""How many times as likely it has to be as another one on which as many agree."""


_CHANCE = 0.003
"""How likely an answer is by chance, from a learner whose mistake leads to another one."""

_MEMORY = 0.85
"""What an earlier answer still counts, beside the one after it."""

_ASIDE = 0.5
"""What a way counts that leads, by its very nature, to the number of a better known mistake."""

_RECENT = 8
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


@dataclass(frozen=True)
class Diagnosis:
    """A mistake that leads to what the learner wrote.

    ``message`` says so, carefully unless it is ``certain``, and never gives the answer away.
    ``cells`` are the blanks that it explains; ``messages`` has what is said at each of them.
    ``lit`` are the cells that it is about, by port.
    """

    id: str
    certain: bool
    name: Text
    message: Text
    cells: tuple[str, ...]
    lit: Mapping[str, tuple[Index, ...]]
    messages: Mapping[str, Text] = field(default_factory=dict)


def candidates(sheet: Sheet) -> dict[str, Match]:
    """Return every mistake, and every slip, that leads to a wrong number of the sheet."""
    if not sheet.wrong:
        return {}
    found = _matches(sheet, sheet.exercise.outcomes)
    return _matches(sheet, sheet.exercise.slips) | found


def diagnose(
    sheet: Sheet, found: Mapping[str, Match], history: History = ()
) -> tuple[Diagnosis, ...]:
    """Return the mistakes that the wrong numbers look like, likeliest first.

    What explains more of the numbers is likelier, and of those what no other number speaks
    against; then it is how common the mistake is and how well it goes with the learner's earlier
    answers. A slip comes after all that explain as much. Mistakes that only explain what likelier
    ones explain better are left out.
    """
    known = catalogue()
    weights = _weights(sheet, found, history)

    def rank(mistake: str) -> tuple[int, bool, bool, float]:
        match = found[mistake]
        return -len(match.cells), known[mistake].slip, match.against > 0, -weights[mistake]

    told: list[Diagnosis] = []
    explained: set[str] = set()
    most = 0
    for mistake in sorted(found, key=rank):
        match = found[mistake]
        most = most or len(match.cells)
        if len(match.cells) == most or not explained.issuperset(match.cells):
            explained.update(match.cells)
            certain = _certain(mistake, found, history, weights)
            told.append(_told(known[mistake], match, certain, sheet))
    return tuple(told)


def _weights(sheet: Sheet, found: Mapping[str, Match], history: History) -> dict[str, float]:
    known, likely = catalogue(), likelihoods(sheet, found)
    return {
        mistake: math.log(known[mistake].prior * (_ASIDE if match.outcome.aside else 1))
        + math.log(_CHANCE + (1 - _CHANCE) * likely[mistake])
        + _support(mistake, history)
        for mistake, match in found.items()
    }


def _certain(
    mistake: str, found: Mapping[str, Match], history: History, weights: Mapping[str, float]
) -> bool:
    """Say whether enough answers agree on a mistake, and on no other as much.

    Another one on which as many agree is in the way unless it is far less likely, as is one of
    whose many ways just one would have led there.
    """
    known, cells = catalogue(), set(found[mistake].cells)
    answers = {
        other: match.answers + _agreeing(other, history)
        for other, match in found.items()
        if not known[other].slip and not cells.isdisjoint(match.cells)
    }
    own = answers.get(mistake, 0)
    return own >= max(_ANSWERS_NEEDED, found[mistake].against + 1) and not any(
        count >= own and weights[mistake] < weights[other] + math.log(_TIMES_AS_LIKELY)
        for other, count in answers.items()
        if other != mistake
    )


# --- evidence ----------------------------------------------------------------------------------


def _matches(sheet: Sheet, outcomes: Iterable[Outcome]) -> dict[str, Match]:
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


def _support(mistake: str, history: Iterable[Mapping[str, float]]) -> float:
    """Return the logarithm of what earlier answers, the oldest first, make of a mistake.

    Each has its likelihood by mistake; one that can't have been this mistake speaks against it.
    """
    total = 0.0
    for answer in history:
        total *= _MEMORY
        if answer:
            total += math.log(_CHANCE + (1 - _CHANCE) * answer.get(mistake, 0.0))
    return _MEMORY * total


def _agreeing(mistake: str, history: Iterable[Mapping[str, float]]) -> int:
    return sum(mistake in answer for answer in tuple(history)[-_RECENT:])


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


# --- what is said --------------------------------------------------------------------------------


def _told(mistake: Mistake, match: Match, certain: bool, sheet: Sheet) -> Diagnosis:
    said = words.table("practice")
    # Of several blanks the one is named that this is about, unless it is about more of them.
    named = len(match.cells) == 1 < len(sheet.exercise.blanks)
    key = "sure" if certain else "looks"
    messages = {}
    for cell in match.cells:
        blank = sheet.exercise.blank(cell)
        name = blank_name(sheet.exercise, blank)
        values = {
            "written": numbers.brief(sheet.numbers[cell]),
            "cell": name,
            "name": mistake.name,
            "work": "",
            **match.outcome.values,  # which know better what a mark stands for
        }
        lead = said[f"{key}_at" if named and not blank.mark else key]
        says = words.both(mistake.says, **values)
        told = {"cell": name, "name": mistake.name, "work": values["work"], "says": says}
        messages[cell] = words.both(lead, **told)
    first, lit = messages[match.cells[0]], match.outcome.lit
    return Diagnosis(mistake.id, certain, mistake.name, first, match.cells, lit, messages)
