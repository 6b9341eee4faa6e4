"""What can be turned on a layer, whatever kind it is."""

from __future__ import annotations

import numpy as np

from cnn_tutor.engine.arrays import shapes_of
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.study.exercises.levers import Range, Wanted, made, turned

RNG = np.random.default_rng(0)
WANTED = Wanted(lengths=(7, 6), channels=2, sizes=(3, 2), strides=(2, 1), pads=((1, 1), (0, 0)))


def test_a_window_is_made_as_wanted_by_a_setting_or_by_the_weights() -> None:
    for kind in (Conv2D, MaxPooling2D):
        layer, tensors = made(kind, 0, WANTED, RNG)
        rows, columns = layer.windows(shapes_of(tensors))
        assert [(w.length, w.size, w.stride, w.pads) for w in (rows, columns)] == [
            (7, 3, 2, (1, 1)),
            (6, 2, 1, (0, 0)),
        ]
        assert tensors["x"].shape == (7, 6, 2)


def test_what_a_kind_has_not_can_not_be_had() -> None:
    assert made(Dense, 0, WANTED, RNG) is None
    layer, tensors = Conv2D.sample(RNG, 0)
    assert turned(layer, shapes_of(tensors), Wanted(lengths=(2, 2))) is None
    assert made(Dense, 0, Wanted(channels=5, filters=3), RNG)[1]["kernel"].shape == (5, 3)


def test_a_pool_is_never_padded_by_its_own_size() -> None:
    asked = Range((4, 9), (2, 2), pads=(1, 5))
    sizes, pads, most = asked.window(RNG)
    assert (sizes, pads, most) == ((2, 2), (1, 1), 1)
