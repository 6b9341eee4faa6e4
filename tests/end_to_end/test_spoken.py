"""Who can't see the window does a lesson and an exercise by keys and by what is spoken."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cnn_tutor.study import words
from tests.end_to_end.spoken import SYSTEM_PYTHON
from tests.helpers.hanging import HANGS
from tests.helpers.programs import ROOT
from tests.helpers.screen import display, lacks, on_screen

__all__ = ["display"]

PACKAGES = "xvfb, xdotool, dbus-daemon, at-spi2-core, python3-gi and gir1.2-atspi-2.0"
ASKS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"


def cannot_listen() -> bool:
    """Say whether anything is missing that a screen reader hears by; CI must have it all."""
    if "CI" in os.environ:
        return False
    if lacks("Xvfb", "xdotool", "dbus-run-session", SYSTEM_PYTHON):
        return True
    asked = subprocess.run([SYSTEM_PYTHON, "-c", ASKS], stderr=subprocess.DEVNULL, check=False)
    return asked.returncode != 0


@pytest.mark.skipif(cannot_listen(), reason=f"needs Debian's {PACKAGES}, which CI has")
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_lesson_and_an_exercise_are_done_by_ear(
    display: str, tmp_path: Path, language: str
) -> None:
    python = [sys.executable, "-m", "tests.end_to_end.spoken", language]
    done = subprocess.run(
        ["dbus-run-session", "--", *python],
        env={**on_screen(display, tmp_path), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=2 * HANGS,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
