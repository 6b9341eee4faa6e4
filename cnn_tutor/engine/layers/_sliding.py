"""What every layer with a sliding window does with boxes: those that a box reads or reaches."""

from __future__ import annotations

from collections.abc import Sequence

from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.region import Grid, Region
from cnn_tutor.engine.window import Padding, Pair, Window, as_slice, axis_padding


def windows(
    x: Shape, size: Sequence[int], strides: Pair, padding: Padding, dilation: Pair = (1, 1)
) -> tuple[Window, Window]:
    """Return the window over the rows of an image and the one over its columns."""
    if len(x) < 3:
        raise ShapeError("x_rank", shape=x)
    rows, columns = (
        Window(x[axis - 3], size[axis], strides[axis], dilation[axis], axis_padding(padding, axis))
        for axis in (0, 1)
    )
    return rows, columns


def reached(windows: Sequence[Window], box: Region) -> Region:
    """Return the rows and columns of the output that read any of some rows and columns of x."""
    return tuple(
        as_slice(window.reached(range(part.start, part.stop)))
        for window, part in zip(windows, box, strict=True)
    )


def read(windows: Sequence[Window], places: Grid) -> Grid:
    """Return the rows and columns of x that some rows and columns of the output read."""
    return tuple(window.read(axis) for window, axis in zip(windows, places, strict=True))


def crop(windows: Sequence[Window], box: Region) -> tuple[Region, tuple[Pair, Pair]] | None:
    """Return the part of x that some rows and columns of the output need, and its padding.

    The same layer with this padding over this part gives these outputs and nothing else, so that
    the cost hangs on the box alone. None if the box is empty or reads nothing but padding.
    """
    parts, pads = [], []
    for window, at in zip(windows, box, strict=True):
        if at.start >= at.stop:
            return None
        part, padding = window.crop(range(at.start, at.stop))
        if not part:
            return None
        parts.append(as_slice(part))
        pads.append(padding)
    return tuple(parts), (pads[0], pads[1])
