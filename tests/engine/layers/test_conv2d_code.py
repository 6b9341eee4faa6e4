"""The programs that a convolution shows: running one prints the output on the board."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from cnn_tutor.engine.layer import Array, shapes_of
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.registry import layer_kinds

PADDINGS = ("valid", "same", ((1, 1), (2, 2)), ((1, 0), (0, 2)), ((0, 0), (3, 0)))

RUNNER = """
import contextlib, io, json, sys
printed = []
for program in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(program, "shown", "exec"), {"__name__": "__main__"})
    printed.append(out.getvalue())
json.dump(printed, sys.stdout)
"""


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


@pytest.fixture(scope="module", params=["numpy", "torch", "keras"])
def printed(request: pytest.FixtureRequest) -> list[str]:
    """What the programs for one framework print; run elsewhere, to keep its imports away."""
    needed = {"numpy": [], "torch": ["torch"], "keras": ["keras", "torch"]}[request.param]
    for module in needed:
        if find_spec(module) is None:
            pytest.skip(f"{module} is not installed")
    name = {"numpy": "NumPy", "torch": "PyTorch", "keras": "Keras"}[request.param]
    programs = [layer.code(tensors)[name] for layer, tensors in EVERYTHING]
    done = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input=json.dumps(programs),
        capture_output=True,
        text=True,
        env={**os.environ, "KERAS_BACKEND": "torch"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def numbers_in(text: str) -> Array:
    return np.array(re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", text), np.float64)


def test_every_program_prints_the_output_filter_by_filter(printed: list[str]) -> None:
    for (layer, tensors), text in zip(EVERYTHING, printed, strict=True):
        expected = np.moveaxis(layer.forward(tensors), -1, 0)
        found = numbers_in(text)
        assert found.size == expected.size, (layer, text)
        np.testing.assert_allclose(
            found, expected.ravel(), rtol=1e-8, atol=1e-8, err_msg=f"{layer}\n{text}"
        )


def test_the_boards_are_of_every_kind_that_the_programs_tell_apart() -> None:
    windows = [layer.windows(shapes_of(tensors)) for layer, tensors in EVERYTHING]
    lopsided = [any(w.pads[0] != w.pads[1] for w in pair) for pair in windows]
    spread = [max(layer.dilation_rate) > 1 for layer, _ in EVERYTHING]
    strided = [max(layer.strides) > 1 for layer, _ in EVERYTHING]
    assert len(set(zip(lopsided, spread, strided, strict=True))) == 8
    assert {frozenset(layer.code(tensors)) for layer, tensors in EVERYTHING} == {
        frozenset({"Keras", "PyTorch", "NumPy"})
    }
