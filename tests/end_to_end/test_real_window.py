"""A real window opens for the first time, is worked in and closed, on a screen of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.programs import python
from tests.helpers.screen import display, lacks, on_screen

__all__ = ["display"]


@pytest.mark.skipif(lacks("Xvfb"), reason="needs Xvfb, which CI has")
def test_a_real_window_is_worked_in_and_closed(display: str, tmp_path: Path) -> None:
    done = python("-m", "tests.end_to_end.real_window", env=on_screen(display, tmp_path))
    assert done.returncode == 0, done.stderr
