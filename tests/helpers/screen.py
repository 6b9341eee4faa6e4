"""A screen that nobody sees, for tests of real windows."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


def lacks(*programs: str) -> bool:
    """Say whether any of these programs is missing; CI must have them all."""
    return "CI" not in os.environ and not all(map(shutil.which, programs))


@pytest.fixture
def display() -> Iterator[str]:
    """The name of a screen, of a server that chooses its number itself."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


def on_screen(display: str, home: Path) -> dict[str, str]:
    """Return an environment for a program whose window opens there, at home in a folder."""
    kept = {n: text for n, text in os.environ.items() if not n.startswith(("XDG_", "QT_", "WAYL"))}
    return kept | {"HOME": str(home), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
