"""What one changed input cell costs in small and large images, beside computing everything again.

``python -m tests.benchmarks.set_cell`` prints a table.
"""

from __future__ import annotations

from statistics import median

import numpy as np

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.network import Evaluation, Network
from tests.benchmarks.measuring import Work, in_turn, row

SIDES = (64, 256, 1024)
FILTERS = 8
CELLS, ROUNDS = 2000, 3
RNG = np.random.default_rng(0)


def evaluated(side: int) -> Evaluation:
    tensors = {"kernel": RNG.normal(size=(3, 3, 1, FILTERS)), "bias": np.zeros(FILTERS)}
    nodes = (("conv", Conv2D(), tensors), ("relu", ReLU(), {}), ("pool", MaxPooling2D((2, 2)), {}))
    return Evaluation(Network((side, side, 1), nodes), RNG.normal(size=(side, side, 1)))


def edit(side: int) -> Work:
    evaluation = evaluated(side)

    def write() -> None:
        row, column = (int(n) for n in RNG.integers(side, size=2))
        evaluation.set_cell("input", "x", (row, column, 0), float(RNG.normal()))

    return write


def main() -> None:
    whole = in_turn([lambda side=side: evaluated(side) for side in SIDES], ROUNDS)
    cell = in_turn([edit(side) for side in SIDES], CELLS)
    row("input", "one cell", "to 64×64", "everything", "ratio")
    for side, one, everything in zip(SIDES, map(median, cell), map(median, whole), strict=True):
        growth, ratio = one / median(cell[0]), everything / one
        cells = f"{one * 1000:.0f} µs", f"{growth:.2f}×", f"{everything:.1f} ms", f"{ratio:.0f}×"
        row(f"{side}×{side}", *cells)


if __name__ == "__main__":
    main()
