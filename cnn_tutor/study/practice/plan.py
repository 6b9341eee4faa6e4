"""Which skills a round of practice asks for, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle

from cnn_tutor.study.practice.mastery.standing import Standing

SIZE = 10
"""Exercises in a round."""

NEW = 2
"""Skills that are not known yet, learned side by side."""

MIXED = 3
"""Skills from which on a round is a mixed one."""


def planned(
    standings: Mapping[str, Standing], due: Sequence[str], today: Mapping[str, int]
) -> tuple[str, ...]:
    """Return the skills of a round, in turn; none only where there are no skills.

    ``standings`` are in learning order; ``today`` counts what each skill was asked already. What
    is ``due`` comes first, then what is known from another day and still to be confirmed, in
    turns with the next skills to learn, unless that alone fills the round. A skill that had a
    whole round today lets others go first. Where there is little of all that, known skills fill
    the gaps. No skill comes three times in a row if there is another one.
    """
    unconfirmed = (k for k, one in standings.items() if one.known and not one.confirmed)
    reviews = list(dict.fromkeys((*due, *(key for key in unconfirmed if not today.get(key)))))
    if len(reviews) >= SIZE:
        return tuple(reviews[:SIZE])
    waiting = [key for key, one in standings.items() if not one.known and not one.rested]
    waiting.sort(key=lambda key: today.get(key, 0) // SIZE)
    new = [key for key in waiting if key not in reviews][:NEW]
    used = {*reviews, *new}
    known = [key for key, one in standings.items() if one.known and key not in used]
    known.sort(key=lambda key: (today.get(key, 0), _when(standings[key])))
    again = new + (known[: max(MIXED - len(used), 0)] if new else known)
    if not again:  # or where all that is not known rests, and the learner asks for more
        reviews, again = [], reviews or list(standings)
    elif len(again) == 1:
        reviews *= SIZE
    return tuple(_in_turns(reviews, again))


def _when(one: Standing) -> float:
    return one.due.timestamp() if one.due else 0.0


def _in_turns(once: Sequence[str], again: Sequence[str]) -> Iterator[str]:
    """Take turns between skills that come once and others that come again and again."""
    if not again:
        return
    left, turns = iter(once), cycle(again)
    for place in range(SIZE):
        review = next(left, None) if place % 2 == 0 else None
        yield next(turns) if review is None else review
