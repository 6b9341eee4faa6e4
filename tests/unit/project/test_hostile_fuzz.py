"""Damaged project files: each is opened or refused with one clear message, in no time.

    CNN_TUTOR_LONG=1 pytest tests/unit/project/test_hostile_fuzz.py     thousands of them

The number of a case that fails is in its message; ``mutant(sound(), number)`` makes it again.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_tutor.project.file import FileError, decode, encode
from cnn_tutor.study.boards.presets import presets
from tests.unit.project.clear import explained
from tests.unit.project.mutants import HOSTILE, LONG, mutants, watched
from tests.unit.project.test_file import FILE, assert_equal

SMALL = 3000


def sound() -> list[bytes]:
    """Return small projects with every kind of layer that presets have."""
    fixed = [preset for preset in presets().values() if "level" not in preset.content]
    files = [encode(preset.project()) for preset in fixed]
    return [FILE, *(data for data in files if len(data) < SMALL)]


def opened_or_refused(data: bytes) -> bool:
    """Open a file and save it again, or have it refused; return whether it could be opened."""
    try:
        project = decode(data)
    except FileError as error:
        explained(error)
        return False
    assert_equal(decode(encode(project)), project)
    return True


def test_damaged_copies_are_opened_or_refused() -> None:
    opened = 0
    for number, data in mutants(sound(), 12_000 if LONG else 700, seed=20_000):
        with watched(number):
            opened += opened_or_refused(data)
    assert opened, "none of them could be opened: nothing is said about the right result"


SEEDS = [*HOSTILE, b'{"shape":[1],"values":[1]}', b"[[1,2],[3,4]]", b'"same"', b'"input"']


@settings(max_examples=1500 if LONG else 150)
@given(st.data())
def test_hostile_values_anywhere_are_opened_or_refused(data: st.DataObject) -> None:
    content = copy.deepcopy(json.loads(FILE))
    place: Any = content
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else
                                        list(range(len(place)))))  # fmt: skip
        if not place[key] or not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = "HERE"
    written = json.dumps(content).encode()
    opened_or_refused(written.replace(b'"HERE"', data.draw(st.sampled_from(SEEDS))))
