"""Mistakes about where a cell lands when maps are laid out as a vector."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.study.exercise import Exercise, Outcome

BLANK = "position"
"""The name of the blank that the place goes into."""


def wrong(cell: Index, shape: Shape, right: int) -> Mapping[str, int]:
    """Return the places that each mistake leads to, where it can be made."""
    found = {"flatten_from_one": right + 1}
    rank = len(shape)
    if rank > 1 and min(shape[:2]) > 1:
        found["flatten_by_column"] = _place(cell, shape, (1, 0, *range(2, rank)))
    if rank > 2 and shape[-1] > 1 and max(shape[:-1]) > 1:
        found["flatten_channels_first"] = _place(cell, shape, (rank - 1, *range(rank - 1)))
    return found


def outcomes(exercise: Exercise) -> Iterator[Outcome]:
    """Go through the places that mistakes lead to for the cell that is given."""
    _, cell = exercise.given[0]
    right = round(exercise.blank(BLANK).answer)
    for mistake, place in wrong(cell, np.shape(exercise.tensors["x"]), right).items():
        yield Outcome(mistake, exercise.differing({BLANK: place}))


def _place(cell: Index, shape: Shape, order: tuple[int, ...]) -> int:
    """Return where a cell lands if the axes run in another order, the last one fastest."""
    at, sides = ([values[axis] for axis in order] for values in (cell, shape))
    return int(np.ravel_multi_index(at, sides))
