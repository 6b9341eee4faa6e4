"""Runs the programs that layers and networks show, and reads the numbers that they print."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np
import pytest

from cnn_tutor.engine.arrays import Array

NEEDED = {"NumPy": (), "PyTorch": ("torch",), "Keras": ("keras",), "Python": ()}

_RUNNER = """
import contextlib, io, json, sys, traceback
printed = []
for program in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            exec(compile(program, "shown", "exec"), {"__name__": "__main__"})
        except Exception:
            raise SystemExit(f"{program}\\n{traceback.format_exc()}")
    printed.append(out.getvalue())
json.dump(printed, sys.stdout)
"""


def run_here(program: str) -> str:
    """Return what a program prints, run in this process."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(program, "shown", "exec"), {"__name__": "__main__"})
    return out.getvalue()


def run_elsewhere(framework: str, programs: Sequence[str]) -> list[str]:
    """Return what each program prints, run in one other process, to keep its imports away.

    Skips the test where the framework is not installed. Keras runs on what ``KERAS_BACKEND``
    names, else on PyTorch.
    """
    backend = keras_backend()
    for module in (*NEEDED[framework], *((backend,) if framework == "Keras" else ())):
        if find_spec(module) is None:
            pytest.skip(f"{module} is not installed")
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER],
        input=json.dumps(list(programs)),
        capture_output=True,
        text=True,
        env={**os.environ, "KERAS_BACKEND": backend},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    printed: list[str] = json.loads(done.stdout)
    return printed


def numbers_in(text: str) -> Array:
    """Return every number in what a program printed, in its order."""
    return np.array(re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?|-?inf|nan", text), np.float64)


def keras_backend() -> str:
    """Return what Keras is to run on."""
    return os.environ.get("KERAS_BACKEND", "torch")


def exactness(framework: str) -> float:
    """Return how far off a printed number may be, as a share of it or in all.

    NumPy prints eight digits. On anything but TensorFlow, Keras rounds some layers to float32.
    """
    return 3e-6 if framework == "Keras" and keras_backend() != "tensorflow" else 1e-8


def assert_prints(text: str, output: Array, case: object = "", within: float = 1e-8) -> None:
    """Check that a text is the numbers of an output: an image map by map, a vector as it is."""
    expected = np.moveaxis(output, -1, 0) if output.ndim == 3 else output
    found = numbers_in(text)
    assert found.size == expected.size, (case, text)
    np.testing.assert_allclose(
        found, expected.ravel(), rtol=within, atol=within, err_msg=f"{case}\n{text}"
    )
    depth = len(text.strip()) - len(text.strip().lstrip("["))
    assert depth == output.ndim, (case, text)
