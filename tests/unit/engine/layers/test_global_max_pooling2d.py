"""Max pooling of whole maps, by hand and against the reference."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.layers.global_max_pooling2d import GlobalMaxPooling2D

X = np.array([[[1.0, -4.0], [7.0, -2.0]], [[7.0, -9.0], [0.0, -2.0]]])


def test_the_largest_of_each_map_is_kept_and_the_first_of_them_learns() -> None:
    layer = GlobalMaxPooling2D()
    assert layer.forward({"x": X}).tolist() == [7, -2]
    over_x = layer.backward({"x": X}, np.array([3.0, 5.0]))["x"]
    assert over_x[..., 0].tolist() == [[0, 3], [0, 0]]
    assert over_x[..., 1].tolist() == [[0, 5], [0, 0]]
    (step,) = layer.explain({"x": X}, (1,)).steps
    assert (step.fold, [term.value for term in step.terms]) == ("max", [-4, -2, -9, -2])


@pytest.mark.parametrize(("x", "reason"), [((4,), "x_rank"), ((2, 0, 3), "empty_axis")])
def test_shapes_that_do_not_fit_are_refused(x: tuple[int, ...], reason: str) -> None:
    with pytest.raises(ShapeError) as refused:
        GlobalMaxPooling2D().forward({"x": np.zeros(x)})
    assert refused.value.reason == reason
