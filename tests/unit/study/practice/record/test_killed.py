"""A program that is killed at any moment has kept every answer that it said was kept.

A plain run kills it some times, CNN_TUTOR_LONG=1 two hundred times.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

from cnn_tutor.study.practice.record.store import Store
from tests.unit.study.practice.record.session import numbered

KILLS = 200 if "CNN_TUTOR_LONG" in os.environ else 20
MOST = 40
"""Answers that are waited for before one is killed."""

LONGEST = 0.15
"""Seconds until then, for the moment to be any."""


def killed(path: Path, start: int, rng: random.Random) -> list[int]:
    """Run a session until it is killed; return the numbers of the answers it said were kept."""
    command = [
        sys.executable,
        "-m",
        "tests.unit.study.practice.record.session",
        str(path),
        str(start),
    ]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as session:  # type: ignore[call-overload]
        # One in four is killed while it starts and opens the record, the others at their work.
        wait = rng.randint(1, MOST) if rng.random() < 0.75 else 0
        said = [session.stdout.readline() for _ in range(wait)]
        timer = threading.Timer(rng.uniform(0, LONGEST), session.kill)
        timer.start()
        said += session.stdout
        errors = session.stderr.read()
        timer.join()
    assert session.returncode < 0 or sys.platform == "win32", errors
    # The last line may have been cut off by the end.
    return [int(line) for line in said if line.endswith("\n")]


def test_no_answer_that_was_said_to_be_kept_is_lost(tmp_path: Path) -> None:
    rng, path, count, idle = random.Random(0), tmp_path / "practice.sqlite", 0, 0
    for kill in range(KILLS):
        kept = killed(path, count, rng)
        assert kept == list(range(count, count + len(kept))), kill
        idle += not kept
        with Store.open(path) as store:
            assert store.notices == (), kill
            found = store.answers(1)
        # The very last may be on the disk though there was no time left to say so.
        assert len(found) in (count + len(kept), count + len(kept) + 1), kill
        assert found[count:] == tuple(numbered(n) for n in range(count, len(found))), kill
        count = len(found)
    assert found == tuple(map(numbered, range(count)))
    assert count > KILLS
    assert idle < KILLS / 2
    assert not list(tmp_path.glob("*damaged*"))
