"""Which input cells one output reads."""

from __future__ import annotations

import numpy as np

from tests.unit.study.exercises.many import many, reads

WHOLE_MAPS = {"global_max_pooling2d", "global_average_pooling2d"}


def read(exercise) -> set[tuple[int, ...]]:
    """Return the cells of x that the asked output reads, by counting."""
    x = exercise.tensors["x"]
    if exercise.kind in WHOLE_MAPS:
        return {(i, j, exercise.at[0]) for i, j in np.ndindex(x.shape[:2])}
    pooled = hasattr(exercise.layer, "pool_size")
    channels = [exercise.at[2]] if pooled else range(x.shape[2])
    return {(*cell, c) for cell in reads(exercise, exercise.at) for c in channels}


def test_the_marks_are_the_cells_that_are_read():
    for exercise in many("receptive_field"):
        marked = {blank.index for blank in exercise.blanks if blank.answer}
        assert marked == read(exercise)
        assert all(blank.mark and blank.port == "x" for blank in exercise.blanks)
        assert all(blank.answer in (0, 1) for blank in exercise.blanks)
        assert 0 < len(marked) < len(exercise.blanks) <= 64
        assert exercise.evidence
