"""When a learned skill is to be practised again, before it is forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from cnn_tutor.study.practice.answer import Answer

if TYPE_CHECKING:
    from fsrs import Rating, Scheduler

LONGEST = 365
"""After so many days at the latest a skill comes back."""

_TOMORROW = timedelta(days=1)


def due(answers: Iterable[Answer], now: datetime) -> datetime | None:
    """Return when a skill is due that these answers were given to since it was learned.

    The dates are those of FSRS: right alone is good, right with help is hard, and wrong starts
    again; it comes back after days, never within one. If the clock was ahead when the last answer
    was given, it is due now, and set right by the next answer. None if there are no answers.
    """
    from fsrs import Card  # the program starts without it

    scheduler, card, last = _scheduler(), Card(card_id=1, due=now), None
    for answer in answers:
        if answer.first:
            last = answer.when.astimezone(UTC)
            moment = min(last, now.astimezone(UTC))
            card, _ = scheduler.review_card(card, _rating(answer), moment)
    if last is None:
        return None
    return now if last > now + _TOMORROW else card.due


def _rating(answer: Answer) -> Rating:
    from fsrs import Rating

    if answer.shown or not answer.correct:
        return Rating.Again
    return Rating.Good if answer.counts else Rating.Hard


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    # Without steps of minutes: those are for words on cards, and a round is one sitting. Without
    # chance: the same answers give the same date.
    return Scheduler(
        learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=LONGEST
    )
