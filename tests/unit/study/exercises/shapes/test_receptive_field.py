"""Which input cells one output reads."""

from __future__ import annotations

import numpy as np

from cnn_tutor.study.exercises import generate, kinds
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


def test_changing_a_cell_that_is_not_marked_changes_nothing():
    for kind in kinds("receptive_field"):
        exercise = generate("receptive_field", kind, 3, 5)
        for blank in exercise.blanks:
            x = exercise.tensors["x"].copy()
            before = exercise.layer.forward(exercise.tensors)[exercise.at]
            x[blank.index] = 1000
            changed = exercise.layer.forward({**exercise.tensors, "x": x})[exercise.at] != before
            assert not changed or blank.answer


def test_the_names_are_those_of_the_cells():
    exercise = generate("receptive_field", "conv2d", 0, 0)
    height, width, depth = exercise.tensors["x"].shape
    names = [f"x[{i},{j},{c}]" for i, j, c in np.ndindex(height, width, depth)]
    assert [blank.name for blank in exercise.blanks] == names
