"""One answer to an exercise, as it is kept: a row of its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec

from cnn_tutor.project.plain_text import encodable


@dataclass(frozen=True)
class Answer:
    """What a learner wrote at one time, and how much of it was right.

    ``code`` is the exercise's, from which it can be made again; ``skill`` is what it trains.
    ``when`` is the time at the place where it was given, with its offset. Of the ``of`` cells that
    were judged ``right`` are right; of marks those are judged that are wanted or too many.
    ``first`` says that it is the first answer to this exercise, ``left`` that the learner went
    away from it before every cell was judged, ``hints`` how many were seen before it, ``shown``
    that the solution was; ``evidence`` that the exercise tells mistakes apart; ``mixed`` that it
    came among exercises of other skills. It took ``seconds``. ``mistakes`` are what it looked
    like, likeliest first, and ``entries`` what was written, by blank.
    """

    learner: int
    code: str
    skill: str
    when: datetime
    right: int
    of: int
    first: bool = True
    hints: int = 0
    shown: bool = False
    evidence: bool = True
    mixed: bool = False
    seconds: float = 0.0
    mistakes: tuple[str, ...] = ()
    entries: Mapping[str, str] = field(default_factory=dict)
    left: bool = False

    @property
    def day(self) -> date:
        """The day on which it was given, where it was given."""
        return self.when.date()

    @property
    def correct(self) -> bool:
        """Whether every cell was right."""
        return 0 < self.of == self.right and not self.left

    @property
    def outcome(self) -> bool | None:
        """How the exercise is counted: as right at the first try, as not so, or None for not.

        It is not counted where it was answered before, where it was only watched, and where it
        was left with nothing wrong in it.
        """
        if not self.first or self.watched or self.broken_off:
            return None
        return self.correct and not self.hints and not self.shown

    @property
    def cells(self) -> tuple[int, int]:
        """How many cells are counted as right, and of how many: those of first answers alone."""
        return (self.right, self.of) if self.first and not self.shown else (0, 0)

    @property
    def watched(self) -> bool:
        """Whether it was an example to look at, of which nothing was tried."""
        return self.shown and not self.evidence and not any(self.entries.values())

    @property
    def broken_off(self) -> bool:
        """Whether it was left with nothing wrong in it: neither right nor wrong."""
        return self.left and self.right == self.of

    @property
    def counts(self) -> bool:
        """Whether it says what the learner can do alone; all else is practice."""
        return self.outcome is not None and not self.hints and not self.shown and self.evidence

    def to_row(self) -> tuple[object, ...]:
        """Return the columns of its table, without the row's number and checksum."""
        entries = {name: encodable(text) for name, text in self.entries.items()}
        return (
            self.learner,
            self.code,
            self.skill,
            _time_text(self.when),
            self.right,
            self.of,
            int(self.first) + self.left,
            self.hints,
            int(self.shown),
            int(self.evidence),
            int(self.mixed),
            float(self.seconds),
            _encode(self.mistakes).decode(),
            _encode(entries).decode(),
        )

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> Answer:
        """Return the answer of a whole row; its number comes first, the checksum last."""
        _, learner, code, skill, when, right, of, *more, seconds, mistakes, entries, _ = row
        first, hints, shown, evidence, mixed = more
        return cls(
            learner,
            code,
            skill,
            _time(when),
            right,
            of,
            bool(first),
            hints,
            bool(shown),
            bool(evidence),
            bool(mixed),
            seconds,
            tuple(msgspec.json.decode(mistakes)),
            msgspec.json.decode(entries),
            left=first == _LEFT,
        )


_UTC = "+00:00"


def _time_text(when: datetime) -> str:
    # What ends in +00:00 was written before the offset was kept.
    text = when.isoformat(timespec="microseconds")
    return f"{text.removesuffix(_UTC)}Z" if text.endswith(_UTC) else text


def _time(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    return when.astimezone() if text.endswith(_UTC) else when  # if so, the computer's own zone


_LEFT = 2
"""Stands in the column of first answers for one that was left; 1 for any other, 0 for none."""

_encode = msgspec.json.Encoder(order="deterministic").encode
