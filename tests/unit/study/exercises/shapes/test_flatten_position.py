"""Where a cell of a map lands in the vector."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from cnn_tutor.study.exercises import generate
from cnn_tutor.study.exercises.evidence import apart
from cnn_tutor.study.exercises.generator import shapes
from cnn_tutor.study.exercises.shapes.flatten_position import wrong_places
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


# --- mistakes ------------------------------------------------------------------------------------


def place(shape: tuple[int, ...], cell: tuple[int, ...], order: tuple[int, ...]) -> int:
    """Count through a tensor with its axes in some order, the last one fastest."""
    sides = [range(shape[axis]) for axis in order]
    wanted = tuple(cell[axis] for axis in order)
    return list(itertools.product(*sides)).index(wanted)


@pytest.mark.parametrize("shape", [(2, 3, 1), (3, 2, 2), (4, 3, 3), (1, 4, 2)])
def test_each_mistake_counts_in_an_order_of_its_own(shape):
    for cell in itertools.product(*map(range, shape)):
        right = place(shape, cell, (0, 1, 2))
        expected = {"flatten_from_one": right + 1}
        if shape[0] > 1:
            expected["flatten_by_column"] = place(shape, cell, (1, 0, 2))
        if shape[2] > 1:
            expected["flatten_channels_first"] = place(shape, cell, (2, 0, 1))
            expected["flatten_channels_first_from_one"] = place(shape, cell, (2, 0, 1)) + 1
        (row, column, channel), (height, width, depth) = cell, shape
        expected["flatten_by_height"] = (row * height + column) * depth + channel
        expected["flatten_sides_swapped"] = (column * width + row) * depth + channel
        if depth > 1:
            expected["flatten_without_channels"] = row * width + column
            expected["flatten_rows_only"] = row * height + column
        found = dict(wrong_places(cell, shape, right))
        usual = ("flatten_from_one", "flatten_by_column", "flatten_channels_first")
        assert found == {m: n for m, n in expected.items() if n != right or m in usual}


def test_a_table_has_no_channels_to_go_first():
    assert dict(wrong_places((1, 0), (2, 3), 3)) == {"flatten_from_one": 4, "flatten_by_column": 1}
    assert dict(wrong_places((2,), (5,), 2)) == {"flatten_from_one": 3}
