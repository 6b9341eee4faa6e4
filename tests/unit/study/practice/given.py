"""Answers and clocks that tests of practice are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from cnn_tutor.study.practice.mastery.standing import Course, Standing
from cnn_tutor.study.practice.record.answer import Answer

TOKYO = timezone(timedelta(hours=9))
START = datetime(2026, 4, 1, 9, tzinfo=TOKYO)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass
class Clock:
    """Tells the time that it is set to."""

    time: datetime = START

    def __call__(self) -> datetime:
        return self.time

    def on(self, by: timedelta = MINUTE) -> datetime:
        self.time += by
        return self.time


def answer(right: bool | int = True, when: datetime = START, **more: Any) -> Answer:
    facts = {"learner": 1, "code": "CODE", "skill": "products", "of": 9} | more
    cells = facts["of"] if right is True else int(right)
    return Answer(**{"when": when, "right": cells} | facts)


def standing(skill: str, answers: Iterable[Answer], now: datetime) -> Standing:
    """Return where a learner stands with one skill; answers to others are passed over."""
    course = Course(skill)
    for one in answers:
        if one.skill == skill:
            course.add(one, now)
    return course.standing(now)


@dataclass
class Diary:
    """Answers to one skill, put down one after the other."""

    skill: str = "products"
    clock: Clock = field(default_factory=Clock)
    answers: list[Answer] = field(default_factory=list)

    def write(self, results: str, **more: Any) -> Diary:
        """Add an answer for each letter; a blank is a day that passes.

        ``o`` is right, ``x`` wrong, ``m`` right in a mixed round, ``f`` right on a faded exercise,
        ``h`` right with a hint, ``s`` with the solution, ``a`` wrong and not the first try.
        """
        kinds = {
            "o": {},
            "x": {"right": False},
            "f": {"evidence": False},
            "h": {"hints": 1},
            "s": {"shown": True, "right": False},
            "m": {"mixed": True},
            "a": {"first": False, "right": False},
        }
        for letter in results:
            if letter == " ":
                self.clock.on(DAY)
            else:
                facts = {"skill": self.skill, "when": self.clock.on()} | kinds[letter] | more
                self.answers.append(answer(**facts))
        return self


def after(results: str, skill: str = "products", **more: Any) -> Standing:
    """Return where a learner stands after such answers, as :meth:`Diary.write` takes them."""
    diary = Diary(skill).write(results, **more)
    return standing(skill, diary.answers, diary.clock())
