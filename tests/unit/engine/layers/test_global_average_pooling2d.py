"""Average pooling of whole maps, by hand and against the reference."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from tests.unit.engine import reference

X = np.array([[[1.0, -4.0], [7.0, -2.0]], [[7.0, -9.0], [0.0, -2.0]]])


def test_each_map_becomes_its_mean_and_shares_its_gradient_out() -> None:
    layer = GlobalAveragePooling2D()
    assert layer.forward({"x": X}).tolist() == [3.75, -4.25]
    over_x = layer.backward({"x": X}, np.array([4.0, -8.0]))["x"]
    assert over_x[..., 0].tolist() == [[1, 1], [1, 1]]
    assert over_x[..., 1].tolist() == [[-2, -2], [-2, -2]]
    (step,) = layer.explain({"x": X}, (0,)).steps
    assert (step.fold, [term.value for term in step.terms]) == ("mean", [1, 7, 7, 0])


@pytest.mark.parametrize("seed", range(40))
def test_it_computes_what_keras_documents(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lead = ((), (2,), (2, 3))[seed % 3]
    x = rng.integers(-3, 4, (*lead, *rng.integers(1, 6, 3)))
    grad = rng.normal(size=(*lead, x.shape[-1]))
    layer = GlobalAveragePooling2D()
    expected = reference.global_pool2d(x, "mean")
    np.testing.assert_allclose(layer.forward({"x": x}), expected, rtol=1e-13, strict=True)
    expected = reference.global_pool2d(x, "mean", grad)
    found = layer.backward({"x": x}, grad)["x"]
    np.testing.assert_allclose(found, expected, rtol=1e-13, strict=True)
