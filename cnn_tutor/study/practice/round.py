"""A round of exercises: how far it is, how it went, and the text in which it waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

import msgspec

from cnn_tutor.study.exercise import VERSION
from cnn_tutor.study.exercises.generator import LEVELS, kinds, shapes
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.mastery.standing import ALL, WORKED
from cnn_tutor.study.practice.plan import Item

ROUNDS_LIMIT = 4
"""Unfinished rounds that wait; of more, the oldest ones are given up."""


@dataclass(frozen=True)
class Work:
    """What stands in the exercise that is on.

    ``entries`` are what is written by now, and ``checked`` what was when it was judged last;
    ``firsts`` are the blanks that have been judged, with whether they were right then. ``noted``
    says that its first answer has been recorded.
    """

    entries: dict[str, str] = field(default_factory=dict)
    checked: dict[str, str] = field(default_factory=dict)
    firsts: dict[str, bool] = field(default_factory=dict)
    hints: int = 0
    shown_how: bool = False
    noted: bool = False

    def __bool__(self) -> bool:
        """Say whether anything has been done in it."""
        return any(self.entries.values()) or bool(self.checked or self.hints or self.noted)


class Round:
    """Items one after the other; ``place`` counts those that came before."""

    def __init__(self, items: Sequence[Item] = ()) -> None:
        self.items = list(items)
        self.place = 0
        self._results: list[bool | None] = [None] * len(self.items)
        self.mistakes: dict[int, str] = {}
        """The mistake that was seen first at a place."""
        self.known: set[int] = set()
        """The places of exercises that had been answered at another time."""
        self.work = Work()
        """What stood in the exercise that is on, when the round was put aside."""

    @property
    def item(self) -> Item | None:
        """What is asked now; None before and after the round."""
        return self.items[self.place] if self.place < len(self.items) else None

    @property
    def results(self) -> tuple[bool | None, ...]:
        """How each item went: right at the first try, not so, or None where it is not counted."""
        return tuple(self._results)

    @property
    def over(self) -> bool:
        """Whether the round has been gone through."""
        return bool(self.items) and self.place >= len(self.items)

    @property
    def unfinished(self) -> bool:
        """Whether it has been begun and there is more of it to come."""
        return len(self.items) > 1 and not self.over and self.begun_with(self.work)

    def begun_with(self, work: Work) -> bool:
        """Say whether anything has been done in it; ``work`` is what stands in its exercise."""
        watched = self.item is not None and self.item.stage == WORKED
        return self.place > 0 or (bool(work) and not watched)

    def go_on(self) -> None:
        """Go to the next item, or to the end."""
        self.place = min(self.place + 1, len(self.items))

    def exchange(self, item: Item) -> None:
        """Ask another item at this place; how the first one went stays."""
        self.items[self.place] = item

    def settle(self, well: bool | None) -> None:
        """Keep how the item went, if it is counted; what was settled once stays."""
        if self.item is not None and self._results[self.place] is None:
            self._results[self.place] = well

    # --- its text --------------------------------------------------------------------------------

    def _kept(self) -> _Kept:
        return _Kept(
            self.items, self.place, self._results, self.mistakes, sorted(self.known), self.work
        )

    @classmethod
    def _of(cls, kept: _Kept) -> Self | None:
        """Return the round; None if it is none that can be gone on with."""
        made = cls(kept.items)
        made.place, made.work = kept.place, kept.work
        made._results, made.mistakes, made.known = kept.results, kept.mistakes, set(kept.known)
        fits = len(kept.results) == len(kept.items) and 0 <= kept.place < len(kept.items)
        return made if fits and all(map(_is_asked, kept.items)) else None


class _Kept(msgspec.Struct, array_like=True):
    items: list[Item]
    place: int
    results: list[bool | None]
    mistakes: dict[int, str]
    known: list[int]
    work: Work


class _Rounds(msgspec.Struct):
    version: int
    rounds: list[_Kept]


def text_of(rounds: Iterable[Round]) -> str:
    """Return a text for the unfinished ones of some rounds, the latest last; empty for none."""
    kept = [one._kept() for one in rounds if one.unfinished][-ROUNDS_LIMIT:]
    return msgspec.json.encode(_Rounds(VERSION, kept)).decode() if kept else ""


def rounds_of(text: str) -> list[Round]:
    """Return the rounds of a text; those of another version, or of a damaged text, are none."""
    try:
        found = msgspec.json.decode(text, type=_Rounds)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return []
    if found.version != VERSION:
        return []
    return [made for kept in found.rounds if (made := Round._of(kept)) is not None]


def _is_asked(item: Item) -> bool:
    return (
        item.skill in skills()
        and item.shape in shapes()
        and item.kind in kinds(item.shape)
        and item.level in LEVELS
        and item.seed >= 0
        and WORKED <= item.stage <= ALL
    )
