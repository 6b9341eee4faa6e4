"""Whether more threads make a layer faster, on an idle machine and on a busy one.

``python -m tests.benchmarks.busy`` prints a table: large layers with one thread, which is what the
engine sets, and with one for each core; alone, and with four processes beside it that compute
all the time. Median and longest, in milliseconds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np
from threadpoolctl import threadpool_limits

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from tests.benchmarks.measuring import in_turn, row, spread

BESIDE, ROUNDS = 4, 15


@contextmanager
def busy(processes: int = BESIDE) -> Iterator[None]:
    """Let processes compute beside this one."""
    command = [sys.executable, "-c", "while True: pass"]
    running = [subprocess.Popen(command) for _ in range(processes)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


def layers() -> Iterator[tuple[str, Layer, dict[str, Array]]]:
    rng = np.random.default_rng(0)
    for side, depth, kernel, filters in ((64, 16, 11, 16), (64, 16, 3, 16), (56, 64, 3, 64)):
        shapes = {"x": (side, side, depth), "kernel": (kernel, kernel, depth, filters)}
        tensors = {port: rng.normal(size=shape) for port, shape in shapes.items()}
        name = f"{side}×{side}×{depth} → {filters}, {kernel}×{kernel}"
        yield name, Conv2D(padding="same"), {**tensors, "bias": np.zeros(filters)}
    for units, outputs in ((8192, 100), (1024, 1000)):
        tensors = {"x": rng.normal(size=units), "kernel": rng.normal(size=(units, outputs))}
        yield f"dense {units} → {outputs}", Dense(), {**tensors, "bias": np.zeros(outputs)}


def column(threads: int) -> Iterator[tuple[str, str]]:
    with threadpool_limits(threads, "blas"):
        for name, layer, tensors in layers():
            grad = layer.forward(tensors)
            works = partial(layer.forward, tensors), partial(layer.backward, tensors, grad)
            forward, backward = in_turn(works, ROUNDS)
            yield name, spread(forward, 1)
            yield "gradients", spread(backward, 1)


def main() -> None:
    cores = os.cpu_count() or 1
    columns = [list(column(1)), list(column(cores))]
    with busy():
        columns += [list(column(1)), list(column(cores))]
    heads = [f"{where}, {n} thread(s)" for where in ("idle", "busy") for n in (1, cores)]
    row("ms, median (longest)", *heads, width=20)
    for cells in zip(*columns, strict=True):
        row(cells[0][0], *(times for _, times in cells), width=20)


if __name__ == "__main__":
    main()
