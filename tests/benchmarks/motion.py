"""How evenly a board moves while it is played.

``python -m tests.benchmarks.motion`` prints, for some boards and speeds, how many milliseconds are
between two frames of the motion, and how long the window is blocked at a time: the median, the 99th
percentile and the longest. A frame at 60 per second is 17 ms, at 30 it is 33. Without a screen
nothing moves; here it does all the same. ``QT_QPA_PLATFORM=xcb`` in front takes the screen.
"""

from __future__ import annotations

import itertools
import math
import time

import numpy as np
from PySide6.QtCore import QTimer, QVariantAnimation

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.widgets.style import motion
from tests.benchmarks.gaps import every, gaps
from tests.benchmarks.measuring import row
from tests.benchmarks.window import settle, started

SECONDS = 6.0
BOARDS = ("convolution", "rgb", "four_filters", "max_pooling")
SPEEDS = (1.0, 2.0)


def played(window: MainWindow, speed: float) -> tuple[list[float], list[float]]:
    """Play cell by cell, over and over; return the times between frames, and the gaps."""
    clock = window.lab.board.findChild(QVariantAnimation)
    frames: list[tuple[float, float]] = []
    clock.valueChanged.connect(lambda at: frames.append((at, time.perf_counter())))
    playback = window.lab.playback
    playback.moved.connect(lambda: frames.append((math.inf, 0.0)))
    playback.set_speed(speed)
    playback.first()
    playback.play()
    again: QTimer = every(50, lambda: None if playback.playing else playback.play())
    found = gaps(SECONDS)
    again.stop()
    playback.pause()
    clock.valueChanged.disconnect()
    clock.valueChanged.connect(window.lab.board._motion._show)
    between = [
        1000 * (now - before)
        for (last, before), (at, now) in itertools.pairwise(frames)
        if at > last  # and not the first frame of the next step
    ]
    return between, found


def main() -> None:
    asked, motion._system_moves = motion._system_moves, lambda _: True
    with started() as (window, _):
        heads = ("median", "99 %", "longest", "blocked 99 %", "longest")
        row("ms between frames", *heads, width=14)
        for board in BOARDS:
            for speed in SPEEDS:
                window.open_chapter(board)
                settle()
                of_frames, of_all = map(np.array, played(window, speed))
                figures = [np.median(of_frames)]
                for times in (of_frames, of_all):
                    figures += [np.percentile(times, 99), times.max()]
                row(f"{board}, {speed:g}×", *(f"{n:.1f}" for n in figures), width=14)
    motion._system_moves = asked


if __name__ == "__main__":
    main()
