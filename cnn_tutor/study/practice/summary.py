"""What a learner's answers come to: added up one after the other, each looked at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from cnn_tutor.study.practice.mastery.standing import Course
from cnn_tutor.study.practice.record.answer import Answer


@dataclass
class Day:
    """What was done on one day: of all cells ``of``, ``right`` were right at the first try."""

    date: date
    right: int = 0
    of: int = 0
    seconds: float = 0.0
    asked: Counter[str] = field(default_factory=Counter, compare=False)
    """First answers to exercises, by skill."""


class Summary:
    """All that is told of a learner, from their answers in the order in which they were given.

    Days are those of ``zone``, the computer's own if it is None. Answers to other skills than
    those of ``keys`` tell nothing of how these stand.
    """

    def __init__(self, keys: Sequence[str], zone: tzinfo | None) -> None:
        self._zone = zone
        self.answers = 0
        """How many there were."""
        self.days: dict[date, Day] = {}
        self.courses = {key: Course(key, zone) for key in keys}
        self.mistakes: Counter[str] = Counter()
        """How often each was the likeliest one."""
        self.wrong: dict[str, tuple[str, ...]] = {}
        """What the last wrong answer to an exercise looked like, by its code."""
        self.met: set[str] = set()
        """The codes of all exercises that were answered."""

    def add(self, answer: Answer, now: datetime) -> None:
        """Take the next answer into account; ``now`` is the time by the clock."""
        self.answers += 1
        on = answer.when.astimezone(self._zone).date()
        day = self.days.setdefault(on, Day(on))
        day.seconds += answer.seconds
        if answer.first:
            self.met.add(answer.code)
            day.asked[answer.skill] += 1
            if not answer.shown:
                day.right += answer.right
                day.of += answer.of
        if answer.mistakes:
            self.mistakes[answer.mistakes[0]] += 1
            self.wrong[answer.code] = answer.mistakes
        if answer.skill in self.courses:
            self.courses[answer.skill].add(answer, now)
