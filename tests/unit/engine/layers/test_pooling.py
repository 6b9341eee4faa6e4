"""Poolings with a sliding window, by any scheme, give what a cell at a time gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layers import _pooling
from cnn_tutor.engine.layers._pooling import Pooling, _planned
from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from tests.unit.engine import reference
from tests.unit.engine.layers.pooling_cases import cases

KINDS: list[tuple[type[Pooling], str]] = [(MaxPooling2D, "max"), (AveragePooling2D, "mean")]


@pytest.fixture(params=["looked up", "folded by rows and columns"])
def _scheme(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    _planned.cache_clear()
    if request.param != "looked up":
        monkeypatch.setattr(_pooling, "LOOKUP_LIMIT", 0)
    yield
    _planned.cache_clear()


@pytest.mark.usefixtures("_scheme")
@pytest.mark.parametrize(("kind", "how"), KINDS)
def test_it_computes_what_keras_documents(kind: type[Pooling], how: str) -> None:
    @settings(max_examples=100)
    @given(cases(kind))
    def check(case: tuple[Pooling, Array, Any]) -> None:
        layer, x, grad = case
        expected = reference.pool2d(x, **vars(layer), how=how)
        np.testing.assert_allclose(layer.forward({"x": x}), expected, rtol=1e-15, strict=True)
        expected = reference.pool2d(x, **vars(layer), how=how, grad=grad)
        found = layer.backward({"x": x}, grad)["x"]
        np.testing.assert_allclose(found, expected, rtol=1e-13, atol=1e-13, strict=True)
        x = (x / 7).astype(np.float32)
        output = layer.forward({"x": x})
        assert output.dtype == layer.backward({"x": x}, grad)["x"].dtype == np.float32
        expected = reference.pool2d(x, **vars(layer), how=how)
        np.testing.assert_allclose(output, expected, rtol=1e-5, atol=1e-6)

    check()


@pytest.mark.parametrize(("size", "strides"), [((2, 2), (2, 2)), ((3, 3), (2, 2))])
def test_an_infinite_gradient_goes_to_the_winner_alone(size: Any, strides: Any) -> None:
    x = np.random.default_rng(0).permutation(40 * 40).reshape(40, 40, 1) * 1.0
    layer = MaxPooling2D(size, strides)
    grad = np.zeros(layer.output_shape({"x": x.shape}))
    grad[3, 4] = np.inf
    over_x = layer.backward({"x": x}, grad)["x"]
    assert (over_x != 0).sum() == 1
    window = x[3 * 2 : 3 * 2 + size[0], 4 * 2 : 4 * 2 + size[1]]
    assert x[over_x == np.inf] == window.max()


@pytest.mark.parametrize(("size", "strides"), [((2, 2), (2, 2)), ((3, 3), (2, 2))])
@pytest.mark.parametrize("share", [1.0, np.inf])
def test_a_gradient_goes_to_the_first_cell_that_is_no_number(
    size: Any, strides: Any, share: float
) -> None:
    x = np.random.default_rng(0).permutation(12 * 12).reshape(12, 12, 1) * 1.0
    x[7, 8:10] = np.nan
    layer = MaxPooling2D(size, strides)
    grad = np.zeros(layer.output_shape({"x": x.shape}))
    grad[3, 4] = share
    over_x = layer.backward({"x": x}, grad)["x"]
    assert {(int(r), int(q)) for r, q, _ in np.argwhere(over_x)} == {(7, 8)}
    assert over_x[7, 8] == share
