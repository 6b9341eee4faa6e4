"""From an edit to its painted result, as a multiple of painting the same three grids bare.

``python -m tests.benchmarks.editing`` prints a table. Both are measured in turn in one run, so that
the ratio holds on a noisy machine.
"""

from __future__ import annotations

import itertools
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication, QTableView

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.project.project import Project

ROUNDS = 60


def board(side: int, kernel: int) -> Project:
    rng = np.random.default_rng(0)
    tensors = {"kernel": rng.integers(-2, 3, (kernel, kernel, 1, 1)), "bias": np.zeros(1)}
    return Project.of(rng.integers(0, 10, (side, side, 1)), Conv2D(padding="same"), tensors)


def measure(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def compare(app: QApplication, window: MainWindow, side: int) -> tuple[float, float]:
    """Return the medians in milliseconds of an edit until it is painted, and of bare painting."""
    document = window.document
    grids = [window.findChild(QTableView, name) for name in ("x", "kernel", "output")]
    at = document.project.address(document.project.network.nodes[-1].name, "x")
    values = itertools.cycle((7.0, 3.0))
    middle = (side // 2, side // 2, 0)

    def edit() -> None:
        document.edit(at, {middle: next(values)}, "edit")
        app.processEvents()  # paints what the edit has touched

    def paint() -> None:
        for grid in grids:
            grid.viewport().repaint()

    for work in (edit, paint):
        work()
    app.processEvents()
    rounds = [(measure(edit), measure(paint)) for _ in range(ROUNDS)]
    return statistics.median(e for e, _ in rounds), statistics.median(p for _, p in rounds)


def main() -> None:
    app = QApplication.instance() or QApplication(["benchmark"])
    assert isinstance(app, QApplication)
    window = MainWindow()
    window.resize(1280, 720)
    window.show()
    print(f"{'board':>14} {'edit → painted':>16} {'bare repaint':>14} {'ratio':>7}")
    for side, kernel in ((5, 3), (7, 3), (28, 5), (64, 11)):
        window.document.open(board(side, kernel))
        for _ in range(5):
            app.processEvents()
        edit, paint = compare(app, window, side)
        name = f"{side}×{side}, {kernel}×{kernel}"
        print(f"{name:>14} {edit:13.2f} ms {paint:11.2f} ms {edit / paint:6.2f}×")
    window.close()


if __name__ == "__main__":
    main()
