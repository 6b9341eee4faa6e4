"""From an edit or from pointing at a cell to what is painted then, on boards small and large.

``python -m tests.benchmarks.editing`` prints a table. Everything is measured in turn in one run, so
that the ratios hold on a noisy machine: to painting the same grids bare, and of the board with six
filters to the smallest one.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtWidgets import QTableView

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.project.project import Project
from tests.benchmarks.window import settle, started

PASSES, ROUNDS = 4, 15
SMALL, LARGE = "5×5, 3×3", "32×32×3, 6×5×5"
WHAT = {
    "edit": "edit → painted",
    "output": "point at output",
    "x": "point at input",
    "bare": "bare repaint",
}


def board(side: int, kernel: int, depth: int = 1, filters: int = 1, **settings: str) -> Project:
    rng = np.random.default_rng(0)
    weights = rng.integers(-2, 3, (kernel, kernel, depth, filters))
    tensors = {"kernel": weights, "bias": np.zeros(filters)}
    return Project.of(rng.integers(0, 10, (side, side, depth)), Conv2D(**settings), tensors)


BOARDS = {
    SMALL: board(5, 3, padding="same"),
    "7×7, 3×3": board(7, 3, padding="same"),
    "28×28, 5×5": board(28, 5, padding="same"),
    "64×64, 11×11": board(64, 11, padding="same"),
    LARGE: board(32, 5, depth=3, filters=6),
}


def measure(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def works(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Return what is measured on the board that is open, by its key in ``WHAT``.

    It is all done around the output that the walk is at, which is what is in sight.
    """
    document, focus = window.document, window.lab.state
    at = document.project.address(document.project.network.last, "x")
    row, column, written = focus.walk.at
    values = itertools.cycle((7.0, 3.0))
    # Pointing at the same cell again would change nothing.
    outputs = itertools.cycle(((row, column, written), (row - 1, column - 1, written)))
    inputs = itertools.cycle(((row, column, 0), (row - 1, column - 1, 0)))
    grids = [
        grid
        for grid in window.findChildren(QTableView)
        if grid.isVisible() and grid.objectName().partition("[")[0] in ("x", "kernel", "output")
    ]

    def edit() -> None:
        document.edit(at, {(row, column, 0): next(values)}, "edit")
        settle()

    def point(port: str, cells: Iterator[Index]) -> None:
        focus.point_at(port, next(cells))
        settle()

    def bare() -> None:
        for grid in grids:
            grid.viewport().repaint()

    return {
        "edit": edit,
        "output": lambda: point("output", outputs),
        "x": lambda: point("x", inputs),
        "bare": bare,
    }


def compare(window: MainWindow) -> dict[str, dict[str, float]]:
    """Return the medians in milliseconds of all that is measured, by board and key."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for _ in range(PASSES):
        for name, project in BOARDS.items():
            window.document.open(project)
            settle()
            for key, work in works(window).items():
                work(), work()  # what is done once for a board does not count
                found[name][key] += [measure(work) for _ in range(ROUNDS)]
                window.lab.state.point_at("x", None)
                settle()
    return {
        name: {key: statistics.median(times) for key, times in of_board.items()}
        for name, of_board in found.items()
    }


def main() -> None:
    with started() as (window, _):
        found = compare(window)
    print(f"{'board':>16}" + "".join(f"{what:>18}" for what in WHAT.values()) + f"{'ratio':>8}")
    for name, of_board in found.items():
        times = "".join(f"{of_board[key]:15.2f} ms" for key in WHAT)
        print(f"{name:>16}{times}{of_board['edit'] / of_board['bare']:7.2f}×")
    growth = "".join(f"{found[LARGE][key] / found[SMALL][key]:17.2f}×" for key in WHAT)
    print(f"{'last to first':>16}{growth}")


if __name__ == "__main__":
    main()
