"""A program that is killed at any moment has lost two seconds of work at the most.

A plain run kills it some times, CNN_TUTOR_LONG=1 two hundred times.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from cnn_tutor.document import work_folder
from cnn_tutor.document.kept_copy import KeptCopy
from cnn_tutor.document.kept_work import DELAY_MS
from cnn_tutor.project.file import decode
from tests.app.working import CELL

LONG = "CNN_TUTOR_LONG" in os.environ
MOST_LOST = 2.0
"""Seconds."""


@dataclass
class Said:
    """What a worker had done, and when, by the time it was killed."""

    edited: dict[int, float] = field(default_factory=dict)
    saving: list[int] = field(default_factory=list)
    saved: list[int] = field(default_factory=list)
    end: float = 0.0

    def read(self, lines: list[str]) -> None:
        for line in lines:
            what, number, moment = line.split()
            if what == "edited":
                self.edited[int(number)] = float(moment)
            elif what != "ready":
                getattr(self, what).append(int(number))

    @property
    def due(self) -> int:
        """The number that must not be lost."""
        old = [number for number, moment in self.edited.items() if self.end - moment > MOST_LOST]
        return max(old, default=0)


def killed(folder: Path, place: str, delay: int, first: int, life: float) -> Said:
    """Let somebody work for some seconds, or get killed on the way there; return what was said."""
    command = [sys.executable, "-m", "tests.app.working", place, str(folder), str(delay)]
    data = {"XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config")}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    said = Said()
    with subprocess.Popen(  # type: ignore[call-overload]
        [*command, str(first)], env={**os.environ, **data}, **pipes
    ) as worker:
        lines = [worker.stdout.readline()] if life > 0 else []

        def kill() -> None:
            said.end = time.monotonic()
            worker.kill()

        timer = threading.Timer(life if life > 0 else -life, kill)
        timer.start()
        lines += worker.stdout
        errors = worker.stderr.read()
        timer.join()
    assert worker.returncode == -9 or sys.platform == "win32", errors
    assert "Error" not in errors, errors
    said.read([line for line in lines if line.endswith("\n")])  # the last may have been cut off
    return said


def kept(folder: Path) -> KeptCopy | None:
    """Return what the next start puts back; everything there must be sound."""
    names = work_folder.names(str(folder))
    copies = [work_folder.read(str(folder), name) for name in names]
    assert len(copies) <= 1
    return copies[0] if copies else None


def check(folder: Path, work: Path, said: Said, known: set[int]) -> int:
    """Check what is there after a kill; return the number that the next start finds."""
    path = folder / "mine.cnnt"
    in_file = 0
    if path.exists():
        in_file = int(decode(path.read_bytes()).x[CELL])
        assert in_file in known | set(said.saving)
        assert in_file >= max(said.saved, default=0)
    copy = kept(work)
    if copy is None:
        assert in_file >= said.due
        return in_file
    number = int(copy.project.x[CELL])
    assert not copy.closed
    assert number >= said.due
    assert number >= in_file  # even if it was killed between saving and clearing up
    return number


def run(folder: Path, kills: list[tuple[str, int, float]]) -> None:
    work = folder / "data" / "cnn-tutor" / "work" if kills[0][0] == "window" else folder / "work"
    first, last, known, edits, idle = 1000, 0, set[int](), 0, 0
    for number, (place, delay, life) in enumerate(kills):
        said = killed(folder, place, delay, first, life)
        found = check(folder, work, said, known)
        assert found >= last, number
        last = found
        known |= {*said.saving, found}
        first = max(first, *said.edited, *said.saving, found) + 2
        edits += len(said.edited)
        idle += not said.edited
        assert len(list(work.glob("*"))) <= 4, number  # what is kept, and locks
        assert len(list(folder.glob("mine.cnnt*"))) <= 2, number
    assert edits > 10 * len(kills)
    assert idle < len(kills) / 2


def at_random(place: str, kills: int, seed: int) -> list[tuple[str, int, float]]:
    """One in eight is killed while it starts, the others while they work."""
    rng = random.Random(seed)
    return [
        (place, rng.choice((5, 20, 60)), rng.uniform(0.02, 0.5) * (1 if n % 8 else -1))
        for n in range(kills)
    ]


def patiently(place: str, kills: int, seed: int) -> list[tuple[str, int, float]]:
    """Kills after so long that work must have been kept, as often as the program keeps it."""
    rng = random.Random(seed)
    return [(place, DELAY_MS, MOST_LOST + rng.uniform(0.3, 1.0)) for _ in range(kills)]


PLANS = {
    "often": at_random("grid", 150 if LONG else 5, seed=1),
    "in the window": patiently("window", 20 if LONG else 1, seed=3),
    **({"patiently": patiently("grid", 30, seed=2)} if LONG else {}),
}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS.keys())
def test_a_kill_loses_two_seconds_at_the_most(
    qapp: QGuiApplication, tmp_path: Path, plan: list[tuple[str, int, float]]
) -> None:
    run(tmp_path, plan)
