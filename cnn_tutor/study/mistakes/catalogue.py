"""Every mistake that the tutor knows by name, from ``resources/words/mistakes.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from cnn_tutor.study import words


@dataclass(frozen=True)
class Mistake:
    """A way of going wrong that has a name.

    ``name`` and ``says`` are in both languages; ``says`` is the sentence about one exercise, with
    room for its numbers. ``prior`` is how likely it is before anything is known of the learner,
    as a weight beside those of others. A ``main`` one has to lead to a number of its own in
    every exercise that counts; a ``slip`` is no misunderstanding.
    """

    id: str
    name: Mapping[str, str]
    says: Mapping[str, str]
    prior: float = 1.0
    main: bool = True
    slip: bool = False


@cache
def catalogue() -> Mapping[str, Mistake]:
    """Return every mistake by its id."""
    found = {key: Mistake(key, **entry) for key, entry in words.table("mistakes").items()}
    return MappingProxyType(found)
