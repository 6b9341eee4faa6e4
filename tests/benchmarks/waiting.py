"""How long the window lets somebody wait who does one thing, on the largest boards that there are.

``python -m tests.benchmarks.waiting`` prints two tables: on an idle machine, and with four
processes beside it that compute all the time. The window is the program's own, with its settings
and its practice on the disk. Medians and the longest, in milliseconds.
"""

from __future__ import annotations

import itertools
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from datetime import timedelta
from pathlib import Path

import numpy as np

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.softmax import Softmax
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.study.practice import PRACTICE, RESULTS
from cnn_tutor.study.practice.gradebook import gradebook
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.record.database import checksum
from cnn_tutor.study.practice.record.store import Store
from cnn_tutor.widgets.style import colours
from tests.benchmarks.busy import busy
from tests.benchmarks.window import settle, started
from tests.unit.study.practice.given import START, answer

ANSWERS, ROUNDS = 200_000, 5
RNG = np.random.default_rng(0)


def board(side: int, kernel: Array, padding: object = "same") -> Project:
    tensors = {"kernel": kernel, "bias": np.zeros(kernel.shape[-1])}
    return Project.of(
        RNG.integers(0, 10, (side, side, kernel.shape[2])), Conv2D(padding=padding), tensors
    )


BOARDS: dict[str, Callable[[], Project]] = {
    "5×5": lambda: board(5, RNG.integers(-2, 3, (3, 3, 1, 1))),
    "64×64×16 → 16, 11×11": lambda: board(64, RNG.integers(-2, 3, (11, 11, 16, 16))),
    "96×96×8, powers of ten": lambda: board(
        64, 1e-6 * RNG.normal(size=(1, 1, 16, 8)), ((16, 16), (16, 16))
    ),
    "dense 8192 → 100": lambda: Project.of(
        RNG.integers(0, 10, 8192),
        Dense(),
        {"kernel": RNG.normal(size=(8192, 100)), "bias": np.zeros(100)},
    ),
    "softmax of 8192": lambda: Project.of(RNG.normal(size=8192), Softmax(), {}),
}


def fill(path: Path, count: int) -> None:
    """Write a long record, without waiting for the disk after each answer."""
    with Store.open(path) as store:
        store.add_learner("A")
    rng, keys = random.Random(0), list(skills())
    entries = {f"output[{n},0,0]": "−12" for n in range(9)}

    def written() -> Iterator[tuple[object, ...]]:
        for n in range(count):
            when, right = START + timedelta(minutes=2 * n), rng.random() < 0.9
            one = answer(right, when, skill=rng.choice(keys), entries=entries, mixed=True)
            row = (n + 1, *one.to_row())
            yield (*row, checksum("answers", row))

    with closing(sqlite3.connect(path)) as connection:
        columns = len(connection.execute("PRAGMA table_info(answers)").fetchall())
        marks = ", ".join("?" * columns)
        connection.executemany(f"INSERT INTO answers VALUES ({marks})", written())
        connection.commit()


def measure(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    settle()
    return (time.perf_counter() - start) * 1000


def works(window: MainWindow, project: Project) -> dict[str, Callable[[], object]]:
    """Return what is measured on a board, each by its name; it is done in this order."""
    document, lab, values = window.document, window.lab, itertools.count(1)

    def edit(port: str) -> None:
        at = document.project.address(document.project.network.last, port)
        assert at is not None
        where = (0,) * len(lab.shown.shapes[port])
        document.edit(at, {where: float(next(values))}, "edit")

    found: dict[str, Callable[[], object]] = {
        "open": lambda: document.open(project),
        "edit": lambda: edit("x"),
        "theme": lambda: window.set_theme("light" if colours.current().dark else "dark"),
        "language": lambda: window.set_language("en" if words.language() == "ja" else "ja"),
        "point": lambda: lab.state.point_at("output", lab.playback.at),
        "step": lambda: lab.playback.seek(next(values)),
        "resize": lambda: window.resize(1500 - 10 * next(values), 900),
    }
    return found


def boards(window: MainWindow) -> None:
    names = ("open", "edit", "theme", "language", "point", "step", "resize")
    print(f"{'ms, median (longest)':>26}" + "".join(f"{name:>15}" for name in names))
    for name, make in BOARDS.items():
        project, line = make(), ""
        for work in works(window, project).values():
            found = [measure(work) for _ in range(ROUNDS)]
            line += f"{statistics.median(found):7.0f} ({max(found):5.0f})"
        print(f"{name:>26}{line}", flush=True)


def practice(window: MainWindow, path: Path) -> None:
    """What stands in the way of a learner with a long record, and of a teacher."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "practice.sqlite"
        fill(copy, ANSWERS)
        with Store.open(copy) as store:
            made = measure(lambda: gradebook(store))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(copy.read_bytes())
    opened = {key: measure(lambda key=key: window.open_chapter(key)) for key in (PRACTICE, RESULTS)}
    again = measure(lambda: window.practice.practise())
    print(
        f"{ANSWERS} answers: practice page {opened[PRACTICE]:.0f} ms, then results"
        f" {opened[RESULTS]:.0f} ms and the next round {again:.0f} ms; gradebook {made:.0f} ms"
    )


def settings(window: MainWindow) -> None:
    """What is written within a change of the layer, and after it."""
    preferences = window._preferences
    assert isinstance(preferences, Preferences)
    project = BOARDS["5×5"]()
    window.document.open(project)
    settle()
    preferences.flush()
    layer = project.network.nodes[-1]
    strides = itertools.cycle(((2, 2), (1, 1)))

    def change() -> None:
        window.document.replace(
            project.with_layer(layer.name, Conv2D(strides=next(strides), padding="same")), "strides"
        )

    found = [measure(change) for _ in range(20)]
    later = measure(preferences.flush)
    print(f"layer change {statistics.median(found):.1f} ms; its settings, later, {later:.1f} ms")


def main() -> None:
    for head, beside in (("idle", nullcontext()), ("four busy processes beside", busy())):
        with beside, started() as (window, path):
            print(head)
            boards(window)
            settings(window)
            practice(window, path)


if __name__ == "__main__":
    main()
