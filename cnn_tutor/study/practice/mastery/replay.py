"""Goes through a learner's answers again, to read off them how far they have come.

Whether a skill is known is traced after Corbett and Anderson (1995): it is either known or not;
each answer shifts how likely it is, and each one may also be what it took to learn it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cnn_tutor.study.practice.record.answer import Answer

WORKED, LAST_STEP, ALL = range(3)
"""Stages of help: a worked cell first, only the last step left blank, everything blank."""

RUN = 3
"""Right answers in a row that it takes, beside being likely, to be called known."""

UP = DOWN = 2
"""Answers in a row, right or wrong, that lead to another level; wrong ones lead to more help."""

PATIENCE = 10
"""Wrong answers in a row after which a skill rests until the next day."""

START = 0.1
"""How likely a skill is known before the first answer: its lesson alone has shown it."""

GUESS = 0.03
"""How likely who does not know it is right all the same. It is that small only because the
exercises that count tell mistakes apart: no mistake leads to the right number, and a number from
-99 to 99 is not guessed. With exercises of any numbers it would be 0.29."""

SLIP = 0.1
"""How likely who knows it is wrong: a sum of nine products goes wrong that often."""

LEARN = 0.15
"""How likely one exercise, with what is said about a wrong answer, teaches it."""

KNOWN = 0.95
"""From this on a skill counts as known."""

SUREST = 0.995
"""It never gets likelier than this, for what is known can be forgotten: one wrong answer may then
be a slip, the second in a row says that it has to be learned again."""


class Replay:
    """What the answers to one skill have come to, after each of them.

    ``place`` is that of the next exercise's level among ``levels``, ``stage`` how much help comes
    with it. ``learned`` says that the skill has been known, ``gave_up`` is the day of the last of
    :data:`PATIENCE` wrong ones.
    """

    def __init__(self, levels: Sequence[int]) -> None:
        self._levels = levels
        self.probability, self.run, self.place, self.stage = START, 0, 0, WORKED
        self.learned = self.confirmed = self.mastered = False
        self.gave_up: date | None = None
        self._learned_on: date | None = None
        self._wrong = self._up = self._down = 0

    def add(self, answer: Answer) -> None:
        """Take the next first answer to an exercise into account."""
        right = answer.correct and not answer.shown
        if self.stage == WORKED and answer.shown:  # it was only watched
            self.stage = LAST_STEP
            return
        self._count(right, answer)
        self._help(right, answer.day)
        if answer.counts:
            self._trace(right, answer)

    def _count(self, right: bool, answer: Answer) -> None:
        """Go up or down a level; right with help moves neither way."""
        self._wrong = 0 if right else self._wrong + 1
        self._down = 0 if right else self._down + 1
        self._up = self._up + answer.counts if right else 0
        if self._up == UP:
            self.place, self._up = min(self.place + 1, len(self._levels) - 1), 0
        if self._down == DOWN:
            self.place = max(self.place - 1, 0)

    def _help(self, right: bool, day: date) -> None:
        """Fade what is shown of the way, or bring it back."""
        if self._wrong == PATIENCE:
            self.gave_up, self.stage, self._wrong = day, WORKED, 0
        elif self.stage == WORKED:
            self.stage = LAST_STEP
        elif self.stage == LAST_STEP:
            self.stage = ALL if right else LAST_STEP
        elif self._down == DOWN:
            self.stage = LAST_STEP
        self._down %= DOWN

    def _trace(self, right: bool, answer: Answer) -> None:
        self.probability = traced(self.probability, right)
        self.run = self.run + 1 if right else 0
        if self.probability < KNOWN:
            self._learned_on, self.confirmed, self.mastered = None, False, False
            return
        if self._learned_on is None:
            if self.run >= RUN:
                self._learned_on, self.learned = answer.day, True
        elif right and answer.mixed and answer.day != self._learned_on:
            # Another day, not a later date: this answer came after, whatever the clock said.
            self.confirmed = True
        self.mastered |= self.confirmed and self.run >= RUN

    @property
    def known(self) -> bool:
        """Whether it is learned now, though perhaps not for good."""
        return self._learned_on is not None


def missing(known: float) -> int:
    """Return how many right answers in a row a skill needs to be known, from how likely it is."""
    count = 0
    while known < KNOWN:
        known, count = traced(known, right=True), count + 1
    return count


def traced(known: float, right: bool) -> float:
    """Return how likely a skill is known after an answer, from how likely it was before."""
    if right:
        either = known * (1 - SLIP), (1 - known) * GUESS
    else:
        either = known * SLIP, (1 - known) * (1 - GUESS)
    seen = either[0] / sum(either)
    return min(seen + (1 - seen) * LEARN, SUREST)
