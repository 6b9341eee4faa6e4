"""Arrays as the engine passes them."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.arrays import as_floats, shapes_of


@pytest.mark.parametrize(
    ("given", "kept"), [("float32", "float32"), ("float64", "float64"), ("int8", "float64")]
)
def test_floats_stay_as_they_are_and_whole_numbers_become_floats(given: str, kept: str) -> None:
    array = np.arange(3).astype(given)
    found = as_floats(array)
    assert found.dtype == kept
    assert (found is array) == (given == kept)


def test_shapes_go_by_their_ports() -> None:
    assert shapes_of({"x": np.zeros((2, 3)), "scale": np.array(1.0)}) == {"x": (2, 3), "scale": ()}
