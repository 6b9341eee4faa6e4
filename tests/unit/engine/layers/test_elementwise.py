"""ReLU, sigmoid and tanh: near 0, far from it, and against other forms of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.engine.layers._elementwise import Elementwise
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.layers.sigmoid import Sigmoid
from cnn_tutor.engine.layers.tanh import Tanh
from tests.unit.engine import reference

CURVES = [ReLU(), Sigmoid(), Tanh()]
FAR = [0.0, -0.0, 1e6, -1e6, 750.0, -750.0, 36.0, -36.0, 1e-3, 9.99e-4, -1e-5, 1e-9, -1e-300, 500.0]


def one(layer: Elementwise, x: float) -> float:
    return float(layer.forward({"x": np.array([x])})[0])


@pytest.mark.parametrize("layer", CURVES, ids=lambda layer: layer.kind)
@given(x=st.one_of(st.sampled_from(FAR), st.floats(-40, 40), st.floats(-1e6, 1e6)))
def test_it_computes_what_keras_documents_and_explains_it_so(layer: Elementwise, x: float) -> None:
    curve, slope = reference.FUNCTIONS[layer.kind]
    found = one(layer, x)
    assert found == pytest.approx(curve(x), rel=1e-12, abs=1e-300)
    assert layer.explain({"x": np.array([x])}, (0,)).value == pytest.approx(
        found, rel=1e-12, abs=1e-300
    )
    over_x = layer.backward({"x": np.array([x])}, np.array([2.0]))["x"][0]
    assert over_x == pytest.approx(2 * slope(x), rel=1e-9, abs=1e-290)


@pytest.mark.parametrize("layer", CURVES, ids=lambda layer: layer.kind)
@pytest.mark.filterwarnings("error")
def test_large_numbers_overflow_nowhere(layer: Elementwise) -> None:
    for kind in ("float32", "float64"):
        x = {"x": np.array([1e6, -1e6, 800, -800, 100, -100, 0], kind)}
        assert np.isfinite(layer.forward(x)).all()
        assert np.isfinite(layer.backward(x, np.ones(7))["x"]).all()
