"""The windows of a convolution laid out as rows of a matrix, several outputs to a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.window import Window

_CHUNK = 1 << 19
"""Bytes of windows that are laid out at a time, but a row of outputs at the least: about what a
core's own cache holds."""

_TILE, _LARGE_TILE = 64, 128
"""Blocks that are multiplied together; the latter by matrices of more than 16,384 numbers. Fewer
would be slow, and of more, much would have to be computed again for one cell."""


class Blocks:
    """A filter at all places of an image at once, as one product of two matrices.

    A row of the first matrix holds what one *block* reads: ``width`` outputs beside one another,
    whose windows overlap and so lie in one stretch of the image. In the second matrix each output
    of the block has columns of its own: the filters, shifted to its window, and zeros elsewhere.
    Over few channels that is far faster than a row for every window, the usual im2col, which is a
    block of one output: there are fewer and longer stretches to copy, and the product gets sides
    that a processor likes. A filter with gaps has no stretches, and so blocks of one only.

    The last bits of a product hang on the shapes of its matrices, and on where in them a row is.
    So an image is cut into *tiles* of blocks, always at the same places, and a tile is multiplied
    by itself, always as a whole: whoever computes an output gets the same bits.

    ``depth`` and ``filters`` are the last two axes of the kernel. Images are (n, H, W, depth),
    outputs (n, H', W', filters), all arrays of the same type; what is written to is in C order.
    """

    def __init__(self, rows: Window, columns: Window, depth: int, filters: int, width: int) -> None:
        self._rows, self._columns = rows, columns
        self._depth, self._filters, self.width = depth, filters, width
        self._count = -(-columns.positions // width)
        self._step = width * columns.stride * depth
        """Cells from the start of one block to that of the next."""
        whole = columns.dilation == 1
        self._run = ((width - 1) * columns.stride + columns.size if whole else 1) * depth
        self._runs = 1 if whole else columns.size
        self.cells = rows.size * self._runs * self._run
        """How many cells of the image a block reads."""
        last = (self._count * width - 1) * columns.stride + columns.extent
        self._sides = (columns.before, max(columns.padded, last))
        self._even = self._count * width == columns.positions
        fit = _TILE if self.cells * width * filters <= 1 << 14 else _LARGE_TILE
        self._tile = (max(1, min(fit // self._count, rows.positions)), min(fit, self._count))
        """Rows of outputs and blocks in a tile: parts of one row, or several whole ones."""

    def forward(
        self,
        x: Array,
        kernel: Array,
        bias: Array | None,
        rows: range | None = None,
        columns: range | None = None,
    ) -> Array:
        """Return the output, or some rows and columns of it, without gaps and at least one."""
        rows = range(self._rows.positions) if rows is None else rows
        columns = range(self._columns.positions) if columns is None else columns
        down, across = self._tile
        lines = _stretched(rows, down, self._rows.positions)
        blocks = range(columns.start // self.width, -(-columns.stop // self.width))
        blocks = _stretched(blocks, across, self._count)
        first, stop = blocks.start * self.width, blocks.stop * self.width
        stop = min(stop, self._columns.positions)
        output = self._tiles(x, kernel, bias, lines, blocks, stop - first)
        if (lines, first, stop) == (rows, columns.start, columns.stop):
            return output
        at_rows, at_columns = (
            slice(part.start - start, part.stop - start)
            for part, start in ((rows, lines.start), (columns, first))
        )
        return output[:, at_rows, at_columns]

    def _tiles(
        self, x: Array, kernel: Array, bias: Array | None, lines: range, blocks: range, width: int
    ) -> Array:
        frame, weights = self._framed(x, kernel.dtype, lines, blocks), self._weights(kernel)
        output = np.empty((len(x), len(lines), width, self._filters), kernel.dtype)
        line = np.zeros((width, self._filters), kernel.dtype)
        if bias is not None:
            line += bias
        flat, across = output.reshape(len(x), len(lines), line.size), line.reshape(-1)
        with np.errstate(all="ignore"):
            finite = self.width == 1 or bool(np.isfinite(frame.sum()))
        for items, rows, read in self._chunks(frame, len(lines), len(blocks)):
            into = flat[items, rows]
            shape = (*read.shape[:-1], weights.shape[1])
            even = width == len(blocks) * self.width
            made = into.reshape(shape) if even else np.empty(shape, kernel.dtype)
            if finite:
                self._multiply(read, weights, made)
            else:
                self._multiply_odd(read, weights, made, kernel)
            if not even:
                np.add(made.reshape(*into.shape[:2], -1)[..., : line.size], across, out=into)
            elif bias is not None:
                into += across
        return output

    def _multiply(self, read: Array, weights: Array, made: Array) -> None:
        down, across = self._tile
        for rows in _equal(read.shape[1], down):
            for blocks in _equal(read.shape[2], across):
                tiles = (len(read), len(rows), len(blocks), rows.step * blocks.step)
                left, right = (
                    part[:, rows.start : rows.stop, blocks.start : blocks.stop].reshape(*tiles, -1)
                    for part in (read, made)
                )
                np.matmul(left, weights, out=right)

    def _multiply_odd(self, read: Array, weights: Array, made: Array, kernel: Array) -> None:
        """Write the product for blocks of which some read what is not finite.

        The zeros between the filters of a block are no zeros times infinity. So zeros stand for
        such cells in the product, and the outputs that do read them are computed from their own
        windows; whatever the order, what these come to isn't finite.
        """
        wrong = ~np.isfinite(read)
        odd: Array = np.logical_or.reduce(wrong, -1)
        blocks = read[odd].reshape(-1, self._rows.size, self._run)
        read[wrong] = 0
        self._multiply(read, weights, made)
        outputs = made[odd].reshape(-1, self.width, self._filters)
        inside, taps = self._columns.size * self._depth, kernel.reshape(-1, self._filters)
        for n in range(self.width):
            start = n * self._columns.stride * self._depth
            windows = blocks[..., start : start + inside].reshape(len(blocks), len(taps))
            reading = ~np.isfinite(windows).all(-1)
            outputs[reading, n] = windows[reading] @ taps
        made[odd] = outputs.reshape(-1, made.shape[-1])

    def backward(self, x: Array, kernel: Array, grad: Array) -> tuple[Array, Array]:
        """Return the gradients of the image and of the kernel."""
        every = range(self._rows.positions), range(self._count)
        frame, weights = self._framed(x, x.dtype, *every), self._weights(kernel)
        over_frame, over_weights = np.zeros_like(frame), np.zeros_like(weights)
        lines = grad.reshape(len(x), self._rows.positions, grad.shape[2] * grad.shape[3])
        for items, rows, blocks in self._chunks(frame, *map(len, every)):
            given, read = lines[items, rows], blocks.reshape(-1, self.cells)
            if not self._even:
                whole = np.zeros((*given.shape[:2], self._count * weights.shape[1]), grad.dtype)
                whole[..., : given.shape[-1]] = given
                given = whole
            shares = given.reshape(len(read), -1)
            over_weights += read.T @ shares
            if self.width > 1:
                self._scatter_blocks(over_frame[items], rows, shares @ weights.T)
        if self.width == 1:
            self._scatter_windows(over_frame, lines, kernel)
        top, left = self._rows.before, self._columns.before
        over_x = over_frame[:, top : top + x.shape[1], left : left + x.shape[2]]
        return over_x, self._diagonal(over_weights).sum(0).reshape(kernel.shape)

    def _framed(self, x: Array, dtype: Any, lines: range, blocks: range) -> Array:
        """Return what some rows of blocks read of images, with the zeros round it.

        The zeros are those of the padding, and those that the last blocks read.
        """
        whole = (lines, blocks) == (range(self._rows.positions), range(self._count))
        (top, bottom), (left, width) = self._rows.pads, self._sides
        items, height, inside, depth = x.shape
        first, stop, start, end = 0, top + height + bottom, 0, width
        if not whole:
            first, stop = _reach(self._rows, lines)
            outputs = range(blocks.start * self.width, blocks.stop * self.width)
            start, end = _reach(self._columns, outputs)
        down = slice(max(first - top, 0), min(stop - top, height))
        across = slice(max(start - left, 0), min(end - left, inside))
        part = x[:, down, across]
        if part.shape[1:3] == (stop - first, end - start):
            # Flat and back again: of an axis of length 1 the strides may be anything else.
            return np.ascontiguousarray(part, dtype).reshape(-1).reshape(part.shape)
        frame = np.zeros((items, stop - first, end - start, depth), dtype)
        if part.size:
            above, before = down.start + top - first, across.start + left - start
            frame[:, above : above + part.shape[1], before : before + part.shape[2]] = part
        return frame

    def _weights(self, kernel: Array) -> Array:
        """Return the second matrix, (cells of a block, outputs of a block × filters)."""
        if self.width == 1:
            return kernel.reshape(self.cells, self._filters)
        weights = np.zeros((self.cells, self.width * self._filters), kernel.dtype)
        self._diagonal(weights)[...] = kernel.reshape(self._rows.size, -1, self._filters)
        return weights

    def _diagonal(self, weights: Array) -> Array:
        """Return the filters in the second matrix as (outputs, kh, kw × depth, filters): a view."""
        whole, one = weights.strides
        in_a_row = self._columns.size * self._depth
        shape = (self.width, self._rows.size, in_a_row, self._filters)
        across = self._columns.stride * self._depth * whole + self._filters * one
        down = self._runs * self._run * whole  # from one row of the filter to the next
        return np.ndarray(shape, weights.dtype, weights, 0, (across, down, whole, one))

    def _chunks(self, frame: Array, rows: int, blocks: int) -> Iterator[tuple[slice, slice, Array]]:
        """Go through blocks in rows by parts of an image, or by images where they are small.

        With each part comes the first matrix for it, (n, rows, blocks, cells of a block).
        """
        space = np.empty(0, frame.dtype)
        for items, lines in self._parts(frame, self.cells, rows, blocks):
            windows = self._windows(frame[items], lines, blocks)
            space = space if space.size else np.empty(windows.size, frame.dtype)  # the first is
            read = space[: windows.size].reshape(*windows.shape[:3], self.cells)  # as large as any
            np.copyto(read.reshape(windows.shape), windows)
            yield items, lines, read

    def _parts(
        self, frame: Array, cells: int, rows: int, blocks: int
    ) -> Iterator[tuple[slice, slice]]:
        """Go through blocks in rows by images and whole tiles, for so many cells a block."""
        fit = max(1, _CHUNK // (blocks * cells * frame.itemsize))
        tile = self._tile[0]
        images, lines = max(1, fit // rows), min(max(1, fit // tile) * tile, rows)
        for item in range(0, len(frame), images):
            for row in range(0, rows, lines):
                yield (
                    slice(item, min(item + images, len(frame))),
                    slice(row, min(row + lines, rows)),
                )

    def _windows(self, frame: Array, rows: slice, blocks: int) -> Array:
        """Return what the blocks read: (n, rows, blocks, kh, stretches, cells of each), a view."""
        image, line, column, one = frame.strides
        counts = (len(frame), rows.stop - rows.start, blocks)
        steps = (image, self._rows.stride * line, self._step * one)
        return np.ndarray(
            (*counts, self._rows.size, self._runs, self._run),
            frame.dtype,
            frame,
            rows.start * self._rows.stride * line,
            (*steps, self._rows.dilation * line, self._columns.dilation * column, one),
        )

    def _scatter_windows(self, frame: Array, lines: Array, kernel: Array) -> None:
        """Add what each output has for each cell of its window: many outputs, cell by cell."""
        every = self._rows.positions, self._count
        for items, rows in self._parts(frame, self._depth + self._filters, *every):
            shares = lines[items, rows].reshape(-1, self._filters)
            for i, j in np.ndindex(kernel.shape[:2]):
                first = self._rows.tap(i).start + rows.start * self._rows.stride
                stop = first + (rows.stop - rows.start - 1) * self._rows.stride + 1
                into = frame[items, first : stop : self._rows.stride, self._columns.tap(j)]
                into += (shares @ kernel[i, j].T).reshape(into.shape)

    def _scatter_blocks(self, frame: Array, rows: slice, cells: Array) -> None:
        """Add what each block has for its cells to the image; blocks overlap."""
        image, line, _, one = frame.strides
        counts = (len(frame), rows.stop - rows.start, self._count)
        parts = cells.reshape(*counts, self._rows.size, self._run)
        steps = (image, self._rows.stride * line, self._step * one, one)
        # Stretches no longer than a step belong to one block each, and can be added all at once.
        for i in range(self._rows.size):
            begin = (rows.start * self._rows.stride + i * self._rows.dilation) * line
            for start in range(0, self._run, self._step):
                part = parts[..., i, start : start + self._step]
                into = np.ndarray(part.shape, frame.dtype, frame, begin + start * one, steps)
                into += part


def _equal(count: int, size: int) -> Iterator[range]:
    """Cut ``count`` into parts of a size, and what is left over at the end: starts, and the size.

    A range of as many starts as there are parts, whose step is the size of each.
    """
    whole = count - count % size
    if whole:
        yield range(0, whole, size)
    if whole < count:
        yield range(whole, count, count - whole)


def _stretched(part: range, size: int, count: int) -> range:
    """Return a part made longer, to where tiles of some size begin and end in all of ``count``."""
    return range(part.start // size * size, min(-(-part.stop // size) * size, count))


def _reach(window: Window, outputs: range) -> tuple[int, int]:
    """Return the first padded cell that some positions of a window read, and that past the last."""
    return (
        outputs.start * window.stride,
        (outputs.stop - 1) * window.stride + window.extent,
    )
