"""Numbers, tensors and calls as Python source: read again, they are the same."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine import listing


@pytest.mark.parametrize(
    ("value", "written"),
    [(3.0, "3"), (-0.5, "-0.5"), (0.1, "0.1"), (-0.0, "0"), (1e20, "100000000000000000000")],
)
def test_a_number_is_written_as_short_as_it_can_be_read(value: float, written: str) -> None:
    assert listing.number(value) == written
    assert float(written) == value


@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 2, 1), (2, 1, 2, 2), (1, 1, 1)])
def test_a_tensor_that_is_read_again_is_the_same(shape: tuple[int, ...]) -> None:
    tensor = np.random.default_rng(0).normal(size=shape) * 10.0 ** np.arange(shape[-1])
    names: dict[str, object] = {"np": np}
    exec(listing.array("x", tensor), names)
    assert np.array_equal(names["x"], tensor)


def test_rows_of_a_grid_stand_in_a_line_each() -> None:
    text = listing.array("x", np.array([[1.0, 2.0], [3.0, -0.0]])[..., None])
    assert text == 'x = np.array([\n    [1, 2],\n    [3, 0],\n], "float64").reshape(2, 2, 1)'


def test_a_call_is_broken_where_it_is_long() -> None:
    assert listing.call("f", 1, name="a", other=listing.Name("b")) == 'f(1, name="a", other=b)'
    assert listing.call("keras.layers.Conv2D", 16, (3, 3), padding="same").count("\n") == 4


@pytest.mark.parametrize("values", [[1, -2.5, 1e14], [0.0, -0.0, 1e-7], [1e15, 1e22, -1e300]])
def test_numbers_are_written_in_one_go_as_one_by_one(values: list[float]) -> None:
    written = listing.array("a", np.array([values, values]))
    row = ", ".join(map(listing.number, values))
    assert written == f'a = np.array([\n    [{row}],\n    [{row}],\n], "float64")'
