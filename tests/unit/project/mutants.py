"""Damaged copies of sound files: bytes flipped, cut, doubled or mixed, numbers made hostile."""

from __future__ import annotations

import faulthandler
import os
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.helpers.effort import at_most
from tests.helpers.hanging import HANGS

LONG = "CNN_TUTOR_LONG" in os.environ

_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_TOKEN = re.compile(rb'"[^"\n]*"|[\w.+-]+|[\[\]{},:=]')

HOSTILE = (
    b"-1", b"0", b"-0", b"1e400", b"-1e400", b"1e-400", b"NaN", b"nan", b"inf", b"-inf", b"null",
    b"true", b"1e999999999", b"9" * 25, b"9" * 500, b"9" * 5000, b"0." + b"3" * 3000, b"1.5",
    b"2147483648", b"9223372036854775808", b"18446744073709551616", b"0x7fffffffffffffff",
    b"0x" + b"f" * 2000, b"1979-05-27", b"[]", b"{}", b'""', b'"x"', b"[[[[1]]]]", b"1_000", b"64",
    b"65", b"17", b"1000001", b"1048577", b"\xef\xbc\x99", b"'\\u202e'", b'"\\u202e"', b'"\\ud800"',
)  # fmt: skip


def mutants(sound: list[bytes], count: int, seed: int) -> Iterator[tuple[int, bytes]]:
    """Yield so many damaged copies with the numbers that :func:`mutant` makes them again by."""
    for number in range(seed, seed + count):
        yield number, mutant(sound, number)


def mutant(sound: list[bytes], number: int) -> bytes:
    """Return one copy that is damaged in one to four ways."""
    lot = random.Random(number)
    data = lot.choice(sound)
    for _ in range(lot.choice((1, 1, 2, 4))):
        data = lot.choice(_WAYS)(data, lot, lot.choice(sound))
    return data


def _flipped(data: bytes, lot: random.Random, _: bytes) -> bytes:
    found = bytearray(data)
    for _again in range(lot.randint(1, 8)):
        if found:
            found[lot.randrange(len(found))] ^= 1 << lot.randrange(8)
    return bytes(found)


def _cut(data: bytes, lot: random.Random, _: bytes) -> bytes:
    return data[: lot.randint(0, len(data))]


def _gap(data: bytes, lot: random.Random, _: bytes) -> bytes:
    start = lot.randint(0, len(data))
    return data[:start] + data[start + lot.randint(1, 200) :]


def _doubled(data: bytes, lot: random.Random, _: bytes) -> bytes:
    start = lot.randint(0, len(data))
    end = start + lot.randint(1, 400)
    return data[:end] + data[start:end] * lot.choice((1, 1, 3, 30)) + data[end:]


def _moved(data: bytes, lot: random.Random, _: bytes) -> bytes:
    a, b, c = sorted(lot.randint(0, len(data)) for _again in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def _mixed(data: bytes, lot: random.Random, other: bytes) -> bytes:
    return data[: lot.randint(0, len(data))] + other[lot.randint(0, len(other)) :]


def _renumbered(data: bytes, lot: random.Random, _: bytes) -> bytes:
    return _replaced(data, _NUMBER, lot, lambda: lot.choice(HOSTILE))


def _swapped(data: bytes, lot: random.Random, other: bytes) -> bytes:
    return _replaced(data, _TOKEN, lot, lambda: lot.choice(_TOKEN.findall(other) or [b"x"]))


def _replaced(
    data: bytes, what: re.Pattern[bytes], lot: random.Random, by: Callable[[], bytes]
) -> bytes:
    for _ in range(lot.randint(1, 3)):
        found = list(what.finditer(data))
        if found:
            place = lot.choice(found)
            data = data[: place.start()] + by() + data[place.end() :]
    return data


_WAYS = (
    _flipped, _cut, _gap, _doubled, _moved, _mixed, _renumbered, _renumbered, _swapped, _swapped
)  # fmt: skip


@contextmanager
def watched(case: object) -> Iterator[None]:
    """Fail if one case takes too much work, and name it where anything but the expected happens."""
    faulthandler.dump_traceback_later(HANGS, exit=True)  # a hang says where
    try:
        with at_most():
            yield
    except BaseException as error:
        error.add_note(f"case {case}")
        raise
    finally:
        faulthandler.cancel_dump_traceback_later()
