"""How much work something is, counted and not timed: on a busy machine it is no more.

A step is a line of Python that is gone through, whatever it has done by something else than Python.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

MOST_STEPS = 10_000_000
"""Steps that anything may take which is done at once: a second or so."""


class Effort:
    """Counts steps, and fails as soon as there are too many."""

    def __init__(self, most: float = float("inf")) -> None:
        self.steps, self._most = 0, most

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count what is done within."""
        before = sys.gettrace()
        sys.settrace(self._step)
        try:
            yield
        finally:
            sys.settrace(before)
        self._check()

    def _step(self, frame: FrameType, event: str, _: object) -> object:
        self.steps += event == "line"
        self._check()
        return self._step

    def _check(self) -> None:
        if self.steps > self._most:
            pytest.fail(f"that takes more than {self._most:,} steps")


@contextmanager
def at_most(steps: int = MOST_STEPS) -> Iterator[Effort]:
    """Fail if what is done within takes more steps."""
    effort = Effort(steps)
    with effort.counted():
        yield effort
