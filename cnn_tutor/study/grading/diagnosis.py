"""Which mistakes a wrong answer looks like, and how that is said."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cnn_tutor.engine.explanation import Index
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercise import Text
from cnn_tutor.study.grading.evidence import (
    ASIDE,
    CHANCE,
    Match,
    agreeing,
    likelihoods,
    matches,
    support,
)
from cnn_tutor.study.grading.sheet import Sheet
from cnn_tutor.study.mistakes.catalogue import Mistake, catalogue
from cnn_tutor.study.naming import blank_name

History = Sequence[Mapping[str, float]]
"""How likely each mistake made earlier answers, the oldest first; nothing for right ones."""

_ENOUGH = 2
"""So many answers have to agree before a mistake is named as certain."""

_FAR = 15
"""So many times as likely has it to be as another one on which as many agree."""


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
    found = matches(sheet, sheet.exercise.outcomes)
    return matches(sheet, sheet.exercise.slips) | found


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
    """Return how likely each mistake is by now, as a logarithm."""
    known, likely = catalogue(), likelihoods(sheet, found)
    return {
        mistake: math.log(known[mistake].prior * (ASIDE if match.outcome.aside else 1))
        + math.log(CHANCE + (1 - CHANCE) * likely[mistake])
        + support(mistake, history)
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
        other: match.answers + agreeing(other, history)
        for other, match in found.items()
        if not known[other].slip and not cells.isdisjoint(match.cells)
    }
    own = answers.get(mistake, 0)
    return own >= max(_ENOUGH, found[mistake].against + 1) and not any(
        count >= own and weights[mistake] < weights[other] + math.log(_FAR)
        for other, count in answers.items()
        if other != mistake
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
