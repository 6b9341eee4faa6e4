"""A real window opens for the first time, is worked in and closed, on a screen of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.programs import python

LACKING = shutil.which("Xvfb") is None and "CI" not in os.environ


@pytest.fixture
def display() -> Iterator[str]:
    """A screen that nobody sees, of a server that chooses its number itself."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.mark.skipif(LACKING, reason="needs Xvfb, which CI has")
def test_a_real_window_is_worked_in_and_closed(display: str, tmp_path: Path) -> None:
    kept = {n: text for n, text in os.environ.items() if not n.startswith(("XDG_", "QT_", "WAYL"))}
    places = {"HOME": str(tmp_path), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    done = python("-m", "tests.end_to_end.real_window", env=kept | places)
    assert done.returncode == 0, done.stderr
