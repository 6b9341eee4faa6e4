"""Where the units of a diagram go: plain arithmetic, so that it can be tested as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cnn_tutor.engine.arrays import Array

_LARGEST = 28.0
_WIDEST_STEP = 78.0
_CROWDED = 9.0
"""Below so many pixels from unit to unit, neighbours stand a little to the side of each other."""

_MOST_LANES = 3


@dataclass(frozen=True)
class UnitPlaces:
    """The middle of every unit, how large they are and how far apart."""

    centres: Array
    """(units, 2): x from the left edge of the column, y from the top."""
    radius: float
    step: float
    width: float
    """How wide all columns are together."""


def arrange(columns: Sequence[int], groups: Sequence[int], height: float) -> UnitPlaces:
    """Put units in columns of a height, each in the middle of it.

    ``columns`` is the column of every unit, ``groups`` the group that it stands in, such as the
    row of an image; a small gap parts the groups of a column.
    """
    slots = np.zeros(len(columns))
    ends: dict[int, tuple[float, int]] = {}
    for n, (column, group) in enumerate(zip(columns, groups, strict=True)):
        if column in ends:
            slot, last = ends[column]
            slots[n] = slot + (1.0 if group == last else 1.5)
        ends[column] = (slots[n], group)
    longest = max((slot for slot, _ in ends.values()), default=0.0) + 1
    step = min(height / longest, _WIDEST_STEP)
    lanes = min(_MOST_LANES, int(np.ceil(_CROWDED / step))) if step < _CROWDED else 1
    radius = min(_LARGEST, 0.38 * step * lanes)
    lane_width = 2 * radius + 3
    column_width = lanes * lane_width + (10 if lanes == 1 else 6)
    centres = np.zeros((len(columns), 2))
    counts: dict[int, int] = {}
    for n, column in enumerate(columns):
        place = counts.get(column, 0)
        counts[column] = place + 1
        spare = height - (ends[column][0] + 1) * step
        lane = place % lanes
        centres[n] = (
            column * column_width + radius + 1 + lane * lane_width,
            spare / 2 + (slots[n] + 0.5) * step,
        )
    wide = max(columns, default=0) * column_width + (lanes - 1) * lane_width + 2 * radius + 2
    return UnitPlaces(centres, radius, step, wide)


def labelled(groups: Sequence[int], heights: Array, high: float) -> list[int]:
    """Return the units of a column whose labels find room: all, the first of each group, some.

    ``heights`` is where they are, ``high`` how high a label is.
    """
    every = range(len(groups))
    step = float(np.abs(np.diff(heights)).min()) if len(groups) > 1 else high
    if step >= high:
        return list(every)
    firsts = [n for n in every if n == 0 or groups[n - 1] != groups[n]]
    if len(firsts) > 1 and np.abs(np.diff(heights[firsts])).min() >= high:
        return firsts
    return list(every[:: int(np.ceil(high / step))])
