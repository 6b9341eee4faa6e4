"""How likely an answer is for each way of making a mistake, and for learners who have no habit.

Beside the mistakes that are known, each by its way, stand *strangers*: learners who are wrong in
ways that nobody has a name for. They are a little beside the answer, or anywhere; they slip; they
make another mistake each time; they write 0. What they write looks like a known mistake now and
then, by chance.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from cnn_tutor.study.grading.fits import Cause, Fit
from cnn_tutor.study.grading.sheet import Sheet
from cnn_tutor.study.mistakes.catalogue import catalogue

ANY = "*"
"""The way of a mistake of which no more is known than that it was made."""

STRANGERS = {"near": 0.03, "anywhere": 0.03, "slipping": 0.1, "changing": 0.15, "zeros": 0.05}
"""The learners without a habit, and how common each is. All others have one that is known."""

_RIGHT = {"near": 0.3, "anywhere": 0.3, "slipping": 0.85, "changing": 0.3, "zeros": 0.3}
"""How often each of them has a cell right, or all marks."""

_MADE = 0.9
"""How often a habit shows where it can."""

_SLIP = 0.01
"""How likely a cell of a learner with a habit is one certain other number."""

_KNOWN_ELSEWHERE = 0.8
"""How often an exercise is right in which the learner's habit can't show."""

_NEAR = 3
"""How far a number is off that is a little beside the answer."""

_TAIL, _TAIL_SUM = 1.5, 2.516
"""Numbers at a distance d are as common as ``(d + 2) ** -_TAIL``, which comes to this sum over all
whole numbers but the answer."""

_SPREAD = 100
"""Whole numbers that are written as often as each other by who guesses."""

_UNEVEN = 0.02
"""How often a number is no whole number away from the answer."""

_GUESSED_MARKS = 0.02
"""How likely, at least, certain marks are for who guesses."""

_ALL_THE_SAME = 0.1
"""How often a learner who has no idea writes one number, such as 0, into all cells."""

_UNKNOWN = 3.0
"""Mistakes that are not known, as common as the usual ones, which a learner may make for once."""

_HUNDREDTH = 0.01
"""How exactly a number is written that is not whole."""

_LEAST = 1e-12


@dataclass(frozen=True)
class Evidence:
    """What one answer says of the learner, as logarithms of how likely it is.

    ``of`` is the exercise: two answers to the same one are no two signs. ``causes`` are those that
    show in it, ``otherwise`` is for all others, ``strangers`` for learners without a habit.
    ``agreeing`` are the causes that explain all of a wrong answer. The answer is ``right``, or
    every wrong number is ``close`` to the right one. ``named`` says that no more is known of it
    than the mistakes that a wrong answer looked like.
    """

    of: Hashable
    causes: Mapping[Cause, float]
    otherwise: float
    strangers: Mapping[str, float]
    agreeing: frozenset[Cause]
    right: bool = False
    close: bool = False
    named: bool = False

    def likelihood(self, cause: Cause) -> float:
        """Return how likely the answer is for a learner with that habit."""
        known = self.causes.get(cause)
        return self.causes.get((cause[0], ANY), self.otherwise) if known is None else known

    def agrees(self, cause: Cause) -> bool:
        """Say whether a habit explains the answer, all of it."""
        return cause in self.agreeing or (cause[0], ANY) in self.agreeing

    def contradicts(self, cause: Cause) -> bool:
        """Say whether a habit would have led to another answer."""
        shows = self.named or cause in self.causes or (cause[0], ANY) in self.causes
        return shows and not self.agrees(cause)


def evidence(sheet: Sheet, habits: Iterable[Fit], slips: Iterable[Fit]) -> Evidence:
    """Return what an answer says of the learner, by how well each mistake and slip goes with it."""
    wrong = sheet.wrong
    guess = _strangers(sheet)
    made: dict[Cause, float] = {}
    agreeing: set[Cause] = set()
    for fit in habits:
        if not fit.shows:
            continue
        explains = bool(fit.cells) and len(fit.cells) == len(wrong) and not fit.against
        if explains:
            agreeing.add(fit.cause)
        own = _SLIP**fit.against if fit.cells or not wrong else 0.0
        likelihood = _MADE * own + (1 - _MADE) * guess["anywhere"]
        made[fit.cause] = max(made.get(fit.cause, _LEAST), likelihood)
    if wrong:
        hits = sum(len(fit.cells) == len(wrong) for fit in slips)
        share = hits / len(sheet.exercise.slips) if hits else 0.0
        right = _RIGHT["slipping"] ** (_counted(sheet) - len(wrong))
        guess["slipping"] = max(guess["slipping"], 0.5 * (1 - _RIGHT["slipping"]) * right * share)
        known = catalogue()
        hit = sum(known[mistake].prior for mistake in {mistake for mistake, _ in agreeing})
        every = sum(known[mistake].prior for mistake in {mistake for mistake, _ in made})
        chance = hit / (every + _UNKNOWN)
        guess["changing"] = max(guess["changing"], (1 - _RIGHT["changing"]) * chance)
        if not any(sheet.numbers.values()):
            guess["zeros"] = _MADE
    otherwise = (1 - _KNOWN_ELSEWHERE) * guess["anywhere"] if wrong else _KNOWN_ELSEWHERE
    return Evidence(
        sheet.exercise.board or sheet.exercise.facts,
        {cause: _log(likelihood) for cause, likelihood in made.items()},
        _log(otherwise),
        {name: _log(likelihood) for name, likelihood in guess.items()},
        frozenset(agreeing),
        right=not wrong,
        close=all(_close(sheet, name) for name in wrong),
    )


def told(named: Iterable[Cause]) -> Evidence:
    """Return what an earlier answer says of which only the mistakes are known it looked like."""
    known = catalogue()
    causes = tuple(cause for cause in dict.fromkeys(named) if not known[cause[0]].slip)
    likely, chance = _log(_MADE), dict.fromkeys(STRANGERS, _log(_GUESSED_MARKS))
    unlikely = _log(_SLIP)
    return Evidence(
        object(), dict.fromkeys(causes, likely), unlikely, chance, frozenset(causes), named=True
    )


def weights(causes: Iterable[Cause]) -> dict[Cause, float]:
    """Return how common each cause is before anything is known of the learner, 1 in all."""
    known, causes = catalogue(), tuple(causes)
    ways = Counter(mistake for mistake, _ in causes)
    share = {cause: known[cause[0]].prior / ways[cause[0]] for cause in causes}
    total = sum(share.values())
    return {cause: value / total for cause, value in share.items()}


# --- inside --------------------------------------------------------------------------------------


def _counted(sheet: Sheet) -> int:
    """Return how many things were answered; all marks together are one."""
    marks = sum(blank.mark for blank in sheet.exercise.blanks if blank.name in sheet.numbers)
    return len(sheet.numbers) - marks + bool(marks)


def _strangers(sheet: Sheet) -> dict[str, float]:
    """Return how likely learners without a habit give the answer."""
    found = {}
    marked = [b for b in sheet.exercise.blanks if b.mark and b.name in sheet.numbers]
    wrong = set(sheet.wrong)
    off = {name for name in wrong if not sheet.exercise.blank(name).mark}
    for name in STRANGERS:
        likely = 1.0
        density = _near if name in ("near", "slipping") else _anywhere
        for blank in sheet.exercise.blanks:
            if blank.name in off:
                likely *= (1 - _RIGHT[name]) * density(sheet.numbers[blank.name], blank.answer)
            elif blank.name in sheet.numbers and not blank.mark:
                likely *= _RIGHT[name]
        if marked:
            likely *= (1 - _RIGHT[name]) * _marks(sheet) if wrong - off else _RIGHT[name]
        written = {sheet.numbers[blank] for blank in off}
        if len(off) > 1 and len(written) == 1:
            first = sheet.exercise.blank(next(iter(off)))
            same = _ALL_THE_SAME * density(next(iter(written)), first.answer)
            likely = max(likely, same)
        found[name] = likely
    return found


def _close(sheet: Sheet, name: str) -> bool:
    """Say whether a wrong number is a little beside the answer, as many are by chance."""
    blank = sheet.exercise.blank(name)
    return not blank.mark and _beside(sheet.numbers[name], blank.answer)


def _marks(sheet: Sheet) -> float:
    """Return how likely these very marks are, of all in which as many are set."""
    blanks = [blank for blank in sheet.exercise.blanks if blank.mark]
    count = sum(bool(sheet.numbers.get(blank.name)) for blank in blanks)
    return max(_GUESSED_MARKS, 1 / math.comb(len(blanks), count))


def _near(number: float, answer: float) -> float:
    close = _beside(number, answer)
    return (0.95 / (2 * _NEAR) if close else 0.0) + 0.05 * _anywhere(number, answer)


def _anywhere(number: float, answer: float) -> float:
    off = abs(number - answer)
    tail: float = (off + 2) ** -_TAIL / _TAIL_SUM
    return (1 if _whole(off) else _UNEVEN) * (tail + 1 / _SPREAD) / 2


def _beside(number: float, answer: float) -> bool:
    """Say whether a number is a few whole ones away from the answer."""
    off = abs(number - answer)
    return off <= _NEAR + _HUNDREDTH and _whole(off)


def _whole(off: float) -> bool:
    return math.isclose(off, round(off), abs_tol=_HUNDREDTH)


def _log(likelihood: float) -> float:
    return math.log(max(_LEAST, likelihood))
