"""Where a cell of a map lands in the vector."""

from __future__ import annotations

import numpy as np

from cnn_tutor.study.exercises import generate, kinds
from cnn_tutor.study.exercises.apart import apart
from cnn_tutor.study.exercises.generator import shapes
from tests.unit.study.exercises.many import many


def counted(shape: tuple[int, ...], cell: tuple[int, ...]) -> int:
    """Count through a map row by row, in each place channel by channel."""
    place = 0
    for i in range(shape[0]):
        for j in range(shape[1]):
            for c in range(shape[2]):
                if (i, j, c) == cell:
                    return place
                place += 1
    raise AssertionError(cell)


def test_it_is_asked_where_maps_are_only_laid_out():
    assert kinds("flatten_position") == ("flatten",)


def test_the_place_is_that_of_counting_through():
    seen = set()
    for exercise in many("flatten_position"):
        ((port, cell),) = exercise.given
        (blank,) = exercise.blanks
        x = exercise.tensors["x"]
        assert (port, blank.name) == ("x", "position")
        assert blank.answer == counted(x.shape, cell)
        assert exercise.layer.forward(exercise.tensors)[int(blank.answer)] == x[cell]
        assert apart(exercise)
        seen.add((x.shape, cell))
    assert len(seen) > 20


def test_a_cell_can_be_named():
    source = shapes()["flatten_position"]
    drawn = generate("flatten_position", "flatten", 1, 0)
    exercise = source.of(drawn.layer, {"x": np.arange(12.0).reshape(3, 4, 1)}, (2, 1, 0))
    assert exercise.blanks[0].answer == 9
    assert exercise.prompt["en"].startswith("Input[2, 1] is 9. At which place")
    assert exercise.prompt["ja"].startswith("入力[2, 1] の 9 は、")
    several = source.of(drawn.layer, {"x": np.arange(24.0).reshape(3, 4, 2)}, (2, 1, 1))
    assert several.prompt["en"].startswith("Input[2, 1] (CH2) is 19.")
