"""How an answer stands in its table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from cnn_tutor.study.practice.answer import Answer

_encode = msgspec.json.Encoder(order="deterministic").encode
_mistakes = msgspec.json.Decoder(tuple[str, ...]).decode
_entries = msgspec.json.Decoder(dict[str, str]).decode


def moment(when: datetime) -> str:
    """Write a time in UTC with its offset, to the microsecond."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def of_answer(answer: Answer) -> tuple[object, ...]:
    """Return the columns of an answer, without the row's number and checksum."""
    seconds = float(answer.seconds)
    return (
        int(answer.learner),
        _plain(answer.code),
        _plain(answer.skill),
        moment(answer.when),
        int(answer.right),
        int(answer.of),
        int(answer.first),
        int(answer.hints),
        int(answer.shown),
        int(answer.evidence),
        int(answer.mixed),
        seconds if math.isfinite(seconds) and seconds > 0 else 0.0,
        _encode([_plain(mistake) for mistake in answer.mistakes]).decode(),
        _encode({_plain(n): _plain(text) for n, text in answer.entries.items()}).decode(),
    )


def to_answer(row: Sequence[Any]) -> Answer:
    """Return the answer that a row holds; its number comes first, a checksum at the end is left."""
    return Answer(
        learner=row[1],
        code=row[2],
        skill=row[3],
        when=datetime.fromisoformat(row[4]),
        right=row[5],
        of=row[6],
        first=bool(row[7]),
        hints=row[8],
        shown=bool(row[9]),
        evidence=bool(row[10]),
        mixed=bool(row[11]),
        seconds=row[12],
        mistakes=_mistakes(row[13]),
        entries=_entries(row[14]),
    )


def _plain(text: str) -> str:
    """Return a text that can be written as UTF-8, which half a letter typed by a machine can't."""
    return text.encode("utf-8", "replace").decode()
