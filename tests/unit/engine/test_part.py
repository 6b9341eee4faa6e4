"""What a layer gives to a program: its parts, and numbers, tensors and calls as Python source."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine import part


def test_a_variable_is_told_apart_by_its_layer() -> None:
    assert [part.variable("kernel", name) for name in ("", "conv1")] == ["kernel", "kernel_conv1"]


def test_a_simple_layer_is_a_call_or_two_in_each_framework() -> None:
    parts = part.simple("k()", "a()", "b()", numpy="y = x")
    assert [[m.made for m in parts[name].modules] for name in parts] == [
        ["k()"],
        ["a()", "b()"],
        [],
    ]
    assert parts["NumPy"].body == "y = x"


@pytest.mark.parametrize(
    ("value", "written"),
    [(3.0, "3"), (-0.5, "-0.5"), (0.1, "0.1"), (-0.0, "0"), (1e20, "100000000000000000000")],
)
def test_a_number_is_written_as_short_as_it_can_be_read(value: float, written: str) -> None:
    assert part.number(value) == written
    assert float(written) == value


@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 2, 1), (2, 1, 2, 2), (1, 1, 1)])
def test_a_tensor_that_is_read_again_is_the_same(shape: tuple[int, ...]) -> None:
    tensor = np.random.default_rng(0).normal(size=shape) * 10.0 ** np.arange(shape[-1])
    names: dict[str, object] = {"np": np}
    exec(part.array_source("x", tensor), names)
    assert np.array_equal(names["x"], tensor)


def test_rows_of_a_grid_stand_in_a_line_each() -> None:
    text = part.array_source("x", np.array([[1.0, 2.0], [3.0, -0.0]])[..., None])
    assert text == 'x = np.array([\n    [1, 2],\n    [3, 0],\n], "float64").reshape(2, 2, 1)'


def test_a_call_is_broken_where_it_is_long() -> None:
    assert part.call("f", 1, name="a", other=part.Name("b")) == 'f(1, name="a", other=b)'
    assert part.call("keras.layers.Conv2D", 16, (3, 3), padding="same").count("\n") == 4


@pytest.mark.parametrize("values", [[1, -2.5, 1e14], [0.0, -0.0, 1e-7], [1e15, 1e22, -1e300]])
def test_numbers_are_written_in_one_go_as_one_by_one(values: list[float]) -> None:
    written = part.array_source("a", np.array([values, values]))
    row = ", ".join(map(part.number, values))
    assert written == f'a = np.array([\n    [{row}],\n    [{row}],\n], "float64")'
