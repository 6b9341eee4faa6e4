"""Opens a database's file, also on a disk that knows no locks."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

_PATIENCE = 0.05
"""Seconds to wait for another program that writes: no longer than a learner does not notice."""

_WITHOUT_LOCKS = "win32-none" if sys.platform == "win32" else "unix-none"


def connected(path: Path, locks: bool, *, new: bool = False) -> sqlite3.Connection:
    """Return a connection to a file that is there already, or may be ``new``.

    Where the disk knows no ``locks`` it does without: SQLite would call the file locked by another
    program, or unreadable. Whoever opens it keeps others out.
    """
    without = "" if locks else f"&vfs={_WITHOUT_LOCKS}"
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={'rwc' if new else 'rw'}{without}",
        uri=True,
        isolation_level=None,
        timeout=_PATIENCE,
    )
    if not locks:  # or there could be no log, which a record may have already
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    return connection
