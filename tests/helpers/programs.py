"""Python in a process of its own, as a user starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.helpers.hanging import HANGS

ROOT = Path(__file__).parents[2]


def at_home(folder: Path | str) -> dict[str, str]:
    """Return an environment in which a folder is home, for settings and work of its own."""
    places = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(folder))
    return {k: v for k, v in os.environ.items() if not k.startswith("XDG_")} | places


def python(
    *arguments: object,
    env: Mapping[str, str] = os.environ,
    cwd: Path | str | None = None,
    timeout: float | None = HANGS,
) -> subprocess.CompletedProcess[str]:
    """Run Python until it ends, where the program can be imported from."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        env={**env, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=timeout,
        check=False,
    )


def tutor(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return python("-m", "cnn_tutor", *arguments, env={**os.environ, **environment})


def one_line(text: str) -> str:
    assert text.count("\n") == 1, text
    assert "Traceback" not in text
    return text.strip()
