"""How the windows of a pooling are folded fast."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layers._lookup import LOOKUP_LIMIT
from cnn_tutor.engine.region import Region
from cnn_tutor.engine.window import Window, as_slice


class Pools:
    """Everything about a pooling that follows from the shapes alone, worked out once.

    ``x`` is the shape (..., H, W, C) of the images; the windows are those over their rows and
    columns. What is outside the image belongs to no window.
    """

    def __init__(self, x: Shape, rows: Window, columns: Window) -> None:
        self._rows, self._columns = rows, columns
        self.shape = (*x[:-3], rows.positions, columns.positions, x[-1])
        self.meetings = [
            (
                _at(rows.through(i), columns.through(j)),
                _at(rows.met(i), columns.met(j)),
            )
            for i, j in np.ndindex(rows.size, columns.size)
        ]
        """For each cell of the window, in reading order and for all its positions at once: the
        outputs at which it lies on the image, and the cells of the image that it lies on there."""
        self.whole = not any((*rows.pads, *columns.pads))
        """Whether all windows lie on the image as a whole."""
        self.apart = rows.stride >= rows.size and columns.stride >= columns.size
        """Whether no cell lies in two windows."""
        counts = np.zeros((rows.positions, columns.positions, 1))
        for outputs, _ in self.meetings:
            counts[outputs] += 1
        self.counts: Array | float = float(rows.size * columns.size) if self.whole else counts
        """How many cells of the image each window holds, (H', W', 1) where they differ."""
        self._places: Array | None = None
        if math.prod(self.shape) * len(self.meetings) <= LOOKUP_LIMIT:
            numbers = np.arange(math.prod(x)).reshape(x)
            found = np.full((rows.size, columns.size, *self.shape), math.prod(x))
            for tap, (outputs, inputs) in zip(
                np.ndindex(rows.size, columns.size), self.meetings, strict=True
            ):
                found[tap][outputs] = numbers[inputs]
            self._places = found

    def fold(self, x: Array, fold: np.ufunc, neutral: float) -> Array:
        """Return one number for each window: that of a fold which takes the cells in any order.

        It takes the rows of a window first, and then the columns, one after another, whatever is
        computed along with it, so that even the last bit is the same. ``neutral`` is what changes
        no result.
        """
        if self._places is None:
            down = _folded_along(x, x.ndim - 3, self._rows, fold, neutral)
            return _folded_along(down, x.ndim - 2, self._columns, fold, neutral)
        if not self.whole:
            more = np.empty(x.size + 1, x.dtype)
            more[:-1], more[-1] = x.reshape(-1), neutral
            x = more
        windows = x.take(self._places, mode="wrap")
        return _folded(_folded(windows, fold), fold)


def _at(rows: range, columns: range) -> Region:
    return (..., as_slice(rows), as_slice(columns), slice(None))  # type: ignore[return-value]


def _folded(parts: Sequence[Array] | Array, fold: np.ufunc) -> Array:
    """Return what a fold makes of arrays, one after another; ``reduce`` has orders of its own."""
    folded: Array = parts[0].copy() if len(parts) == 1 else fold(parts[0], parts[1])
    for n in range(2, len(parts)):
        fold(folded, parts[n], out=folded)
    return folded


def _folded_along(x: Array, axis: int, window: Window, fold: np.ufunc, neutral: float) -> Array:
    """Return one number for each window along one axis, (..., positions, ...)."""
    before = (slice(None),) * axis
    inputs = [x[(*before, as_slice(window.met(tap)))] for tap in range(window.size)]
    if all(part.shape[axis] == window.positions for part in inputs):
        return _folded(inputs, fold)
    folded = np.full((*x.shape[:axis], window.positions, *x.shape[axis + 1 :]), neutral, x.dtype)
    for tap, part in enumerate(inputs):
        into = folded[(*before, as_slice(window.through(tap)))]
        fold(into, part, out=into)
    return folded
