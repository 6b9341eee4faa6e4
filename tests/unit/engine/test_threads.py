"""The engine's matrix products run on one thread, whoever imports it, and when."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest

ASK = """
import json
import threadpoolctl
print(json.dumps([l["num_threads"] for l in threadpoolctl.threadpool_info()
                  if l["user_api"] == "blas"]))
"""


def threads(program: str) -> list[int]:
    """Return how many threads each matrix library has after a program, which may have two."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "2"}
    command = [sys.executable, "-c", program + ASK]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: list[int] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    "program",
    [
        "import cnn_tutor.engine.layers.conv2d",
        "import numpy\nnumpy.ones((300, 300)) @ numpy.ones((300, 300))\nimport cnn_tutor.engine",
        "from cnn_tutor.study.lessons.library import Library",
    ],
)
def test_whatever_imports_the_engine_multiplies_on_one_thread(program: str) -> None:
    found = threads(program)
    assert set(found) <= {1}
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]["name"]
    assert found or "openblas" not in blas  # else nothing was found that could be limited


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core has one thread anyway")
def test_without_the_engine_there_are_more() -> None:
    found = threads("import numpy")
    assert not found or max(found) > 1
