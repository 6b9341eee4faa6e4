"""What mistakes make of the numbers in a window."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.study.mistakes import pooling
from cnn_tutor.study.mistakes.case import Case

X = np.array([[-3.0, 1, 4, 0], [2, -5, 0, 1]])[..., None]


@pytest.mark.parametrize(
    ("layer", "numbers"),
    [
        (
            MaxPooling2D(),
            {
                "pool_sum": [-5], "pool_top_left": [-3], "pool_mean": [-1.25], "pool_absolute": [5],
                "pool_smallest": [-5], "pool_position": [2, 3], "pool_global": [4],
                "pool_second": [1],
            },
        ),
        (
            AveragePooling2D(),
            {
                "pool_sum": [-5], "pool_top_left": [-3], "pool_smallest": [-5],
                "pool_largest": [2], "pool_median": [-1], "pool_rounded": [-1],
                "pool_by_side": [-2.5], "pool_mean_of_map": [0],
            },
        ),
    ],
)  # fmt: skip
def test_the_numbers_of_each_mistake(layer, numbers) -> None:
    found: dict[str, list[float]] = {}
    case = Case(layer, {"x": X}, ((0, 0, 0),))
    for way in (*pooling.ways(case), *pooling.rarer(case)):
        found.setdefault(way.mistake, []).extend(way.numbers.tolist())
    assert found == numbers


def test_only_what_is_made_of_inputs_alone_is_folded() -> None:
    assert pooling.folded(MaxPooling2D().explain({"x": X}, (0, 0, 0))) == "max"
    tensors = {"x": X, "kernel": np.ones((2, 2, 1, 1))}
    assert pooling.folded(Conv2D().explain(tensors, (0, 0, 0))) == ""
