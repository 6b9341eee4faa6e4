"""Average pooling of whole maps, by hand and against the reference."""

from __future__ import annotations

import numpy as np

from cnn_tutor.engine.layers.global_average_pooling2d import GlobalAveragePooling2D

X = np.array([[[1.0, -4.0], [7.0, -2.0]], [[7.0, -9.0], [0.0, -2.0]]])


def test_each_map_becomes_its_mean_and_shares_its_gradient_out() -> None:
    layer = GlobalAveragePooling2D()
    assert layer.forward({"x": X}).tolist() == [3.75, -4.25]
    over_x = layer.backward({"x": X}, np.array([4.0, -8.0]))["x"]
    assert over_x[..., 0].tolist() == [[1, 1], [1, 1]]
    assert over_x[..., 1].tolist() == [[-2, -2], [-2, -2]]
    (step,) = layer.explain({"x": X}, (0,)).steps
    assert (step.fold, [term.value for term in step.terms]) == ("mean", [1, 7, 7, 0])
