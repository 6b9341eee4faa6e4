"""Where a learner stands with one skill, read off their answers alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cnn_tutor.study.exercises.generator import LEVELS
from cnn_tutor.study.practice import review, tracing
from cnn_tutor.study.practice.answer import Answer
from cnn_tutor.study.practice.replay import ALL, LAST_STEP, WORKED, Replay
from cnn_tutor.study.practice.skills import skills

__all__ = ["ALL", "LAST_STEP", "WORKED", "Standing", "standing"]


@dataclass(frozen=True)
class Standing:
    """How well a learner knows a skill, and how it is to be asked next.

    ``probability`` is how likely it is known, ``run`` how many answers that count were right in a
    row. ``confirmed``: known once, it was right in a mixed round on another day; only then is it
    ``mastered``. ``due`` is when it is to be practised again, None before it is known. ``level``
    and ``stage`` are those of the next exercise. ``tries`` are all first answers. ``rested`` says
    that it had better wait for tomorrow. ``known`` is learned, for now; once that is confirmed it
    is mastered.
    """

    skill: str
    probability: float = tracing.START
    run: int = 0
    confirmed: bool = False
    mastered: bool = False
    due: datetime | None = None
    level: int = LEVELS.start
    stage: int = WORKED
    tries: int = 0
    rested: bool = False
    known: bool = False


def standing(skill: str, answers: Iterable[Answer], now: datetime) -> Standing:
    """Return where a learner stands, from their answers in the order in which they were given.

    Answers to other skills are passed over. Days are those of ``now``'s time zone. No order of
    times in the answers is relied on: clocks are set back.
    """
    levels = skills()[skill].levels if skill in skills() else tuple(LEVELS)
    replay = Replay(levels, now.tzinfo)
    given = [answer for answer in answers if answer.skill == skill and answer.first]
    for answer in given:
        replay.add(answer)
    learned = replay.learned_at
    rested = replay.gave_up == now.date()
    return Standing(
        skill,
        replay.probability,
        replay.run,
        replay.confirmed,
        replay.mastered,
        None if learned is None else review.due(given[learned:], now),
        levels[replay.place],
        replay.stage,
        len(given),
        rested,
        replay.known,
    )
