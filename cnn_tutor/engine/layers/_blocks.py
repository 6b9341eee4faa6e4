"""The windows of a convolution laid out as rows of a matrix, several outputs to a row."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnn_tutor.engine.layer import Array
from cnn_tutor.engine.window import Window

_CHUNK = 1 << 19
"""So many bytes of windows are laid out at a time, but a row of outputs at the least: about what a
core's own cache holds."""


class Blocks:
    """A filter at all places of an image at once, as one product of two matrices.

    A row of the first matrix holds what one *block* reads: ``width`` outputs beside one another,
    whose windows overlap and so lie in one stretch of the image. In the second matrix each output
    of the block has columns of its own: the filters, shifted to its window, and zeros elsewhere.
    Over few channels that is far faster than a row for every window, the usual im2col, which is a
    block of one output: there are fewer and longer stretches to copy, and the product gets sides
    that a processor likes. A filter with gaps has no stretches, and so blocks of one only.

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

    def forward(self, x: Array, kernel: Array, bias: Array | None, output: Array) -> None:
        """Write the output."""
        frame, weights = self._framed(x), self._weights(kernel)
        line = np.zeros((self._columns.positions, self._filters), x.dtype)
        if bias is not None:
            line += bias
        across = line.reshape(-1)
        lines = output.reshape(len(x), self._rows.positions, line.size)
        for items, rows, read in self._chunks(frame):
            into = lines[items, rows]
            if self._even:
                np.matmul(read, weights, out=into.reshape(len(read), -1))
                if bias is not None:
                    into += across
            else:
                made = (read @ weights).reshape(*into.shape[:2], -1)
                np.add(made[..., : into.shape[-1]], across, out=into)

    def backward(self, x: Array, kernel: Array, grad: Array) -> tuple[Array, Array]:
        """Return the gradients of the image and of the kernel."""
        frame, weights = self._framed(x), self._weights(kernel)
        over_frame, over_weights = np.zeros_like(frame), np.zeros_like(weights)
        lines = grad.reshape(len(x), self._rows.positions, grad.shape[2] * grad.shape[3])
        for items, rows, read in self._chunks(frame):
            given = lines[items, rows]
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

    def _framed(self, x: Array) -> Array:
        """Put the zeros of the padding round images, and those that the last blocks read."""
        (top, bottom), (left, width) = self._rows.pads, self._sides
        items, height, inside, depth = x.shape
        if width == inside and not top + bottom:
            # Flat and back again: of an axis of length 1 the strides may be anything else.
            return np.ascontiguousarray(x).reshape(-1).reshape(x.shape)
        frame = np.zeros((items, top + height + bottom, width, depth), x.dtype)
        frame[:, top : top + height, left : left + inside] = x
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

    def _chunks(self, frame: Array) -> Iterator[tuple[slice, slice, Array]]:
        """Go through the outputs by parts of an image, or by images where they are small.

        With each part comes the first matrix for it, (blocks, cells of a block).
        """
        space = np.empty(0, frame.dtype)
        for items, rows in self._parts(frame, self.cells):
            windows = self._windows(frame[items], rows)
            space = space if space.size else np.empty(windows.size, frame.dtype)  # the first is
            read = space[: windows.size].reshape(-1, self.cells)  # as large as any
            np.copyto(read.reshape(windows.shape), windows)
            yield items, rows, read

    def _parts(self, frame: Array, cells: int) -> Iterator[tuple[slice, slice]]:
        """Go through the outputs by images and rows, for so many cells a block at a time."""
        rows = self._rows.positions
        fit = max(1, _CHUNK // (self._count * cells * frame.itemsize))
        images, lines = max(1, fit // rows), min(fit, rows)
        for item in range(0, len(frame), images):
            for row in range(0, rows, lines):
                yield (
                    slice(item, min(item + images, len(frame))),
                    slice(row, min(row + lines, rows)),
                )

    def _windows(self, frame: Array, rows: slice) -> Array:
        """Return what the blocks read: (n, rows, blocks, kh, stretches, cells of each), a view."""
        image, line, column, one = frame.strides
        counts = (len(frame), rows.stop - rows.start, self._count)
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
        for items, rows in self._parts(frame, self._depth + self._filters):
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
