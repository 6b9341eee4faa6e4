"""When a learned skill is to be practised again, before it is forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from cnn_tutor.study.practice.record.answer import Answer

if TYPE_CHECKING:
    from fsrs import Card, Rating, Scheduler

LONGEST = 365
"""Days after which a skill comes back at the latest."""

_TOMORROW = timedelta(days=1)


class Reviews:
    """When a skill is due, from the answers to it since it was learned.

    The dates are those of FSRS: right alone is good, right with help is hard, and wrong starts
    again; it comes back after days, never within one. If the clock was ahead when the last answer
    was given, it is due now, and set right by the next answer.
    """

    def __init__(self) -> None:
        self._card: Card | None = None
        self._last: datetime | None = None
        self._ahead: list[tuple[Rating, datetime]] = []
        """What was answered since a clock was ahead: as if now, whenever that is."""

    def add(self, answer: Answer, now: datetime) -> None:
        """Take the next first answer into account; ``now`` is the time by the clock."""
        from fsrs import Rating  # the program starts without it

        right = Rating.Good if answer.counts else Rating.Hard
        rating = Rating.Again if answer.shown or not answer.correct else right
        self._last = answer.when.astimezone(UTC)
        if self._ahead or self._last > now:
            self._ahead.append((rating, self._last))
        else:
            self._card = _reviewed(self._card, rating, self._last)

    def due(self, now: datetime) -> datetime | None:
        """Return when the skill is due; None if there are no answers."""
        if self._last is None:
            return None
        if self._last > now + _TOMORROW:
            return now
        card = self._card
        for rating, when in self._ahead:
            card = _reviewed(card, rating, min(when, now.astimezone(UTC)))
        assert card is not None
        return card.due


def _reviewed(card: Card | None, rating: Rating, when: datetime) -> Card:
    from fsrs import Card

    return _scheduler().review_card(card or Card(card_id=1, due=when), rating, when)[0]


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    # Without steps of minutes: those are for words on cards, and a round is one sitting. Without
    # chance: the same answers give the same date.
    return Scheduler(
        learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=LONGEST
    )
