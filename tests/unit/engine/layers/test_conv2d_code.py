"""The programs that a convolution shows: running one prints the output on the board."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnn_tutor.engine import program
from cnn_tutor.engine.arrays import shapes_of
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.registry import layer_kinds
from tests.unit.engine.programs import assert_prints, run_elsewhere

PADDINGS = ("valid", "same", ((1, 1), (2, 2)), ((1, 0), (0, 2)), ((0, 0), (3, 0)))


def board(number: int, kernel: tuple[int, int], groups: int, biased: bool, **settings: Any):
    rng = np.random.default_rng(number)
    tensors = {
        "x": rng.integers(-9, 10, (7, 6, 2 * groups)).astype(np.float64),
        "kernel": rng.integers(-3, 4, (*kernel, 2, 2 * groups)).astype(np.float64),
        "bias": biased * rng.integers(1, 9, 2 * groups).astype(np.float64),
    }
    return Conv2D(groups=groups, **settings), tensors


BOARDS = [
    board(n, kernel, groups, biased, padding=padding, strides=strides, dilation_rate=dilation)
    for n, (kernel, strides, dilation, groups, biased) in enumerate(
        [
            ((3, 3), (1, 1), (1, 1), 1, False),
            ((3, 3), (1, 1), (1, 1), 2, True),
            ((2, 3), (2, 2), (1, 1), 1, True),
            ((1, 1), (3, 2), (1, 1), 1, False),
            ((2, 3), (1, 1), (2, 1), 2, False),
            ((2, 2), (2, 1), (1, 3), 1, True),
            ((3, 2), (2, 3), (2, 2), 2, True),
        ]
    )
    for padding in PADDINGS
]
SAMPLES = [
    kind.sample(np.random.default_rng(level), level)
    for kind in layer_kinds().values()
    for level in range(7)
    if kind is Conv2D
]
HARD_NUMBERS = np.array([[0.1, -1e-07, 1234.7], [1e6, -0.0, 1 / 3], [5e-324, 2.5, -700000.3]])
FRACTIONS = [
    (Conv2D(padding=padding), {"x": HARD_NUMBERS[..., None], "kernel": kernel, "bias": bias})
    for padding in PADDINGS[:4]
    for kernel in (np.array([[[[1.0]]]]), np.array([[[[0.1]], [[-0.7]]]]))
    for bias in (np.zeros(1), np.array([0.3]))
]
EVERYTHING = BOARDS + SAMPLES + FRACTIONS


@pytest.mark.parametrize("framework", ["NumPy", "PyTorch", "Keras"])
def test_every_program_prints_the_output_filter_by_filter(framework: str) -> None:
    programs = [program.of_layer(layer, tensors)[framework] for layer, tensors in EVERYTHING]
    printed = run_elsewhere(framework, programs)
    for (layer, tensors), text in zip(EVERYTHING, printed, strict=True):
        assert_prints(text, layer.forward(tensors), layer)


def test_the_boards_are_of_every_kind_that_the_programs_tell_apart() -> None:
    windows = [layer.windows(shapes_of(tensors)) for layer, tensors in EVERYTHING]
    lopsided = [any(w.pads[0] != w.pads[1] for w in pair) for pair in windows]
    spread = [max(layer.dilation_rate) > 1 for layer, _ in EVERYTHING]
    strided = [max(layer.strides) > 1 for layer, _ in EVERYTHING]
    assert len(set(zip(lopsided, spread, strided, strict=True))) == 8
    assert {frozenset(program.of_layer(layer, tensors)) for layer, tensors in EVERYTHING} == {
        frozenset({"Keras", "PyTorch", "NumPy"})
    }
