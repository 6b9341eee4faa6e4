"""Keeps what the program remembers of somebody from all others who use the computer."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_OTHERS = 0o077
"""What everybody else could do."""


@contextmanager
def private() -> Iterator[None]:
    """Let what is made meanwhile be its owner's alone, by whatever library it is made."""
    before = os.umask(_OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def make_private(path: Path) -> None:
    """Take a file, or a folder with all that is in it, away from others, as far as one may.

    A file that a link leads to is the program's, too; a folder elsewhere may have more in it.
    """
    if sys.platform == "win32":  # where nobody else gets into these folders
        return
    _close(path)
    for folder, folders, files in os.walk(path):
        for name in (*folders, *files):
            _close(Path(folder, name))


def _close(path: Path) -> None:
    with suppress(OSError):  # it is somebody else's, or is gone by now
        mode = path.stat().st_mode
        ours = stat.S_ISREG(mode) or (stat.S_ISDIR(mode) and not path.is_symlink())
        if ours and mode & _OTHERS:
            path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
