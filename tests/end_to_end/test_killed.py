"""A program that is killed at any moment has lost two delays of keeping at the most.

Work is counted by its edits, of which there are only so many in a delay: a busy machine makes
them fewer, and nothing else. A plain run kills it some times, CNN_TUTOR_LONG=1 two hundred times.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from cnn_tutor.document.autosave import folder as work_folder
from cnn_tutor.document.autosave.folder import Snapshot
from cnn_tutor.project.file import decode
from tests.end_to_end.working import CELL, PACE_MS

LONG = "CNN_TUTOR_LONG" in os.environ
LOST_LIMIT = 2
"""Delays of keeping."""

LONGEST, LONGEST_START = 0.02, 1.5
"""Seconds after what is waited for, or after the start, for the moment to be any."""


Said = dict[str, list[int]]
"""The numbers that a worker had edited, was saving and had saved by the time it was killed."""


def may_be_lost(delay: int) -> int:
    """Return how many edits there can be in as long as work may be lost."""
    return LOST_LIMIT * delay // PACE_MS + 2  # one that begins then, and one that ends


@dataclass(frozen=True)
class Kill:
    """How soon work is kept, how often saved, and when it all ends."""

    delay: int
    lines: int
    """Lines said before; none where it is killed while it starts."""
    moment: float
    """Seconds after that."""
    saves: float = 0.15
    """What part of all that is done is saving."""


def killed(folder: Path, kill: Kill, first: int) -> Said:
    """Let somebody work until then; return what was said."""
    command = [sys.executable, "-m", "tests.end_to_end.working", str(folder)]
    command += map(str, (kill.delay, first, kill.saves))
    data = {"XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config")}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(  # type: ignore[call-overload]
        command, env={**os.environ, **data}, **pipes
    ) as worker:
        lines = [worker.stdout.readline() for _ in range(kill.lines)]
        timer = threading.Timer(kill.moment, worker.kill)
        timer.start()
        lines += worker.stdout
        errors = worker.stderr.read()
        timer.join()
    assert worker.returncode == -9 or sys.platform == "win32", errors
    assert "Error" not in errors, errors
    said: Said = {what: [] for what in ("ready", "edited", "saving", "saved")}
    for line in lines:
        if line.endswith("\n"):  # the last may have been cut off
            what, number = line.split()
            said[what].append(int(number))
    return said


def kept(folder: Path) -> Snapshot | None:
    """Return what the next start puts back; everything there must be sound."""
    names = [work.name for work in work_folder.waiting(str(folder))]
    copies = [work_folder.read(str(folder), name) for name in names]
    assert len(copies) <= 1
    return copies[0] if copies else None


def check(folder: Path, work: Path, said: Said, delay: int, known: set[int]) -> int:
    """Check what is there after a kill; return the number that the next start finds."""
    path = folder / "mine.cnnt"
    in_file, due = 0, [0, *said["edited"][: -may_be_lost(delay)]][-1]
    if path.exists():
        in_file = int(decode(path.read_bytes()).x[CELL])
        assert in_file in known | set(said["saving"])
        assert in_file >= max(said["saved"], default=0)
    copy = kept(work)
    if copy is None:
        assert in_file >= due
        return in_file
    number = int(copy.project.x[CELL])
    assert not copy.head.closed
    assert number >= due
    assert number >= in_file  # even if it was killed between saving and clearing up
    return number


def run(folder: Path, kills: list[Kill]) -> None:
    work = folder / "data" / "cnn-tutor" / "work"
    first, last, known, edits, idle = 1000, 0, set[int](), 0, 0
    for number, kill in enumerate(kills):
        said = killed(folder, kill, first)
        found = check(folder, work, said, kill.delay, known)
        assert found >= last, number
        last = found
        known |= {*said["saving"], found}
        first = max(first, *said["edited"], *said["saving"], found) + 2
        edits += len(said["edited"])
        idle += not said["edited"]
        assert len(list(work.glob("*"))) <= 4, number  # what is kept, and locks
        assert len(list(folder.glob("mine.cnnt*"))) <= 2, number
    assert edits > 10 * len(kills)
    assert idle < len(kills) / 2


def at_random(kills: int) -> list[Kill]:
    """One in eight is killed while it starts, the others while they work."""
    rng = random.Random(1)
    at_work = [n % 8 > 0 for n in range(kills)]
    return [
        Kill(
            rng.choice((5, 20, 60)),
            rng.randint(1, 120) if works else 0,
            rng.uniform(0, LONGEST if works else LONGEST_START),
        )
        for works in at_work
    ]


def patiently(kills: int) -> list[Kill]:
    """Kills after so long that work must have been kept, and only because time has gone by."""
    rng, delay = random.Random(2), 100
    return [Kill(delay, may_be_lost(delay) + rng.randint(20, 60), 0, saves=0) for _ in range(kills)]


PLANS = {
    "often": at_random(150 if LONG else 5),
    "patiently": patiently(30 if LONG else 1),
}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS.keys())
def test_a_kill_loses_two_delays_at_the_most(
    qapp: QGuiApplication, tmp_path: Path, plan: list[Kill]
) -> None:
    run(tmp_path, plan)
