"""Wrong places in a vector, by other orders of counting."""

from __future__ import annotations

import itertools

import pytest

from cnn_tutor.study.exercises import generate
from cnn_tutor.study.exercises.generator import LEVELS
from cnn_tutor.study.mistakes import flatten
from tests.unit.study.exercises.many import LONG, wrong


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
        assert dict(flatten.wrong(cell, shape, right)) == expected


def test_a_table_has_no_channels_to_go_first():
    assert dict(flatten.wrong((1, 0), (2, 3), 3)) == {"flatten_from_one": 4, "flatten_by_column": 1}
    assert dict(flatten.wrong((2,), (5,), 2)) == {"flatten_from_one": 3}


def test_cells_are_drawn_where_no_two_are_the_same():
    for level, seed in itertools.product(LEVELS, range(500 if LONG else 25)):
        exercise = generate("flatten_position", "flatten", level, seed)
        found = [
            way["position"]
            for mistake in {outcome.mistake for outcome in exercise.outcomes}
            for way in wrong(exercise, mistake)
        ]
        assert len(found) == (3 if level > 1 else 2)
        assert len({*found, exercise.blanks[0].answer}) == len(found) + 1
