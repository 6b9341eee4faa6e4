"""Learners made up of chance, to see whom the rules of mastery call masters.

A learner does not know a skill at first. Each exercise may teach it, to some sooner than to
others and to some never. Who knows it slips now and then; who does not is right now and then all
the same, as often as the exercises ``leak``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from cnn_tutor.study.practice.mastery.replay import ALL, KNOWN, PATIENCE, RUN, Replay
from tests.unit.study.practice.given import DAY, START, answer

SEPARATING = (0.01, 0.03)
"""How often exercises that keep mistakes apart are right for who does not know."""

ANY = (0.29, 0.29)
"""How often those of any numbers are."""

DAYS, A_DAY = 15, 6
"""So many days they practise, and so many exercises of the skill a day."""

Rule = Callable[[Replay], bool]

RULES: dict[str, Rule] = {
    "P ≥ 0.95": lambda found: found.probability >= KNOWN,
    "and three in a row": lambda found: found.probability >= KNOWN and found.run >= RUN,
    "and one on another day": lambda found: found.mastered,
}


@dataclass
class Course:
    """How it went for one learner: numbers of exercises, None for never.

    ``learned`` is after how many the skill was known, ``called`` after how many the rule said so;
    ``counted`` are the answers between these that counted.
    """

    learned: int | None = None
    called: int | None = None
    counted: int = 0

    @property
    def wrongly(self) -> bool:
        """Whether it was called before it was known."""
        return self.called is not None and (self.learned is None or self.called <= self.learned)


def course(rng: random.Random, leak: tuple[float, float], rule: Rule, learn: float) -> Course:
    """Follow a learner until the rule calls them a master, or the days are over."""
    replay, found = Replay(range(3)), Course()
    slip, known, count = rng.uniform(0.05, 0.15), False, 0
    for day in range(DAYS):
        failed = 0
        for n in range(A_DAY):
            # With help it is easier; but that is no evidence.
            chance = 1 - slip if known else rng.uniform(*leak) if replay.stage == ALL else 0.5
            right, count = rng.random() < chance, count + 1
            when = START + day * DAY + timedelta(minutes=n)
            given = answer(right, when, mixed=day > 0, evidence=replay.stage == ALL)
            replay.add(given)
            if known and given.counts:
                found.counted += 1
            if rule(replay):
                found.called = count
                return found
            if not known and rng.random() < learn:
                known, found.learned = True, count
            failed = 0 if right else failed + 1
            if failed == PATIENCE:
                break
    return found


def courses(count: int, leak: tuple[float, float], rule: Rule, seed: int = 0) -> Iterator[Course]:
    """Follow many learners, half of whom never learn it."""
    rng = random.Random(seed)
    for n in range(count):
        yield course(rng, leak, rule, 0.0 if n % 2 else rng.uniform(0.05, 0.3))


@dataclass(frozen=True)
class Outcome:
    """What became of many: parts of them, and numbers of answers.

    ``wrong`` of those called masters have not learned it. Of those who learned it with five days
    left ``reached`` were called so; half of these needed ``half`` answers that count from then
    on, and nineteen in twenty at most ``most``.
    """

    wrong: float
    reached: float
    half: int
    most: int


def outcome(found: list[Course]) -> Outcome:
    called = [one for one in found if one.called is not None]
    in_time = (DAYS - 5) * A_DAY
    learned = [o for o in found if o.learned is not None and o.learned < in_time and not o.wrongly]
    needed = sorted(one.counted for one in learned if one.called is not None)
    return Outcome(
        sum(one.wrongly for one in called) / len(called),
        len(needed) / len(learned),
        needed[len(needed) // 2],
        needed[len(needed) * 19 // 20],
    )
