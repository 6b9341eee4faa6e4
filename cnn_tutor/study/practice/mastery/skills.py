"""What there is to practise: skills, each with the exercises that train it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study import words
from cnn_tutor.study.exercise import Text
from cnn_tutor.study.exercises.generator import LEVELS, kinds, shapes

_ANY = "*"
"""In ``resources/words/skills.toml``: every kind, or every shape, that is named nowhere else."""

_OWN = "kind."
"""Begins the key of a skill that a kind of layer makes for itself."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Skill:
    """Something that can be practised and mastered by itself, such as summing products.

    ``pairs`` are the exercises that train it, each a shape and the kind of layer it is set over,
    the plainest first; ``levels`` are how hard they get, the easiest first.
    """

    key: str
    name: Text
    pairs: tuple[Pair, ...]
    levels: tuple[int, ...]

    def asked_at(self, level: int) -> tuple[Pair, ...]:
        """Return the pairs that train it at a level; all of them if none does."""
        of_level = tuple(pair for pair in self.pairs if skill_of(*pair, level) == self.key)
        return of_level or self.pairs


def skills() -> Mapping[str, Skill]:
    """Return every skill by its key, in the order in which they are learned.

    Exercises that no skill of ``resources/words/skills.toml`` names make a skill of their kind of
    layer, so that a new kind is practised at once. A skill without exercises is left out.
    """
    return _arranged(*_known())[0]


def skill_of(shape: str, kind: str, level: int) -> str:
    """Return the key of the skill that an exercise trains; levels past the last are the last."""
    level = max(LEVELS.start, min(level, LEVELS.stop - 1))
    return _arranged(*_known())[1].get((shape, kind, level), f"{_OWN}{kind}")


def _known() -> tuple[tuple[str, ...], object]:
    return tuple(shapes()), tuple(layer_kinds().items())


@lru_cache(maxsize=4)
def _arranged(
    known_shapes: tuple[str, ...], known_kinds: object
) -> tuple[Mapping[str, Skill], Mapping[tuple[str, str, int], str]]:
    """Give each pair to one skill at each level, anew only where there is a new shape or kind."""
    owner: dict[tuple[str, str, int], str] = {}
    pairs: dict[str, dict[Pair, None]] = {key: {} for key in words.table("skills")}
    levels: dict[str, set[int]] = {}
    asked = [(shape, kind) for shape in known_shapes for kind in kinds(shape)]
    for (shape, kind), level in itertools.product(asked, LEVELS):
        key = next(_claims(shape, kind, level), f"{_OWN}{kind}")
        owner[shape, kind, level] = key
        pairs.setdefault(key, {})[shape, kind] = None
        levels.setdefault(key, set()).add(level)
    found = {
        key: Skill(key, _name(key), _sorted(key, tuple(own)), tuple(sorted(levels[key])))
        for key, own in pairs.items()
        if own
    }
    return MappingProxyType(found), MappingProxyType(owner)


def _claims(shape: str, kind: str, level: int) -> Iterator[str]:
    """Go through the skills that name a pair at a level: those that do it most exactly first."""
    for a_kind, a_shape in ((kind, shape), (_ANY, shape), (kind, _ANY)):
        for key, entry in words.table("skills").items():
            if level in entry.get("levels", LEVELS) and a_shape in entry["asks"].get(a_kind, ()):
                yield key


def _sorted(key: str, pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """Put pairs in the order in which the file names their shapes."""
    asks: Mapping[str, Any] = words.table("skills").get(key, {}).get("asks", {})
    named = {
        shape: n for n, shape in enumerate(dict.fromkeys(s for own in asks.values() for s in own))
    }
    return tuple(sorted(pairs, key=lambda pair: named.get(pair[0], len(named))))


def _name(key: str) -> Text:
    entry = words.table("skills").get(key)
    if entry is None:
        tag = key.removeprefix(_OWN)
        entry = words.table("kinds").get(tag, dict.fromkeys(words.LANGUAGES, tag))
    return MappingProxyType({side: entry[side] for side in words.LANGUAGES})
