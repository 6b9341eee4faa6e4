"""How the benchmarks take times, always of several works in turn, and how they print them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

Work = Callable[[], object]


def milliseconds(work: Work) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def in_turn(works: Sequence[Work], rounds: int) -> list[list[float]]:
    """Return the milliseconds that each of some works takes in each round, after a first one.

    They are measured in turn, so that their ratios hold on a noisy machine.
    """
    for work in works:
        work()  # what is worked out only once does not count
    found = [[milliseconds(work) for work in works] for _ in range(rounds)]
    return [list(times) for times in zip(*found, strict=True)]


def spread(times: Sequence[float], digits: int = 0) -> str:
    """Return the median, and the longest behind it."""
    return f"{statistics.median(times):.{digits}f} ({max(times):.0f})"


def row(first: object, *cells: object, width: int = 17) -> None:
    """Print a line of a table."""
    print(f"{first:>26}" + "".join(f"{cell:>{width}}" for cell in cells), flush=True)
