"""Where mistakes lay a window."""

from __future__ import annotations

import numpy as np

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study.mistakes import places, values
from cnn_tutor.study.mistakes.case import Case


def test_a_window_moved_diagonally_steps_back_behind_a_better_known_mistake():
    layer, tensors = layer_kinds()["conv2d"].sample(np.random.default_rng(0), 2)
    ways = list(values.ways(Case(layer, tensors, ((1, 2, 0),))))
    aside = {way.values["way"]["en"]: way.aside for way in ways if "window" in way.mistake}
    # [2,1] is that of the rows and columns swapped, [2,3] that of the padding forgotten.
    assert {way for way, is_aside in aside.items() if is_aside} == {
        "one too low and too far left",
        "one too low and too far right",
    }
    assert len(aside) == 8


def test_a_telling_place_is_off_the_diagonal_and_reads_padding() -> None:
    layer = Conv2D(padding="same")
    both = layer.windows({"x": (5, 5, 1), "kernel": (3, 3, 1, 1)})
    telling = places.telling(layer, both, False)
    assert telling
    assert all(i != j and {i, j} & {0, 4} for i, j in telling)
