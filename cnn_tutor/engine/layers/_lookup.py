"""The windows of a small convolution, looked up in a list of places."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.window import Window

LOOKUP_LIMIT = 8192
"""Cells in all windows together up to which looking each up is faster than anything else."""

_ONE_BY_ONE_LIMIT = 64
"""Outputs up to which a bias is added faster to each than row by row."""


class Lookup:
    """A filter at all places of one small image, as one product of two matrices.

    Which cells each window reads is listed once; then three calls make an output. On a board of
    some cells the time it takes to call NumPy is all there is.

    The image is (H, W, C), the kernel (kh, kw, C, filters) and the output (H', W', filters).
    """

    def __init__(self, rows: Window, columns: Window, channels: int) -> None:
        self._rows, self._columns = rows, columns
        self._frame = (rows.padded, columns.padded, channels)
        self._inside = (
            slice(rows.before, rows.before + rows.length),
            slice(columns.before, columns.before + columns.length),
        )
        self._framed = any((*rows.pads, *columns.pads))
        down, across = (
            np.add.outer(
                np.arange(window.positions) * window.stride,
                np.arange(window.size) * window.dilation,
            )
            for window in (rows, columns)
        )
        cells = down[:, None, :, None] * columns.padded + across[None, :, None, :]
        every = cells[..., None] * channels + np.arange(channels)
        self._places = every.reshape(rows.positions * columns.positions, -1)
        """Where in the padded image each window (a row) has its cells."""

    def forward(self, x: Array, kernel: Array, bias: Array | None) -> Array:
        """Return the output, a row for every window: (H' × W', filters)."""
        windows = self._windows(x)
        output = _product(windows, kernel.reshape(windows.shape[1], -1))
        if bias is None:
            return output
        if len(output) < _ONE_BY_ONE_LIMIT:
            output += bias
        else:  # long lines are added faster than short ones
            line = np.empty((self._columns.positions, len(bias)), bias.dtype)
            line[...] = bias
            lines = output.reshape(self._rows.positions, -1)
            lines += line.reshape(-1)
        return output

    def backward(self, x: Array, kernel: Array, grad: Array) -> tuple[Array, Array]:
        """Return the gradients of the image and of the kernel."""
        windows = self._windows(x)
        shares = grad.reshape(len(windows), -1)
        over_kernel = _product(windows.T, shares).reshape(kernel.shape)
        # One more than the windows have cells: the 0 that is looked up where a cell has no reader.
        over_windows = np.zeros(windows.size + 1, x.dtype)
        weights = kernel.reshape(windows.shape[1], -1)
        _product(shares, weights.T, over_windows[:-1].reshape(windows.shape))
        over_x: Array = over_windows.take(self._readers, mode="wrap").sum(0)
        return over_x.reshape(x.shape), over_kernel

    def _windows(self, x: Array) -> Array:
        if self._framed:
            frame = np.zeros(self._frame, x.dtype)
            frame[self._inside] = x
            x = frame
        return x.take(self._places, mode="wrap")  # all are inside; looking costs more than folding

    @cached_property
    def _readers(self) -> Array:
        """Where among all cells of all windows each cell of the image stands, a column for each."""
        places = self._places.ravel()
        order = np.argsort(places, kind="stable")
        counts = np.bincount(places, minlength=int(np.prod(self._frame)))
        firsts = np.cumsum(counts) - counts
        nth = np.arange(max(1, counts.max()))[:, None]
        at = np.minimum(firsts + nth, len(order) - 1)
        readers = np.where(nth < counts, order[at], len(order))
        inside: Array = readers.reshape(-1, *self._frame)[:, *self._inside]
        return np.ascontiguousarray(inside.reshape(len(nth), -1))


def _product(left: Array, right: Array, out: Array | None = None) -> Array:
    """Return the product of two matrices; ``dot`` makes 0 of 0 · ∞ where one is a single number."""
    if left.shape[1] == 1:
        return np.multiply(left, right, out=out)
    product: Array = left.dot(right, out=out)
    return product
