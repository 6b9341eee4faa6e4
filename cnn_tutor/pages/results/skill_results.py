"""What a learner has reached, skill by skill, in the words and numbers that are shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from cnn_tutor.study import words
from cnn_tutor.study.mistakes.catalogue import catalogue
from cnn_tutor.study.practice.mastery.replay import RUN
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.mastery.tally import Tally, tally, usual_mistake

if TYPE_CHECKING:
    from cnn_tutor.study.practice.practice import Practice
    from cnn_tutor.study.practice.record.answer import Answer

MASTERED, LEARNING, NEW = "mastered", "learning", "new"

_TICKS = {True: "✓", False: "○"}


@dataclass(frozen=True)
class SkillResult:
    """How one skill stands: how well it is known, when it comes again and how it went.

    ``place`` counts in learning order; ``conditions`` says how far each condition of mastery is
    met, from 0 to 1, and ``run`` how many answers in a row were right. ``went`` is how its
    exercises and their cells went; ``mistake`` is the id of the one that was seen most.
    """

    key: str
    name: str
    place: int
    state: str
    conditions: tuple[float, ...] = (0.0, 0.0, 0.0)
    run: int = 0
    due: bool = False
    next: datetime | None = None
    rested: bool = False
    went: Tally = field(default_factory=Tally)
    mistake: str = ""

    @property
    def mastered(self) -> bool:
        """Whether nothing is left to show, only to keep up."""
        return self.state == MASTERED

    @property
    def tried(self) -> bool:
        """Whether it has been begun."""
        return self.state != NEW

    @property
    def share(self) -> float:
        """How far all of them are met, from 0 to 1."""
        return sum(self.conditions) / len(self.conditions)

    @property
    def percent(self) -> int:
        """The mastery in percent."""
        return round(100 * self.share)

    @property
    def accuracy(self) -> int | None:
        """How many cells in a hundred were right; None before there are any."""
        accuracy = self.went.accuracy
        return None if accuracy is None else round(accuracy)

    @property
    def spoken(self) -> str:
        """The name and where it stands, for who can't see the bar."""
        parts = [self.name, words.say(f"results.{self.state}")]
        if self.state == LEARNING:
            parts.append(words.say("results.mastery", percent=self.percent))
        if self.due:
            parts.append(words.say("results.due_spoken"))
        return comma().join(parts)

    @property
    def ticks(self) -> tuple[tuple[str, bool], ...]:
        """Each condition of mastery in words, and whether it is met."""
        texts = (
            words.say("results.sure"),
            words.say("results.run", right=min(self.run, RUN), count=RUN),
            words.say("results.later"),
        )
        return tuple((text, met >= 1) for text, met in zip(texts, self.conditions, strict=True))

    @property
    def spoken_ticks(self) -> str:
        """The same for who can't see it."""
        return "\n".join(
            words.say("results.met" if met else "results.unmet", text=text)
            for text, met in self.ticks
        )

    @property
    def step(self) -> str:
        """What the learner does next to master it."""
        if self.mastered:
            return words.say("results.step_mastered")
        if self.rested:
            return words.say("results.rested_why")
        if self.state == NEW:
            return words.say("results.to_master", count=RUN)
        if self.run < RUN:
            return words.say("results.step_run", left=RUN - self.run)
        return words.say("results.step_later", count=RUN)

    @property
    def told(self) -> str:
        """The same with what there is to know besides, for who rests on it with the pointer."""
        lines, went = [self.spoken], self.went
        if went.asked:
            lines.append(words.say("results.exercises", right=went.at_once, count=went.asked))
            lines.append(words.say("results.cells", right=went.right, of=went.of))
        if self.rested:
            lines.append(words.say("results.rested_why"))
        elif self.state == LEARNING:
            lines += [f"{_TICKS[met]} {text}" for text, met in self.ticks]
        return "\n".join([*lines, words.say("results.choose")])

    def when(self, now: datetime) -> str:
        """Say when the next review is, counted in the days of ``now``'s time zone."""
        if self.rested:
            return words.say("results.rested")
        if self.due:
            return words.say("results.today")
        if self.next is None:
            return words.say("results.none")
        days = (self.next.astimezone(now.tzinfo).date() - now.date()).days
        if days < 2:
            return words.say("results.tomorrow" if days == 1 else "results.today")
        return words.say("results.in_days", count=days)


def skill_results(practice: Practice, answers: Iterable[Answer] = ()) -> tuple[SkillResult, ...]:
    """Return how every skill stands, in learning order; with these answers also how they went."""
    given: dict[str, list[Answer]] = {}
    for answer in answers:
        given.setdefault(answer.skill, []).append(answer)
    due = set(practice.due())
    found = []
    for place, (key, standing) in enumerate(practice.standings().items()):
        own = given.get(key, [])
        state = MASTERED if standing.mastered else LEARNING if standing.tries else NEW
        result = SkillResult(
            key=key,
            name=skill_name(key),
            place=place,
            state=state,
            conditions=standing.conditions,
            run=standing.run,
            due=key in due and not standing.rested,
            next=standing.due,
            rested=standing.rested,
            went=tally(own),
            mistake=usual_mistake(own),
        )
        found.append(result)
    return tuple(found)


def ordered(results: Iterable[SkillResult], by: str) -> list[SkillResult]:
    """Return results as they are learned, or by what is ``"due"`` or ``"weakest"`` first."""
    if by == "due":
        never = float("inf")
        return sorted(
            results,
            key=lambda r: (not r.due, r.next.timestamp() if r.next else never, r.place),
        )
    if by == "weakest":
        return sorted(results, key=lambda r: (r.state == NEW, r.mastered, r.share, r.place))
    return sorted(results, key=lambda r: r.place)


def skill_name(key: str) -> str:
    """Return what a skill is called; one that nothing is known of goes by its key."""
    skill = skills().get(key)
    return words.pick(skill.name) if skill else key


def mistake_name(key: str) -> str:
    """Return what a mistake is called, nothing for one that is not known any more."""
    mistake = catalogue().get(key)
    return words.pick(mistake.name) if mistake else ""


def named(counts: Sequence[tuple[str, int]]) -> Mapping[str, int]:
    """Return the names of mistakes and how often each was seen."""
    found = ((mistake_name(key), count) for key, count in counts)
    return {name: count for name, count in found if name}


def comma() -> str:
    """Return what stands between the parts of a list in the language that is on."""
    return {"ja": "、", "en": ", "}[words.language()]
