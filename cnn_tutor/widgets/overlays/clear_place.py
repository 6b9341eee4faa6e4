"""Where something can float that must not cover what is to be read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize

from cnn_tutor.engine.arrays import Array

GAP = 8
"""The distance from what it is about and from what it must not cover, in pixels."""

_SPARED, _FURTHER = 1.5, 100
"""How far it goes to spare a square of what had better not be covered, in sides of the square, and
the limit of that in pixels."""

_NARROWER, _OFF_CENTRE = 0.125, 0.1
"""What a pixel less of width than the first size has, and one beside the middle, count for."""


def clear_place(
    sizes: Sequence[QSize],
    near: QRect,
    room: QRect,
    kept: Sequence[QRect],
    spared: Sequence[QRect] = (),
) -> QRect:
    """Return the place of one of these sizes in a room that is nearest to another place.

    It covers as little as possible of what is ``kept``, nothing if there is any such place, and
    avoids what is ``spared`` if that takes it not too far. Of equal ones the place below comes
    first, and earlier sizes.
    """
    hard, soft = _sides([*kept, near]), _sides(spared)
    best: tuple[float, float] | None = None
    found = QRect(room.topLeft(), sizes[0])
    for size in sizes:
        starts = _starts(size, near, room, np.concatenate([hard, soft], axis=1))
        hidden = _covered(starts, size, hard)
        cost = _distance(starts, size, near) + _NARROWER * (sizes[0].width() - size.width())
        cost += np.minimum(_SPARED * np.sqrt(_covered(starts, size, soft)), _FURTHER)
        first = np.lexsort((cost.ravel(), hidden.ravel()))[0]
        here = (float(hidden.flat[first]), float(cost.flat[first]))
        if best is None or here < best:
            best = here
            across, down = np.unravel_index(first, cost.shape)
            found = QRect(QPoint(int(starts[0][across]), int(starts[1][down])), size)
    return found


def _sides(rects: Sequence[QRect]) -> Array:
    """Where rectangles begin and end, (axis, rectangle, 2); the end is the pixel after it."""
    axes = [
        [(r.x(), r.x() + r.width()) for r in rects],
        [(r.y(), r.y() + r.height()) for r in rects],
    ]
    return np.array(axes, dtype=np.float64).reshape(2, -1, 2)


def _span(size: QSize) -> tuple[int, int]:
    return size.width(), size.height()


def _starts(size: QSize, near: QRect, room: QRect, sides: Array) -> list[Array]:
    """Where it may begin on each axis: beside, under and over what there is."""
    starts = []
    for axis, span in enumerate(_span(size)):
        (first, end), (low, last) = _sides([near, room])[axis]
        high = last - span
        here = [(first + end - span) // 2, first, end - span, low, high]
        beside = [sides[axis, :, 1] + GAP, sides[axis, :, 0] - GAP - span]
        starts.append(np.unique(np.clip(np.concatenate([*beside, here]), low, max(low, high))))
    return starts


def _covered(starts: list[Array], size: QSize, sides: Array) -> Array:
    """How many square pixels of some rectangles each place covers, (across, down)."""
    lengths = []
    for axis, span in enumerate(_span(size)):
        low = np.maximum(starts[axis][:, None], sides[axis, :, 0])
        high = np.minimum(starts[axis][:, None] + span, sides[axis, :, 1])
        lengths.append(np.maximum(high - low, 0))
    # Not as a product of matrices, whose threads take long to wake.
    covered: Array = np.einsum("ar,dr->ad", *lengths)
    return covered


def _distance(starts: list[Array], size: QSize, near: QRect) -> Array:
    """How far each place is from another, and a little for not being under its middle."""
    gaps, off = [], []
    for axis, span in enumerate(_span(size)):
        first, end = _sides([near])[axis, 0]
        gaps.append(np.maximum(np.maximum(first - starts[axis] - span, starts[axis] - end), 0))
        off.append(starts[axis] + (span - first - end) / 2)
    beside: Array = _OFF_CENTRE * np.abs(off[0])[:, None] + (off[1] < 0)
    distance: Array = np.hypot(gaps[0][:, None], gaps[1]) + beside
    return distance
