"""How long the window lets somebody wait who does one thing, on the largest boards that there are.

``python -m tests.benchmarks.waiting`` prints two tables: on an idle machine, and with four
processes beside it that compute all the time. The window is the program's own, with its settings
and its practice on the disk. Medians and the longest, in milliseconds.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import numpy as np

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.softmax import Softmax
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.study.practice import PRACTICE, RESULTS
from cnn_tutor.study.practice.gradebook import gradebook
from cnn_tutor.study.practice.record.store import Store
from cnn_tutor.widgets.style import colours
from tests.benchmarks.busy import busy
from tests.benchmarks.measuring import Work, milliseconds, row, spread
from tests.benchmarks.record import fill
from tests.benchmarks.window import board, settle, started

ANSWERS, ROUNDS = 200_000, 5
RNG = np.random.default_rng(0)
PADS = ((16, 16), (16, 16))
SMALL: Callable[[], Project] = lambda: board(5, 3, padding="same")  # noqa: E731
BOARDS: dict[str, Callable[[], Project]] = {
    "5×5": SMALL,
    "64×64×16 → 16, 11×11": lambda: board(64, 11, 16, 16, padding="same"),
    "96×96×8, powers of ten": lambda: board(64, 1, 16, 8, 1e-6, padding=PADS),
    "dense 8192 → 100": lambda: Project.of(
        RNG.integers(0, 10, 8192),
        Dense(),
        {"kernel": RNG.normal(size=(8192, 100)), "bias": np.zeros(100)},
    ),
    "softmax of 8192": lambda: Project.of(RNG.normal(size=8192), Softmax(), {}),
}


def waited(work: Work) -> float:
    """Return the milliseconds until all is painted."""
    return milliseconds(lambda: (work(), settle()))


def works(window: MainWindow, project: Project) -> dict[str, Work]:
    """Return what is measured on a board, each by its name; it is done in this order."""
    document, lab, values = window.document, window.lab, itertools.count(1)

    def edit() -> None:
        at = document.project.address(document.project.network.last, "x")
        where = (0,) * len(lab.shown.shapes["x"])
        document.edit(at, {where: float(next(values))}, "edit")

    return {
        "open": lambda: document.open(project),
        "edit": edit,
        "theme": lambda: window.set_theme("light" if colours.current().dark else "dark"),
        "language": lambda: window.set_language("en" if words.language() == "ja" else "ja"),
        "point": lambda: lab.state.point_at("output", lab.playback.at),
        "step": lambda: lab.playback.seek(next(values)),
        "resize": lambda: window.resize(1500 - 10 * next(values), 900),
    }


def boards(window: MainWindow) -> None:
    row("ms, median (longest)", *works(window, window.document.project))
    for name, make in BOARDS.items():
        of_board = works(window, make()).values()
        row(name, *(spread([waited(work) for _ in range(ROUNDS)]) for work in of_board))


def practice(window: MainWindow, path: Path) -> None:
    """What stands in the way of a learner with a long record, and of a teacher."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "practice.sqlite"
        fill(copy, ANSWERS)
        with Store.open(copy) as store:
            made = waited(lambda: gradebook(store))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(copy.read_bytes())
    opened = {key: waited(lambda key=key: window.open_chapter(key)) for key in (PRACTICE, RESULTS)}
    again = waited(window.practice.practise)
    print(
        f"{ANSWERS} answers: practice page {opened[PRACTICE]:.0f} ms, then results"
        f" {opened[RESULTS]:.0f} ms and the next round {again:.0f} ms; gradebook {made:.0f} ms"
    )


def settings(window: MainWindow) -> None:
    """What is written within a change of the layer, and after it."""
    preferences, project = window._preferences, SMALL()
    assert preferences is not None
    window.document.open(project)
    settle()
    preferences.flush()
    strides = itertools.cycle(((2, 2), (1, 1)))

    def change() -> None:
        layer = Conv2D(strides=next(strides), padding="same")
        name = project.network.nodes[-1].name
        window.document.replace(project.with_layer(name, layer), "strides")

    changed, later = spread([waited(change) for _ in range(20)], 1), waited(preferences.flush)
    print(f"layer change {changed} ms; its settings, later, {later:.1f} ms")


def main() -> None:
    for head, beside in (("idle", nullcontext()), ("four busy processes beside", busy())):
        with beside, started() as (window, path):
            print(head)
            boards(window)
            settings(window)
            practice(window, path)


if __name__ == "__main__":
    main()
