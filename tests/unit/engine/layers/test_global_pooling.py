"""Poolings of whole maps beside the reference."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from cnn_tutor.engine.layers.global_max_pooling2d import GlobalMaxPooling2D
from tests.unit.engine import reference


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize(
    ("layer", "how"), [(GlobalMaxPooling2D(), "max"), (GlobalAveragePooling2D(), "mean")]
)
def test_it_computes_what_keras_documents(
    layer: GlobalMaxPooling2D | GlobalAveragePooling2D, how: str, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    lead = ((), (2,), (2, 3))[seed % 3]
    x = rng.integers(-3, 4, (*lead, *rng.integers(1, 6, 3)))
    grad = rng.normal(size=(*lead, x.shape[-1]))
    expected = reference.global_pool2d(x, how)
    np.testing.assert_allclose(layer.forward({"x": x}), expected, rtol=1e-13, strict=True)
    expected = reference.global_pool2d(x, how, grad)
    found = layer.backward({"x": x}, grad)["x"]
    np.testing.assert_allclose(found, expected, rtol=1e-13, strict=True)
