"""A monkey plays at the window with keys, mouse and files, and finds nothing to break.

A plain run plays some hundred events, CNN_TUTOR_LONG=1 a hundred thousand. What it prints when it
finds something plays the same events again.
"""

from __future__ import annotations

import pytest

from tests.end_to_end import monkey

SHORT = 400
LONG = 10_000


@pytest.mark.parametrize("remembers", [False, True])
def test_a_monkey_breaks_nothing(remembers) -> None:
    broken = monkey.watch(1, SHORT, remembers)
    assert not broken, broken


@pytest.mark.long
@pytest.mark.parametrize("remembers", [False, True])
@pytest.mark.parametrize("seed", range(10, 15))
def test_a_monkey_breaks_nothing_for_long(seed, remembers) -> None:
    broken = monkey.watch(seed, LONG, remembers)
    assert not broken, broken
