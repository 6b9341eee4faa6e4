"""Who practises: several people can share a computer."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project.plain_text import blank

NAME_LIMIT = 60
"""Letters in a learner's name."""


@dataclass(frozen=True)
class Learner:
    """Someone with a record of their own; ``id`` stays the same when the ``name`` changes."""

    id: int
    name: str


class NameRefused(Refusal):
    """What can't be a learner's name."""


def tidied(name: str) -> str:
    """Return a name as it is kept: blanks trimmed, nothing in it that can't be seen.

    Raises:
        NameRefused: if nothing is left, or more than :data:`NAME_LIMIT`.
    """
    plain = unicodedata.normalize("NFC", " ".join(name.split()))
    plain = "".join(letter for letter in plain if letter.isprintable()).strip()
    if blank(plain):
        raise NameRefused("practice_name_empty")
    if len(plain) > NAME_LIMIT:
        raise NameRefused("practice_name_long", most=NAME_LIMIT)
    return plain
