"""What a round of practice asks for: which skills in which order, and each exercise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle

from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.board_code import board_exercise
from cnn_tutor.study.exercises.code import encode
from cnn_tutor.study.exercises.generator import generate
from cnn_tutor.study.practice.mastery.standing import LAST_STEP, Standing

SIZE = 10
"""Exercises in a round."""

NEW = 2
"""Skills that are not known yet, learned side by side."""

MIXED = 3
"""Skills from which on a round is a mixed one."""


@dataclass(frozen=True)
class Item:
    """What is asked next: which exercise, for which skill, with how much help.

    ``stage`` is 0 where a worked cell comes first, 1 where only the last step is left to do, and
    2 where all is; ``mixed`` says that it comes among exercises of other skills. ``board`` is the
    code of an exercise over a teacher's board, which has no seed.
    """

    skill: str
    shape: str
    kind: str
    level: int
    seed: int
    stage: int
    mixed: bool
    board: str = ""

    @property
    def code(self) -> str:
        """The code that opens the exercise."""
        return self.board or encode((self.shape, self.kind, self.level, self.seed))

    def exercise(self) -> Exercise:
        """Return the exercise, always the same one."""
        return self._exercise

    @cached_property
    def _exercise(self) -> Exercise:
        if self.board:
            return board_exercise(self.board)
        made = generate(self.shape, self.kind, self.level, self.seed)
        return made.faded() if self.stage == LAST_STEP else made


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


def interleaved(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items in an order with no kind of layer twice in a row, as far as that can be.

    Those of a skill stay in their order, and all of them as near to theirs as they can.
    """
    left, found = list(items), list[Item]()
    while left:
        last = found[-1].kind if found else ""
        heads = list({item.skill: item for item in reversed(left)}.values())
        heads.sort(key=left.index)
        (usual, count), *_ = Counter(item.kind for item in left).most_common(1)
        # One that is more than half of what is left has to take every other place.
        urgent = (item for item in heads if 2 * count > len(left) and item.kind == usual != last)
        other = (item for item in heads if item.kind != last)
        best = next(urgent, next(other, heads[0])) if found else heads[0]
        found.append(best)
        left.remove(found[-1])
    return tuple(found)


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
