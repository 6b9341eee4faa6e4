"""What one changed input cell costs in small and large images, beside computing everything again.

``python -m tests.benchmarks.set_cell`` prints a table. The sizes are measured in turn in one run,
so that the ratios hold on a noisy machine.
"""

from __future__ import annotations

import statistics
import time

import numpy as np

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.network import Evaluation, Network

SIDES = (64, 256, 1024)
FILTERS = 8
CELLS = 2000
ROUNDS = 3


def network(side: int, rng: np.random.Generator) -> Network:
    tensors = {"kernel": rng.normal(size=(3, 3, 1, FILTERS)), "bias": np.zeros(FILTERS)}
    nodes = (("conv", Conv2D(), tensors), ("relu", ReLU(), {}), ("pool", MaxPooling2D((2, 2)), {}))
    return Network((side, side, 1), nodes)


def main() -> None:
    rng = np.random.default_rng(0)
    given = {side: (network(side, rng), rng.normal(size=(side, side, 1))) for side in SIDES}
    whole: dict[int, list[float]] = {side: [] for side in SIDES}
    for side in SIDES * ROUNDS:
        start = time.perf_counter()
        Evaluation(*given[side])
        whole[side].append(time.perf_counter() - start)

    evaluations = {side: Evaluation(*given[side]) for side in SIDES}
    cell: dict[int, list[float]] = {side: [] for side in SIDES}
    for side in SIDES * CELLS:
        row, column = (int(n) for n in rng.integers(side, size=2))
        value = float(rng.normal())
        start = time.perf_counter()
        evaluations[side].set_cell("input", "x", (row, column, 0), value)
        cell[side].append(time.perf_counter() - start)

    print(f"{'input':>14} {'one cell':>12} {'to 64×64':>10} {'everything':>14} {'ratio':>7}")
    least = statistics.median(cell[SIDES[0]])
    for side in SIDES:
        one, all_ = statistics.median(cell[side]), statistics.median(whole[side])
        name = f"{side}×{side}"
        print(
            f"{name:>14} {one * 1e6:9.0f} µs {one / least:9.2f}× {all_ * 1000:11.1f} ms"
            f" {all_ / one:6.0f}×"
        )


if __name__ == "__main__":
    main()
