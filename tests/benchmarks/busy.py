"""Whether more threads make a layer faster, on an idle machine and on a busy one.

``python -m tests.benchmarks.busy`` prints a table: large layers with one thread, which is what the
engine sets, and with one for each core; alone, and with four processes beside it that compute
all the time. Median and longest, in milliseconds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from threadpoolctl import threadpool_limits

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense

BESIDE = 4
SECONDS, LEAST = 2.0, 5
"""How long each is measured, and how often at least."""

Times = tuple[float, float]


@contextmanager
def busy(processes: int = BESIDE) -> Iterator[None]:
    """Let so many processes compute beside this one."""
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


def measure(work: Callable[[], object]) -> Times:
    work()
    found: list[float] = []
    end = time.perf_counter() + SECONDS
    while len(found) < LEAST or time.perf_counter() < end:
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found), max(found)


def table(threads: int) -> list[tuple[str, Times]]:
    found = []
    with threadpool_limits(threads, "blas"):
        for name, layer, tensors in layers():
            grad = layer.forward(tensors)
            forward = measure(lambda layer=layer, tensors=tensors: layer.forward(tensors))
            backward = measure(
                lambda layer=layer, tensors=tensors, grad=grad: layer.backward(tensors, grad)
            )
            found += [(name, forward), (f"{'gradients':>{len(name)}}", backward)]
    return found


def main() -> None:
    cores = os.cpu_count() or 1
    columns = [table(1), table(cores)]
    with busy():
        columns += [table(1), table(cores)]
    heads = [f"{where}, {n} thread(s)" for where in ("idle", "busy") for n in (1, cores)]
    print(f"{'ms, median (longest)':>26}" + "".join(f"{head:>20}" for head in heads))
    for row in zip(*columns, strict=True):
        times = "".join(f"{median:11.1f} ({most:6.0f})" for _, (median, most) in row)
        print(f"{row[0][0]:>26}{times}")


if __name__ == "__main__":
    main()
