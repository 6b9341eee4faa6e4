"""The ways in which a tensor can be written in a file."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnn_tutor.study.boards.boards import tensor


def test_rows_are_taken_as_they_are_or_in_a_shape() -> None:
    np.testing.assert_array_equal(tensor({"rows": [1, 2]}), np.array([1.0, 2]), strict=True)
    assert tensor({"rows": [[1, 2], [3, 4]]}).shape == (2, 2)
    shaped = tensor({"rows": [[1, 2], [3, 4]], "shape": [2, 2, 1]})
    assert shaped[1, 0, 0] == 3


def test_planes_are_written_channel_by_channel() -> None:
    x = tensor({"planes": [[[1, 2, 3], [4, 5, 6]], [[10, 20, 30], [40, 50, 60]]]})
    assert x.shape == (2, 3, 2)
    assert x[1, 2].tolist() == [6, 60]


def test_filters_are_written_one_after_the_other_and_channel_by_channel() -> None:
    first, second = [[[1, 2]], [[3, 4]], [[5, 6]]], [[[7, 8]], [[9, 10]], [[11, 12]]]
    kernel = tensor({"filters": [first, second]})
    assert kernel.shape == (1, 2, 3, 2)
    assert kernel[0, 1, :, 0].tolist() == [2, 4, 6]
    assert kernel[0, 0, :, 1].tolist() == [7, 9, 11]


def test_a_filter_of_one_plane_has_it_for_every_channel() -> None:
    kernel = tensor({"filters": [[[[1, 2]]], [[[3, 4]], [[5, 6]]]], "shape": [1, 2, 2, 2]})
    assert kernel[0, :, :, 0].tolist() == [[1, 1], [2, 2]]
    assert kernel[0, :, :, 1].tolist() == [[3, 5], [4, 6]]


def test_a_picture_has_the_colour_of_every_letter() -> None:
    x = tensor({"picture": ["ab.", "..a"], "colours": {"a": [1, 2], "b": [3, 4], ".": [0, 0]}})
    assert x.shape == (2, 3, 2)
    assert x[0].tolist() == [[1, 2], [3, 4], [0, 0]]


def test_a_lot_is_the_same_each_time_and_reaches_both_ends() -> None:
    entry = {"shape": [9, 9, 2], "lot": 7, "from": -1, "to": 1}
    drawn = tensor(entry)
    np.testing.assert_array_equal(drawn, tensor(entry), strict=True)
    assert drawn.shape == (9, 9, 2)
    assert set(np.unique(drawn)) == {-1, 0, 1}
    assert (tensor({**entry, "lot": 8}) != drawn).any()


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"rows": [1, 2, 3], "shape": [2, 2]},
        {"filters": [[[[1]]]], "shape": [1, 1, 1, 2]},
        {"filters": [[[[1, 2]]]], "shape": [1, 1, 1, 1]},
        {"picture": ["a"], "colours": {}},
        {"picture": ["aa", "a"], "colours": {"a": [1]}},
    ],
)
def test_what_cannot_be_read_is_an_error(entry: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError)):
        tensor(entry)
