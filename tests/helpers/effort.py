"""How much work something is, counted and not timed: on a busy machine it is no more."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

STEPS_LIMIT = 10_000_000
"""Steps that anything may take which is done at once: a second or so."""


@contextmanager
def at_most(limit: int = STEPS_LIMIT) -> Iterator[None]:
    """Fail if what is done within goes through more lines of Python, whatever else it does."""
    steps, before = 0, sys.gettrace()

    def step(frame: FrameType, event: str, _: object) -> object:
        nonlocal steps
        steps += event == "line"
        if steps > limit:
            pytest.fail(f"that takes more than {limit:,} steps")
        return step

    sys.settrace(step)
    try:
        yield
    finally:
        sys.settrace(before)
