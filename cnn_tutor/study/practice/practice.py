"""A learner's practice: where they stand, what is due, and the next exercises."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import cycle, islice
from typing import Any

from cnn_tutor.study.exercise import NoExercise
from cnn_tutor.study.exercises import generate
from cnn_tutor.study.exercises.board_code import exercise_of, is_board_code
from cnn_tutor.study.exercises.code import SEEDS, CodeError, decode
from cnn_tutor.study.grading.grading import Grade
from cnn_tutor.study.grading.sheet import read
from cnn_tutor.study.practice import plan
from cnn_tutor.study.practice.alike import asks, kinds_in, kinds_of, may_repeat
from cnn_tutor.study.practice.mastery.skills import Pair, skills
from cnn_tutor.study.practice.mastery.standing import ALL, Course, Standing
from cnn_tutor.study.practice.mastery.tally import Tally
from cnn_tutor.study.practice.plan import Item
from cnn_tutor.study.practice.record.answer import Answer
from cnn_tutor.study.practice.record.notes import Notes
from cnn_tutor.study.practice.record.store import Learner, Store, StoreError

__all__ = ["Day", "Item", "Practice", "Standing", "Today"]

DAYS = 14
"""Days back within which those with practice are counted. A missed one takes nothing away."""

_BATCH = 500
"""Answers taken into account at a time, in some milliseconds."""

_KIND_LETTERS = 7
"""Letters of a code, with a dash, that say what is asked of which kind of layer."""

_DRAWS = 20
"""Seeds that are tried for numbers that were not there lately."""

_Facts = tuple[str, str, int, int]
"""Shape, kind, level and seed of an exercise."""

_REMEMBERED = 12
"""Exercises, the last ones, whose answers are looked at for a mistake that comes again."""


@dataclass
class Day:
    """What was done on one day, and how many ``seconds`` it took."""

    date: date
    went: Tally = field(default_factory=Tally)
    seconds: float = 0.0
    asked: Counter[str] = field(default_factory=Counter, compare=False)
    """First answers to exercises, by skill."""
    codes: list[str] = field(default_factory=list, compare=False)
    """Those exercises."""


@dataclass(frozen=True)
class Today:
    """How today goes: what was done, reviews ``left``, ``days`` of the last 14 with answers."""

    went: Tally
    left: int
    days: int


class Summary:
    """All that is told of a learner, from their answers in the order in which they were given.

    Days are those of the places where the answers were given. Answers to other skills than those
    of ``keys`` tell nothing of how these stand.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self.answers = 0
        """How many there were."""
        self.days: dict[date, Day] = {}
        self.courses = {key: Course(key) for key in keys}
        self.mistakes: Counter[str] = Counter()
        """How often each was the likeliest one."""
        self.last: dict[str, Mapping[str, str]] = {}
        """What was written in the last exercises, by their codes: the last that was wrong."""
        self.met: set[str] = set()
        """The codes of all exercises that were answered."""
        self._kinds: dict[str, str] = {}

    @property
    def kinds(self) -> Collection[str]:
        """The kinds of layer that were asked about."""
        return {kind for kind in self._kinds.values() if kind}

    def add(self, answer: Answer, now: datetime) -> None:
        """Take the next answer into account; ``now`` is the time by the clock."""
        self.answers += 1
        day = self.days.setdefault(answer.day, Day(answer.day))
        day.seconds += answer.seconds
        if answer.first:
            self.met.add(answer.code)
            day.asked[answer.skill] += 1
            day.codes.append(answer.code)
            asked = answer.code if is_board_code(answer.code) else answer.code[:_KIND_LETTERS]
            if asked not in self._kinds:
                self._kinds[asked] = _kind_of(answer)
        day.went.add(answer)
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

    ``now`` tells the time with the offset of the place where the learner is; ``seed`` draws the
    seeds of exercises. ``met`` tells the kinds of layer that were met in lessons; without it no
    kind has to be met before it is asked about.
    """

    def __init__(
        self,
        store: Store,
        learner: Learner,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        seed: Callable[[], int] = lambda: secrets.randbelow(SEEDS),
        met: Callable[[], Collection[str]] | None = None,
    ) -> None:
        self._met = met
        self._planned: list[Item] = []
        self._asked: dict[_Facts, tuple[object, ...]] = {}
        self._facts: dict[str, _Facts | None] = {}
        self.learner = learner
        self._store, self._now, self._draw = store, now, seed
        self._known: object = None
        self._on = date.min
        self._summary = Summary(())
        self._waiting: list[Answer] = []
        self._graded: dict[str, tuple[Mapping[str, str], Grade | None]] = {}

    @cached_property
    def rounds(self) -> MutableMapping[str, str]:
        """Texts of unfinished rounds; where they can't be read, none that outlive the program.

        Setting one raises StoreError if it can't be kept.
        """
        try:
            return Notes(self._store, self.learner.id, "round")
        except StoreError:
            return {}

    def catch_up(self) -> Iterator[float]:
        """Take into account what has been answered, and go through the shares that are done.

        It takes seconds where there is a long record that is not known yet, and no time after
        that. Nobody has to go through all of them: what is asked for takes in what is left.

        Raises:
            StoreError: if the record can't be read.
        """
        now, known = self._now(), skills()
        if known != self._known or now.date() < self._on:  # or else a clock was ahead
            self._known, self._summary = known, Summary(tuple(known))
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
        own = days.get(end, Day(end)).went
        start = end - timedelta(days=DAYS - 1)
        # A day on which examples were only looked at has no answers.
        practised = sum(start <= day <= end and bool(days[day].went) for day in days)
        return Today(own, len(self.due()), practised)

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
        here, last = item.code if item is not None else "", self._so_far().last
        graded: dict[str, tuple[Mapping[str, str], Grade | None]] = {}
        for code, entries in last.items():
            known = self._graded.get(code)
            if known is None or known[0] != entries:
                known = entries, _grade_again(code, entries)
            graded[code] = known
        self._graded = graded
        return tuple(g for code, (_, g) in graded.items() if g is not None and code != here)

    def round(self, *chosen: str) -> tuple[Item, ...]:
        """Plan ten exercises: what is due and what is next, mixed; or of chosen skills, in turns.

        A mix has only kinds of layer that the learner has met. No two ask the same, nor what was
        asked today or the day before. Each is planned as if those before it will be right; see
        :meth:`adjusted`.
        """
        standings, known = self.standings(), self._kinds()
        day = self._so_far().days.get(self._now().date())
        today: Mapping[str, int] = day.asked if day else {}
        keys: Sequence[str] = tuple(islice(cycle(chosen), plan.SIZE))
        if not chosen:
            ready = {k: one for k, one in standings.items() if _pairs(one, known)}
            keys = plan.planned(ready, [key for key in self.due() if key in ready], today)
        mixed = len(set(keys)) >= plan.MIXED
        self._planned = []
        for place, key in enumerate(keys):
            before = self._planned[-1].kind if self._planned else ""
            item = self._item(standings[key], mixed, keys[:place].count(key), before)
            self._planned.append(item)
        self._planned = list(plan.interleaved(self._planned))
        return tuple(self._planned)

    def adjusted(self, item: Item) -> Item:
        """Return a planned exercise as hard, and with as much help, as it should be by now."""
        now = self.standings()[item.skill]
        if (item.level, item.stage) == (now.level, now.stage):
            return item
        place = self._planned.index(item) if item in self._planned else 0
        before = self._planned[place - 1].kind if place else ""
        found = self._item(now, item.mixed, before=before)
        self._planned = [found if one == item else one for one in self._planned]
        return found

    def again(self, item: Item) -> Item:
        """Return the same exercise with other numbers."""
        found = self._fresh(item)
        self._planned.append(found)
        return found

    def record(self, item: Item, judged: Grade, entries: Mapping[str, str], **how: Any) -> Answer:
        """Keep an answer that is given now; ``how`` is as in :meth:`answer`.

        Raises:
            StoreError: if it can't be kept now; it waits, see :meth:`keep_waiting`.
        """
        answer = self.answer(item, judged, entries, **how)
        self.keep(answer)
        return answer

    def answer(
        self,
        item: Item,
        judged: Grade,
        entries: Mapping[str, str],
        first: bool = True,
        hints: int = 0,
        shown: bool = False,
        seconds: float = 0.0,
        left: bool = False,
        evidence: bool = True,
    ) -> Answer:
        """Return an answer that is given now, to be kept.

        An exercise that was answered another day, and was opened again by its code, is no first
        one, whatever ``first`` says. Without ``evidence`` what is right says nothing of the
        learner, because of how it was asked.

        Raises:
            StoreError: if the record can't be read.
        """
        exercise = item.exercise()
        code = item.code
        known = self.has_met(code)
        right, of = judged.credit
        counted = first and not known
        return Answer(
            learner=self.learner.id,
            code=code,
            skill=item.skill,
            when=self._now(),
            right=right,
            of=of,
            first=counted,
            hints=hints,
            shown=shown,
            # What is wrong always counts; what is right only where nothing else leads there.
            evidence=item.stage == ALL and ((evidence and exercise.evidence) or not judged.right),
            mixed=item.mixed,
            seconds=seconds,
            mistakes=tuple(found.id for found in judged.mistakes),
            entries=dict(entries),
            left=counted and left,
        )

    def keep(self, answer: Answer) -> None:
        """Keep an answer; it is on the disk when this returns.

        Raises:
            StoreError: if it can't be kept now; it waits, see :meth:`keep_waiting`.
        """
        self._waiting.append(answer)
        self.keep_waiting()

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

    def _item(self, one: Standing, mixed: bool, ahead: int = 0, before: str = "") -> Item:
        """Plan an exercise of a skill, ``ahead`` of which are planned before it.

        It is of another kind of layer than the one ``before``, if the skill has any.
        """
        asked = _pairs(one, self._kinds()) or skills()[one.skill].asked_at(one.level)
        stage = min(one.stage + ahead, ALL)
        # Help goes with the plainest exercise; then all take turns.
        turn = (one.tries + ahead) % len(asked) if stage == ALL else 0
        turns = (*asked[turn:], *asked[:turn]) if stage == ALL else asked[:1]
        shape, kind = next((pair for pair in turns if pair[1] != before), turns[0])
        return self._fresh(Item(one.skill, shape, kind, one.level, 0, stage, mixed), asked)

    def _fresh(self, item: Item, instead: Sequence[Pair] = ()) -> Item:
        """Return an item with numbers that were not there lately.

        Where there are no others, an exercise ``instead`` is taken, or a harder one.
        """
        levels = (n for n in skills()[item.skill].levels if n > item.level)
        ways = [
            item,
            *(replace(item, shape=shape, kind=kind) for shape, kind in instead),
            *(replace(item, level=level) for level in levels),
        ]
        lately = set(self._lately())
        for way in ways:
            pair = way.shape, way.kind
            if not may_repeat(*pair, way.level):
                return replace(way, seed=self._draw())
            seen = {self._asks(facts) for facts in lately if facts[:2] == pair}
            for _ in range(_DRAWS):
                found = replace(way, seed=self._draw())
                facts = (*pair, found.level, found.seed)
                if self._asks(facts) not in seen and self._is_met(facts):
                    return found
        return replace(item, seed=self._draw())

    def _lately(self) -> Iterator[_Facts]:
        """Go through what is planned, and what was asked today and the day before."""
        for item in self._planned:
            yield item.shape, item.kind, item.level, item.seed
        days, today = self._so_far().days, self._now().date()
        for date_ in (today, today - timedelta(days=1)):
            for code in days[date_].codes if date_ in days else ():
                if code not in self._facts:
                    self._facts[code] = _facts_of(code)
                facts = self._facts[code]
                if facts is not None:
                    yield facts

    def _is_met(self, facts: _Facts) -> bool:
        """Say whether the learner knows all layers of a network that an exercise is about."""
        known, usual = self._kinds(), kinds_in(*facts[:3])
        if known is None or len(usual) == 1:
            return True
        return kinds_of(generate(*facts)) <= {*known, facts[1]}

    def _asks(self, facts: _Facts) -> tuple[object, ...]:
        if facts not in self._asked:
            self._asked[facts] = asks(generate(*facts))
        return self._asked[facts]

    def _kinds(self) -> Collection[str] | None:
        """Return the kinds of layer that the learner has met, in lessons or in answers.

        None stands for all. Who has met none begins with that of the first skill.
        """
        if self._met is None:
            return None
        plainest = next((skill.pairs[0][1] for skill in skills().values()), "")
        return {*self._met(), *self._so_far().kinds} or {plainest}

    def _so_far(self) -> Summary:
        """Return what all answers come to."""
        for _ in self.catch_up():
            pass
        return self._summary


def _pairs(one: Standing, known: Collection[str] | None) -> Sequence[Pair]:
    """Return the exercises of a skill that are about kinds of layer which are known."""
    pairs = skills()[one.skill].asked_at(one.level)
    if known is None:
        return pairs
    return tuple(
        (shape, kind)
        for shape, kind in pairs
        if kind in known and kinds_in(shape, kind, one.level) <= set(known)
    )


def _facts_of(code: str) -> _Facts | None:
    """Return what an exercise goes by; None if it can't be made any more."""
    try:
        return decode(code)
    except CodeError:
        return None


def _kind_of(answer: Answer) -> str:
    """Return the kind of layer that an answer was about; of an older version, its skill's.

    It is empty if there is no such skill any more.
    """
    with suppress(CodeError, NoExercise):
        if is_board_code(answer.code):
            return exercise_of(answer.code).kind
        return decode(answer.code).kind
    skill = skills().get(answer.skill)
    return skill.pairs[0][1] if skill else ""


def _grade_again(code: str, entries: Mapping[str, str]) -> Grade | None:
    """Return how an answer of the record turned out; None if its exercise can't be made."""
    try:
        return Grade(read(exercise_of(code), entries))
    except (CodeError, NoExercise):
        return None
