"""Where a learner stands with one skill, read off their answers alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cnn_tutor.study.exercises.generator import LEVELS
from cnn_tutor.study.practice.mastery.replay import (
    ALL,
    LAST_STEP,
    RUN,
    START,
    WORKED,
    Replay,
    missing,
)
from cnn_tutor.study.practice.mastery.review import Reviews
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.record.answer import Answer

__all__ = ["ALL", "LAST_STEP", "WORKED", "Course", "Standing"]


@dataclass(frozen=True)
class Standing:
    """How well a learner knows a skill, and how it is to be asked next.

    ``probability`` is how likely it is known. ``confirmed``: known once, it was right in a mixed
    round on another day; only then is it ``mastered``. ``due`` is when it is to be practised
    again, None before it is known. ``level`` and ``stage`` are those of the next exercise.
    ``tries`` are all first answers. ``rested`` says that it had better wait for tomorrow.
    ``known`` is learned, for now; once that is confirmed it is mastered. ``run`` are the right
    answers in a row that count.
    """

    skill: str
    probability: float = START
    confirmed: bool = False
    mastered: bool = False
    due: datetime | None = None
    level: int = LEVELS.start
    stage: int = WORKED
    tries: int = 0
    rested: bool = False
    known: bool = False
    run: int = 0

    @property
    def conditions(self) -> tuple[float, float, float]:
        """How far each condition of mastery is met, from 0 to 1.

        They are that it is likely known, that :data:`RUN` answers in a row were right, and that
        it was right in a mixed round on another day.
        """
        if self.mastered:
            return 1.0, 1.0, 1.0
        sure = 1 - missing(self.probability) / missing(START)
        return max(sure, 0.0), min(self.run / RUN, 1.0), float(self.confirmed)


class Course:
    """The way of a learner with one skill: their answers to it, taken into account as they come.

    No order of times in the answers is relied on: clocks are set back.
    """

    def __init__(self, skill: str) -> None:
        self._skill = skill
        self._levels = skills()[skill].levels if skill in skills() else tuple(LEVELS)
        self._replay, self._reviews = Replay(self._levels), Reviews()
        self._tries = 0

    def add(self, answer: Answer, now: datetime) -> None:
        """Take the next answer to the skill into account; ``now`` is the time by the clock."""
        if not answer.first:
            return
        self._tries += 1
        if answer.broken_off:
            return
        self._replay.add(answer)
        if self._replay.learned:
            self._reviews.add(answer, now)

    def standing(self, now: datetime) -> Standing:
        """Return where the learner stands; days are those of ``now``'s time zone."""
        replay = self._replay
        return Standing(
            self._skill,
            replay.probability,
            replay.confirmed,
            replay.mastered,
            self._reviews.due(now),
            self._levels[replay.place],
            replay.stage,
            self._tries,
            replay.gave_up == now.date(),
            replay.known,
            replay.run,
        )
