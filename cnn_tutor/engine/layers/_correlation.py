"""How a convolution is computed: which scheme is the fastest for a shape, and what it needs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layers._blocks import Blocks
from cnn_tutor.engine.region import Region
from cnn_tutor.engine.window import Window

LOOKUP_LIMIT = 8192
"""Cells in all windows together up to which looking each up is faster than anything else."""

_ONE_BY_ONE_LIMIT = 64
"""Outputs up to which a bias is added faster to each than row by row."""

_WIDEST = 32
"""Outputs that share a block at most: past that, there are more zeros than filters."""

_USUAL = {2, 4, 8, 16, 32}
"""Widths of blocks that are tried beside those that leave nothing over at the end of a row."""

# About how many nanoseconds the work takes: a multiplication and addition in a matrix product,
# a stretch of cells that is copied and each of its cells, and the same where they are added.
_PRODUCT, _COPY, _COPIED, _ADD, _ADDED = 0.012, 3.0, 0.08, 9.0, 0.25


class Correlation:
    """Everything about a convolution that follows from the shapes alone, worked out once.

    ``x`` is the shape (..., H, W, C) of the images, ``kernel`` that of the filters (kh, kw,
    C / groups, filters), ``windows`` are those over the rows and the columns. They must fit.
    """

    def __init__(self, x: Shape, kernel: Shape, windows: Sequence[Window], groups: int = 1) -> None:
        rows, columns = windows
        *batch, height, width, channels = x
        *_, depth, filters = kernel
        self._images = (math.prod(batch), height, width, channels)
        self._outputs = (math.prod(batch), rows.positions, columns.positions, filters)
        self.shape = (*batch, *self._outputs[1:])
        share = filters // groups
        self._shares = [
            (slice(g * depth, (g + 1) * depth), slice(g * share, (g + 1) * share))
            for g in range(groups)
        ]
        self._lookup: Lookup | None = None
        in_windows = rows.positions * columns.positions * rows.size * columns.size * depth
        in_image = rows.padded * columns.padded * channels
        if self._images[0] == groups == 1 and max(in_windows, in_image) <= LOOKUP_LIMIT:
            self._lookup = Lookup(rows, columns, channels)
            return
        self._single = Blocks(rows, columns, depth, share, 1)
        self._blocks, self._backward_blocks = (
            Blocks(rows, columns, depth, share, _best(rows, columns, depth, share, backward))
            for backward in (False, True)
        )

    def forward(self, x: Array, kernel: Array, bias: Array | None) -> Array:
        """Return the output, (..., H', W', filters), in the type of the filters and the bias."""
        if self._lookup is not None:
            x = x.astype(kernel.dtype, copy=False)
            return self._lookup.forward(x, kernel, bias).reshape(self.shape)
        images = x.reshape(self._images)
        if len(self._shares) == 1:
            return self._blocks.forward(images, kernel, bias).reshape(self.shape)
        output = np.empty(self.shape, kernel.dtype)
        for read, written in self._shares:
            of_bias = None if bias is None else bias[written]
            part = self._blocks.forward(images[..., read], kernel[..., written], of_bias)
            output.reshape(self._outputs)[..., written] = part
        return output

    def forward_region(self, x: Array, kernel: Array, bias: Array | None, region: Region) -> Array:
        """Return a box of the output, to the last bit what it is in the whole."""
        *batch, rows, columns, filters = region
        if self._lookup is not None:
            return self.forward(x, kernel, bias)[region]
        items = x[tuple(batch)]
        images = items.reshape(-1, *self._images[1:])
        parts = []
        for read, written in self._shares:
            if written.start < filters.stop and filters.start < written.stop:
                of_bias = None if bias is None else bias[written]
                part = self._blocks.forward(
                    images[..., read],
                    kernel[..., written],
                    of_bias,
                    range(rows.start, rows.stop),
                    range(columns.start, columns.stop),
                )
                inside = slice(max(filters.start - written.start, 0), filters.stop - written.start)
                parts.append(part[..., inside])
        output = np.concatenate(parts, -1)
        return output.reshape(*items.shape[:-3], *output.shape[1:])

    def backward(self, x: Array, kernel: Array, grad: Array) -> tuple[Array, Array]:
        """Return the gradients of ``x`` and of ``kernel``, given that of the output."""
        if self._lookup is not None:
            return self._lookup.backward(x, kernel, grad)
        images, grads = x.reshape(self._images), grad.reshape(self._outputs)
        blocks = self._safe(self._backward_blocks, x, kernel, grad)
        if len(self._shares) == 1:
            over_x, over_kernel = blocks.backward(images, kernel, grads)
            return over_x.reshape(x.shape), over_kernel
        over_x, over_kernel = np.empty_like(images), np.empty_like(kernel)
        for read, written in self._shares:
            over_x[..., read], over_kernel[..., written] = blocks.backward(
                images[..., read], kernel[..., written], grads[..., written]
            )
        return over_x.reshape(x.shape), over_kernel

    def _safe(self, blocks: Blocks, *given: Array) -> Blocks:
        """Return blocks of several outputs only for finite numbers.

        The zeros between the filters of a block are no zeros times infinity.
        """
        with np.errstate(all="ignore"):
            if blocks.width == 1 or all(np.isfinite(array.sum()) for array in given):
                return blocks
        return self._single


def _best(rows: Window, columns: Window, depth: int, filters: int, backward: bool) -> int:
    """Return how many outputs a block had best have, forward or backward."""
    if columns.dilation > 1:
        return 1
    positions = columns.positions

    def price(width: int) -> float:
        step = width * columns.stride * depth
        run = ((width - 1) * columns.stride + columns.size) * depth
        cells, numbers = rows.size * run, width * filters
        work = cells * _paid(numbers) * _PRODUCT + rows.size * _COPY + cells * _COPIED
        if backward and width == 1:
            work += rows.size * columns.size * filters * _paid(depth) * _PRODUCT + cells * _COPIED
        elif backward:
            work += numbers * _paid(cells) * _PRODUCT
            work += rows.size * -(-run // step) * _ADD + cells * _ADDED
        uneven = 0 if positions % width == 0 else (depth + filters) * positions * _COPIED
        return -(-positions // width) * work + uneven

    even = {n for n in range(1, min(positions, _WIDEST) + 1) if positions % n == 0}
    return min(even | _USUAL, key=price)


def _paid(columns: int) -> int:
    """Return how many columns of a matrix product take as long as these.

    A processor makes them by 16, and those left over by 8; fewer take as long as 16 more.
    """
    return -(-columns // 16) * 16 + (16 if columns % 8 else 0)


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
