"""How an answer stands in its table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec

from cnn_tutor.project.plain_text import encodable
from cnn_tutor.study.practice.record.answer import Answer
from cnn_tutor.study.practice.record.learner import NAME_LIMIT, Learner

MAX_SECONDS = 1e9
"""How long an answer may take; the sum of all is a number still."""

MAX_COUNT = 2**31 - 1
"""The largest number of a learner, and the most that is counted."""

_Count = Annotated[int, msgspec.Meta(ge=0, le=MAX_COUNT)]
_Flag = Annotated[int, msgspec.Meta(ge=0, le=1)]
_Seconds = Annotated[float, msgspec.Meta(ge=0, le=MAX_SECONDS)]
_FIRST, _LAST = datetime(1900, 1, 2, tzinfo=UTC), datetime(2199, 12, 30, tzinfo=UTC)
"""A clock may stand wherever it likes, but between these; days are counted, and drawn."""


class _Row(msgspec.Struct, array_like=True):
    """The columns of an answer, and what can stand in them."""

    number: int
    learner: int
    code: str
    skill: str
    time: str
    right: _Count
    of: _Count
    first: _Flag
    hints: _Count
    shown: _Flag
    evidence: _Flag
    mixed: _Flag
    seconds: _Seconds
    mistakes: str
    entries: str


class _Learner(msgspec.Struct, array_like=True):
    id: _Count
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=NAME_LIMIT)]


_encode = msgspec.json.Encoder(order="deterministic").encode
_mistakes = msgspec.json.Decoder(tuple[str, ...]).decode
_entries = msgspec.json.Decoder(dict[str, str]).decode


def _time(when: datetime) -> str:
    """Write a time in UTC with its offset, to the microsecond."""
    possible = max(_FIRST, min(when, _LAST))
    return possible.astimezone(UTC).isoformat(timespec="microseconds")


def of_answer(answer: Answer) -> tuple[object, ...]:
    """Return the columns of an answer, without the row's number and checksum."""
    seconds = float(answer.seconds)
    return (
        int(answer.learner),
        encodable(answer.code),
        encodable(answer.skill),
        _time(answer.when),
        int(answer.right),
        int(answer.of),
        int(answer.first),
        int(answer.hints),
        int(answer.shown),
        int(answer.evidence),
        int(answer.mixed),
        min(seconds, MAX_SECONDS) if math.isfinite(seconds) and seconds > 0 else 0.0,
        _encode([encodable(mistake) for mistake in answer.mistakes]).decode(),
        _encode({encodable(n): encodable(text) for n, text in answer.entries.items()}).decode(),
    )


def to_answer(row: Sequence[Any]) -> Answer:
    """Return the answer that a row holds; its number comes first, a checksum at the end is left.

    Raises:
        ValueError: if anything in it is not what :func:`of_answer` writes. A checksum only says
            that it is what was written, by whatever program.
    """
    found = msgspec.convert(row, _Row)
    when = datetime.fromisoformat(found.time)
    if when.tzinfo is None or not _FIRST <= when <= _LAST or found.right > found.of:
        raise ValueError(found.time)
    return Answer(
        learner=found.learner,
        code=found.code,
        skill=found.skill,
        when=when,
        right=found.right,
        of=found.of,
        first=bool(found.first),
        hints=found.hints,
        shown=bool(found.shown),
        evidence=bool(found.evidence),
        mixed=bool(found.mixed),
        seconds=found.seconds,
        mistakes=_mistakes(found.mistakes),
        entries=_entries(found.entries),
    )


def to_learner(row: Sequence[Any]) -> Learner:
    """Return the learner that a row holds, of its number and the name; raises ValueError."""
    found = msgspec.convert(row, _Learner)
    return Learner(found.id, found.name)
