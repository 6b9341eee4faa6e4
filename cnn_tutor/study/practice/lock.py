"""Keeps a second running program away from a file, and no longer than the first one lives."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from cnn_tutor.study.practice.errors import StoreBusy, refusal

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_TAKEN = {errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK, errno.EDEADLK}


class Lock:
    """A lock on a file of its own, taken when made; the system drops it with the process.

    The file stays when the lock goes: removing it would let two programs lock two files of one
    name.

    Raises:
        StoreBusy: if another holds it, in this process or any other.
        StoreError: if the file can't be made.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise refusal(error) from error
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._handle, msvcrt.LK_NBLCK, 1)
            else:
                # Not lockf, which would let the same process take it again.
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _TAKEN:
                os.close(self._handle)
                raise StoreBusy("practice_busy") from error
            # A file system without locks: SQLite's own have to do, as far as they go.

    def release(self) -> None:
        """Let others have the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
