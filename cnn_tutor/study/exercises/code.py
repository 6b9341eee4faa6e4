"""The code of an exercise: short enough to read out and to type, it opens the same one elsewhere.

It is 14 letters and digits of Crockford's base 32, which has no I, L, O or U: one for the version
of the generators, eleven for what is asked and the numbers, two that show whether it was mistyped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study.exercise import VERSION, Exercise
from cnn_tutor.study.exercises.generator import QUIZ, kinds, shapes

SEEDS = 2**30
"""Seeds of exercises with a code are less than this."""

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 14
_GROUPS = (5, 5, 4)
_TYPED_LIMIT = 100
_READ_AS = str.maketrans("ILO", "110")
_NAME_BITS, _LEVEL_BITS, _SEED_BITS, _CHECK_BITS = 22, 3, 30, 10
# The number that a code stands for can be divided by this: a prime above all digits of base 32,
# so that one wrong letter always leaves a remainder, as do two that have changed places.
_DIVISOR = 1021


class CodeError(Refusal):
    """Text that opens no exercise: mistyped, of another version, of an unknown kind, or no code."""


class Facts(NamedTuple):
    """What an exercise goes by; the arguments of ``generate``."""

    shape: str
    kind: str
    level: int
    seed: int


def encode(exercise: Exercise | tuple[str, str, int, int]) -> str:
    """Return the code of an exercise, or of a shape, a kind, a level and a seed.

    Raises:
        ValueError: for a level or a seed that has no place in a code.
    """
    if isinstance(exercise, Exercise):
        if exercise.board:
            return exercise.board
        exercise = exercise.shape, exercise.kind, exercise.level, exercise.seed
    facts = Facts(*exercise)
    if not (QUIZ <= facts.level < QUIZ + 2**_LEVEL_BITS and 0 <= facts.seed < SEEDS):
        raise ValueError(f"no code for level {facts.level} and seed {facts.seed}")
    number = VERSION
    for part, bits in (
        (name_hash(facts.shape, facts.kind), _NAME_BITS),
        (facts.level - QUIZ, _LEVEL_BITS),
        (facts.seed, _SEED_BITS),
        (0, _CHECK_BITS),
    ):
        number = number << bits | part
    number += -number % _DIVISOR
    places = reversed(range(LENGTH))
    letters = "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in places)
    ends = [sum(_GROUPS[: n + 1]) for n in range(len(_GROUPS))]
    return "-".join(letters[end - size : end] for end, size in zip(ends, _GROUPS, strict=True))


def decode(text: str) -> Facts:
    """Return what a code stands for, however it was typed.

    Small and full-width letters, blanks and dashes of any kind are taken, I and L for 1, O for 0.

    Raises:
        CodeError: if it opens no exercise here.
    """
    letters = plain(text)
    if not is_code(text):
        raise CodeError("not_a_code", text=text.strip()[:30] or "…", length=LENGTH)
    number = 0
    for letter in letters:
        number = number * len(LETTERS) + LETTERS.index(letter)
    if number % _DIVISOR:
        raise CodeError("code_mistyped", text=text.strip())
    number >>= _CHECK_BITS
    number, seed = divmod(number, 1 << _SEED_BITS)
    number, level = divmod(number, 1 << _LEVEL_BITS)
    version, name = divmod(number, 1 << _NAME_BITS)
    if version != VERSION:
        key = "code_older" if version < VERSION else "code_newer"
        raise CodeError(key, text=text.strip())
    try:
        shape, kind = _named()[name]
    except KeyError:
        raise CodeError("code_unknown", text=text.strip()) from None
    return Facts(shape, kind, level + QUIZ, seed)


def is_code(text: str) -> bool:
    """Say whether a text has the form of a code, right or mistyped."""
    letters = plain(text)
    return len(letters) == LENGTH and set(letters) <= set(LETTERS)


def name_hash(shape: str, kind: str) -> int:
    """Return the number that stands for a shape over a kind, the same in every process.

    It comes from their names, so that a new kind has codes without being listed anywhere.
    """
    return crc32(f"{shape}/{kind}".encode()) % (1 << _NAME_BITS)


def _named() -> Mapping[int, tuple[str, str]]:
    return _hashed(tuple(shapes()), tuple(layer_kinds().items()))


@lru_cache(maxsize=4)
def _hashed(known_shapes: tuple[str, ...], known_kinds: object) -> Mapping[int, tuple[str, str]]:
    """Find the hashes anew only where there is a new shape or kind."""
    return {
        name_hash(shape, kind): (shape, kind) for shape in known_shapes for kind in kinds(shape)
    }


def plain(text: str, most: int = _TYPED_LIMIT) -> str:
    """Return the letters of a code as they are written, without what stands between them.

    Only the first ``most`` signs of the text are looked at.
    """
    one_form = unicodedata.normalize("NFKC", text[:most])
    kept = (c for c in one_form if not (c.isspace() or _is_dash(c)))
    return "".join(c.upper() if c.isascii() else c for c in kept).translate(_READ_AS)


def _is_dash(letter: str) -> bool:
    return unicodedata.category(letter) in {"Pd", "Cf"} or letter in "−ー─━➖"
