from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.widgets.grids import fills


def test_a_checkerboard_begins_with_1() -> None:
    assert fills.checkerboard(2, 3).tolist() == [[1, 0, 1], [0, 1, 0]]


def test_a_diagonal_ends_at_the_shorter_side() -> None:
    assert fills.diagonal(2, 3).tolist() == [[1, 0, 0], [0, 1, 0]]


def test_a_gradient_goes_to_the_right_and_in_one_column_down() -> None:
    assert fills.gradient(2, 3).tolist() == [[0, 1, 2], [0, 1, 2]]
    assert fills.gradient(3, 1).tolist() == [[0], [1], [2]]


def test_random_numbers_are_whole_and_reach_both_ends_and_no_further() -> None:
    numbers = fills.random(-2, 2)(40, 40)
    assert set(np.unique(numbers)) == {-2, -1, 0, 1, 2}
    assert not (numbers == fills.random(-2, 2)(40, 40)).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (4, 1), (3, 5)])
@pytest.mark.parametrize("fill", [*fills.PATTERNS.values(), fills.same(3), fills.random(0, 9)])
def test_every_fill_has_a_number_for_every_cell(fill: fills.Fill, shape: tuple[int, int]) -> None:
    assert fill(*shape).shape == shape
    assert np.isfinite(fill(*shape)).all()
