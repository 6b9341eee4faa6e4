"""Writes ~ for the learner's folder, so that no text which is passed on says whose it is."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path


def without_home(text: str) -> str:
    """Return a text with ~ in the place of the path of the home folder, wherever it stands."""
    home = _home()
    return home.sub("~", text) if home is not None else text


@cache
def _home() -> re.Pattern[str] | None:
    try:
        home = Path.home()
    except RuntimeError:  # the system knows of none
        return None
    if home == home.parent:
        return None  # the root of all folders is nobody's own
    ways = {str(home), home.as_posix(), str(home).replace("\\", "\\\\"), os.path.realpath(home)}
    longest_first = sorted(map(re.escape, ways), key=len, reverse=True)
    windows = re.IGNORECASE if "\\" in str(home) else 0
    return re.compile(rf"(?:{'|'.join(longest_first)})(?![\w.-])", windows)
