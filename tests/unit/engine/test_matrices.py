"""A layer as a product of two matrices: which cell stands where."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.matrices import Matrices

# Two windows of two cells over three, the first cell of the first window being padding.
WINDOWS = Matrices(
    rows=np.array([[[-1], [0]], [[0], [1]]]),
    columns=np.array([[[0, 0]], [[1, 0]]]),
    outputs=np.array([[[0]], [[1]]]),
)
TENSORS = {"x": np.array([5.0, 7.0]), "kernel": np.array([[2.0], [3.0]])}


def test_the_product_of_the_gathered_numbers_is_the_output() -> None:
    assert WINDOWS.left(TENSORS).tolist() == [[0, 5], [5, 7]]
    assert WINDOWS.right(TENSORS).tolist() == [[2], [3]]
    assert (WINDOWS.left(TENSORS) @ WINDOWS.right(TENSORS)).tolist() == [[15], [31]]


def test_an_output_and_its_place_find_each_other() -> None:
    assert WINDOWS.place((1,)) == (1, 0)
    assert WINDOWS.output(1, 0) == (1,)
    with pytest.raises(KeyError):
        WINDOWS.place((2,))
