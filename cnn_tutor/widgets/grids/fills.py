"""What selected cells can be filled with: a number, random ones, a pattern."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnn_tutor.engine.arrays import Array

Fill = Callable[[int, int], Array]
"""Returns the numbers for so many rows and columns."""


def same(number: float) -> Fill:
    """Return what fills every cell with one number."""
    return lambda rows, columns: np.full((rows, columns), number)


def random(least: int, most: int) -> Fill:
    """Return what fills cells with random whole numbers, ``most`` among them."""
    rng = np.random.default_rng()
    return lambda rows, columns: rng.integers(least, most + 1, (rows, columns)).astype(np.float64)


def checkerboard(rows: int, columns: int) -> Array:
    """1 and 0 in turn, 1 first."""
    row, column = np.indices((rows, columns))
    return np.where((row + column) % 2, 0.0, 1.0)


def diagonal(rows: int, columns: int) -> Array:
    """1 from the first cell downwards to the right, 0 elsewhere."""
    return np.eye(rows, columns)


def gradient(rows: int, columns: int) -> Array:
    """0, 1, 2 ... from left to right; of a single column downwards."""
    steps = np.arange(max(rows, columns), dtype=np.float64)
    line = steps[:columns] if columns > 1 else steps[:rows, None]
    return np.broadcast_to(line, (rows, columns))


PATTERNS: dict[str, Fill] = {
    "checkerboard": checkerboard,
    "diagonal": diagonal,
    "gradient": gradient,
}
