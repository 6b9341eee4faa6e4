"""How long the window is blocked at a time while it is used as hard as it can be.

``python -m tests.benchmarks.gaps`` prints, for each board and each of playing at the highest speed,
dragging a number over cells and resizing the window, the 99th percentile of the gaps between two
beats of the event loop, and the longest. A frame at 30 per second is 33 ms. Events come as from a
person: every 8 ms one of the mouse, every 16 ms another size.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QWidget

from cnn_tutor.app.main_window import MainWindow
from tests.benchmarks.editing import BOARDS
from tests.benchmarks.measuring import row
from tests.benchmarks.window import settle, started

SECONDS = 3.0
MOUSE_MS, SIZE_MS = 8, 16
LEFT = Qt.MouseButton.LeftButton


def gaps(seconds: float) -> list[float]:
    """Let the event loop run, and return the milliseconds from each of its beats to the next."""
    found: list[float] = []
    loop, beat, last = QEventLoop(), QTimer(), time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        found.append((now - last) * 1000)
        last = now

    beat.setTimerType(Qt.TimerType.PreciseTimer)
    beat.timeout.connect(tick)
    beat.start(1)
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
    beat.stop()
    return found[1:]


def every(milliseconds: int, work: Callable[[], object]) -> QTimer:
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(work)
    timer.start(milliseconds)
    return timer


def playing(window: MainWindow) -> list[float]:
    """Play term by term at the highest speed, over and over."""
    playback = window.lab.playback
    playback.set_by_terms(True)
    playback.set_speed(64)
    playback.seek(0)
    playback.play()
    again = every(100, lambda: None if playback.playing else (playback.seek(0), playback.play()))
    found = gaps(SECONDS)
    again.stop()
    playback.pause()
    return found


def dragging(window: MainWindow) -> list[float]:
    """Drag a number to and fro over the cells of the input, with the brush."""
    window.lab.brush.setChecked(True)
    grids = window.lab.board.findChildren(QAbstractItemView)
    grid = next(g for g in grids if g.isVisible() and g.objectName().partition("[")[0] == "x")
    ground: QWidget = grid.viewport()
    across, down = (range(9, size - 9, 9) for size in ground.size().toTuple())
    path = [QPoint(x, y) for n, y in enumerate(down) for x in across[:: -1 if n % 2 else 1]]
    places = itertools.cycle([*path, *reversed(path)])
    QTest.mousePress(ground, LEFT, pos=path[0])
    mouse = every(MOUSE_MS, lambda: QTest.mouseMove(ground, next(places)))
    found = gaps(SECONDS)
    mouse.stop()
    QTest.mouseRelease(ground, LEFT, pos=path[-1])
    window.lab.brush.setChecked(False)
    settle()
    return found


def resizing(window: MainWindow) -> list[float]:
    """Pull the window larger and smaller."""
    rising = [(1100 + 20 * n, 640 + 10 * n) for n in range(40)]
    sizes = itertools.cycle([*rising, *reversed(rising)])
    pull = every(SIZE_MS, lambda: window.resize(*next(sizes)))
    found = gaps(SECONDS)
    pull.stop()
    window.resize(1280, 720)
    settle()
    return found


WORKS = {"playing": playing, "dragging": dragging, "resizing": resizing}


def main() -> None:
    with started() as (window, _):
        row("ms between beats", *(head for name in WORKS for head in (f"{name} 99 %", "most")))
        for name, project in BOARDS.items():
            window.document.open(project)
            settle()
            found = [work(window) for work in WORKS.values()]
            row(name, *(f"{n:.1f}" for one in found for n in (np.percentile(one, 99), max(one))))


if __name__ == "__main__":
    main()
