"""From an edit or from pointing at a cell to what is painted then, on boards small and large.

``python -m tests.benchmarks.editing`` prints a table. Everything is measured in turn in one run, so
that the ratios hold on a noisy machine: to painting the same grids bare, and of the board with six
filters to the smallest one.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from PySide6.QtWidgets import QTableView

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.engine.explanation import Index
from tests.benchmarks.measuring import Work, milliseconds, row
from tests.benchmarks.window import board, settle, started

PASSES, ROUNDS = 4, 15
SMALL, LARGE = "5×5, 3×3", "32×32×3, 6×5×5"
BOARDS = {
    SMALL: board(5, 3, padding="same"),
    "7×7, 3×3": board(7, 3, padding="same"),
    "28×28, 5×5": board(28, 5, padding="same"),
    "64×64, 11×11": board(64, 11, padding="same"),
    LARGE: board(32, 5, depth=3, filters=6),
}


def works(window: MainWindow) -> dict[str, Work]:
    """Return what is measured on the board that is open, by its name.

    It is all done around the output that the playback is at, which is what is in sight.
    """
    document, state = window.document, window.lab.state
    at = document.project.address(document.project.network.last, "x")
    row, column, written = state.playback.at
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
        state.point_at(port, next(cells))
        settle()

    return {
        "edit → painted": edit,
        "point at output": lambda: point("output", outputs),
        "point at input": lambda: point("x", inputs),
        "bare repaint": lambda: [grid.viewport().repaint() for grid in grids],
    }


def main() -> None:
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with started() as (window, _):
        for _ in range(PASSES):
            for name, project in BOARDS.items():
                window.document.open(project)
                settle()
                for key, work in works(window).items():
                    work(), work()  # what is done once for a board does not count
                    found[name][key] += [milliseconds(work) for _ in range(ROUNDS)]
                    window.lab.state.point_at("x", None)
                    settle()
    medians = {name: [median(times) for times in of.values()] for name, of in found.items()}
    row("ms", *found[SMALL], "edit / bare")
    for name, times in medians.items():
        row(name, *(f"{time:.2f}" for time in times), f"{times[0] / times[-1]:.2f}×")
    growth = zip(medians[LARGE], medians[SMALL], strict=True)
    row("last to first", *(f"{large / small:.2f}×" for large, small in growth))


if __name__ == "__main__":
    main()
