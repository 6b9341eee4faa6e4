"""A learner's practice: where they stand, what is due, and the next exercises."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo

from cnn_tutor.study.exercise import NoExercise
from cnn_tutor.study.exercises.code import SEEDS, CodeError, decode, encode
from cnn_tutor.study.exercises.generator import generate
from cnn_tutor.study.grading.grading import Grade, grade
from cnn_tutor.study.practice import plan
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.mastery.standing import ALL, Course, Standing
from cnn_tutor.study.practice.plan import Item
from cnn_tutor.study.practice.record.answer import Answer
from cnn_tutor.study.practice.record.store import Learner, Store

__all__ = ["Day", "Item", "Practice", "Standing", "Today"]

DAYS = 14
"""Days back within which those with practice are counted. A missed one takes nothing away."""

_BATCH = 500
"""Answers taken into account at a time, in some milliseconds."""

_REMEMBERED = 12
"""Exercises, the last ones, whose answers are looked at for a mistake that comes again."""


@dataclass
class Day:
    """What was done on one day: of all cells ``of``, ``right`` were right at the first try."""

    date: date
    right: int = 0
    of: int = 0
    seconds: float = 0.0
    asked: Counter[str] = field(default_factory=Counter, compare=False)
    """First answers to exercises, by skill."""


@dataclass(frozen=True)
class Today:
    """How today goes: cells ``right`` of ``of``, reviews ``left``, ``days`` of the last 14."""

    right: int
    of: int
    left: int
    days: int


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
        self.last: dict[str, Mapping[str, str]] = {}
        """What was written in the last exercises, by their codes: the last that was wrong."""
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
        if not answer.shown and (answer.first or not answer.correct):
            self.last.pop(answer.code, None)
            self.last[answer.code] = answer.entries
            if len(self.last) > _REMEMBERED:
                del self.last[next(iter(self.last))]
        if answer.skill in self.courses:
            self.courses[answer.skill].add(answer, now)


class Practice:
    """Plans rounds of exercises for one learner and keeps what they answer.

    ``now`` tells the time with its zone, whose days are the learner's; ``seed`` draws the seeds
    of exercises.
    """

    def __init__(
        self,
        store: Store,
        learner: Learner,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        seed: Callable[[], int] = lambda: secrets.randbelow(SEEDS),
    ) -> None:
        self.learner = learner
        self._store, self._now, self._draw = store, now, seed
        self._as_of: tuple[object, ...] = ()
        self._on = date.min
        self._summary = Summary((), None)
        self._waiting: list[Answer] = []
        self._graded: dict[str, tuple[Mapping[str, str], Grade | None]] = {}

    def catch_up(self) -> Iterator[float]:
        """Take into account what has been answered, and go through the shares that are done.

        It takes seconds where there is a long record that is not known yet, and no time after
        that. Nobody has to go through all of them: what is asked for takes in what is left.

        Raises:
            StoreError: if the record can't be read.
        """
        now, known = self._now(), skills()
        as_of = now.tzinfo, known
        if as_of != self._as_of or now.date() < self._on:  # or else a clock was ahead
            self._as_of, self._summary = as_of, Summary(tuple(known), now.tzinfo)
        self._on = now.date()
        for share in self._store.load(self.learner.id):
            yield share / 2
        left = self._store.answers(self.learner.id, self._summary.answers)
        for done, answer in enumerate(left):
            self._summary.add(answer, now)
            if done % _BATCH == _BATCH - 1:
                yield (1 + done / len(left)) / 2

    def standings(self) -> Mapping[str, Standing]:
        """Return where the learner stands with every skill, in learning order."""
        now = self._now()
        return {key: course.standing(now) for key, course in self._so_far().courses.items()}

    def due(self) -> tuple[str, ...]:
        """Return the skills to be reviewed today, the one that waits longest first."""
        now = self._now()
        waiting = [
            (one.due, key)
            for key, one in self.standings().items()
            if one.due and not one.rested and one.due.astimezone(now.tzinfo).date() <= now.date()
        ]
        return tuple(key for _, key in sorted(waiting))

    def today(self) -> Today:
        """Return how today goes."""
        end, days = self._now().date(), self._so_far().days
        own = days.get(end, Day(end))
        start = end - timedelta(days=DAYS - 1)
        # A day on which a solution was only looked at has no answers.
        practised = sum(start <= day <= end and days[day].of > 0 for day in days)
        return Today(own.right, own.of, len(self.due()), practised)

    def days(self) -> tuple[Day, ...]:
        """Return each day with practice, in order; only first answers tell how right it was."""
        return tuple(day for _, day in sorted(self._so_far().days.items()))

    def usual_mistakes(self, most: int = 5) -> tuple[tuple[str, int], ...]:
        """Return what wrong answers looked like most often, and how often."""
        return tuple(self._so_far().mistakes.most_common(most))

    def history(self, item: Item | None = None) -> tuple[Grade, ...]:
        """Return the last answers as they were graded, the oldest first: for grading the next.

        Of several to one exercise the last wrong one counts, and none to that of ``item``: the
        same number written twice is no second sign of a mistake. Exercises of an older version,
        which can't be made any more, are left out.
        """
        here, last = self._code(item) if item is not None else "", self._so_far().last
        graded: dict[str, tuple[Mapping[str, str], Grade | None]] = {}
        for code, entries in last.items():
            known = self._graded.get(code)
            if known is None or known[0] != entries:
                known = entries, _grade_again(code, entries)
            graded[code] = known
        self._graded = graded
        return tuple(g for code, (_, g) in graded.items() if g is not None and code != here)

    def round(self, skill: str = "") -> tuple[Item, ...]:
        """Plan ten exercises: what is due and what is next, mixed; or all of one skill.

        Each is planned as if those before it will be right; see :meth:`adjusted`.
        """
        standings = self.standings()
        day = self._so_far().days.get(self._now().date())
        today: Mapping[str, int] = day.asked if day else {}
        keys = (skill,) * plan.SIZE if skill else plan.planned(standings, self.due(), today)
        mixed = len(set(keys)) >= plan.MIXED
        return tuple(
            self._item(standings[key], mixed, keys[:place].count(key))
            for place, key in enumerate(keys)
        )

    def adjusted(self, item: Item) -> Item:
        """Return a planned exercise as hard, and with as much help, as it should be by now."""
        now = self.standings()[item.skill]
        if (item.level, item.stage) == (now.level, now.stage):
            return item
        return self._item(now, item.mixed)

    def again(self, item: Item) -> Item:
        """Return the same exercise with other numbers."""
        return replace(item, seed=self._draw())

    def record(
        self,
        item: Item,
        judged: Grade,
        entries: Mapping[str, str],
        first: bool = True,
        hints: int = 0,
        shown: bool = False,
        seconds: float = 0.0,
        evidence: bool = True,
    ) -> Answer:
        """Keep an answer to an exercise; it is on the disk when this returns.

        An exercise that was answered another day, and was opened again by its code, is no first
        one, whatever ``first`` says. Without ``evidence`` what is right says nothing of the
        learner, because of how it was asked.

        Raises:
            StoreError: if it can't be kept now; it waits, see :meth:`keep_waiting`.
        """
        exercise = item.exercise()
        code = self._code(item)
        known = self.has_met(code)
        right, of = judged.credit
        answer = Answer(
            learner=self.learner.id,
            code=code,
            skill=item.skill,
            when=self._now(),
            right=right,
            of=of,
            first=first and not known,
            hints=hints,
            shown=shown,
            # What is wrong always counts; what is right only where nothing else leads there.
            evidence=item.stage == ALL and ((evidence and exercise.evidence) or right < of),
            mixed=item.mixed,
            seconds=seconds,
            mistakes=tuple(found.id for found in judged.mistakes),
            entries=dict(entries),
        )
        self._waiting.append(answer)
        self.keep_waiting()
        return answer

    def has_met(self, code: str) -> bool:
        """Say whether the exercise of a code was answered, though it may wait to be kept."""
        waits = any(answer.first and answer.code == code for answer in self._waiting)
        return waits or code in self._so_far().met

    @property
    def waits(self) -> bool:
        """Whether any answer could not be kept so far."""
        return bool(self._waiting)

    def keep_waiting(self) -> None:
        """Keep the answers that could not be kept when they were given, in their order.

        Raises:
            StoreError: if they still can't be.
        """
        while self._waiting:
            self._store.record(self._waiting[0])
            self._waiting.pop(0)

    def _item(self, one: Standing, mixed: bool, ahead: int = 0) -> Item:
        """Plan an exercise of a skill, ``ahead`` of which are planned before it."""
        asked = skills()[one.skill].asked_at(one.level)
        stage = min(one.stage + ahead, ALL)
        # Help goes with the plainest exercise; then all take turns.
        shape, kind = asked[(one.tries + ahead) % len(asked) if stage == ALL else 0]
        return Item(one.skill, shape, kind, one.level, self._draw(), stage, mixed)

    @staticmethod
    def _code(item: Item) -> str:
        return encode((item.shape, item.kind, item.level, item.seed))

    def _so_far(self) -> Summary:
        """Return what all answers come to."""
        for _ in self.catch_up():
            pass
        return self._summary


def _grade_again(code: str, entries: Mapping[str, str]) -> Grade | None:
    """Return how an answer of the record turned out; None if its exercise can't be made."""
    try:
        return grade(generate(*decode(code)), entries)
    except (CodeError, NoExercise):
        return None
