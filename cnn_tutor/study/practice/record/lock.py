"""Keeps a second running program away from a file, and no longer than the first one lives."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from cnn_tutor.study.practice.record.errors import StoreBusy, refusal

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_TAKEN = {errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK, errno.EDEADLK}
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


class Lock:
    """A lock on a file of its own, taken when made; the system drops it with the process.

    The file stays when the lock goes: removing it would let two programs lock two files of one
    name. Where the disk knows no locks, as some of the network, one on the machine's own disk
    keeps out the other programs of this machine.

    Raises:
        StoreBusy: if another holds it, in this process or any other.
        StoreError: if the file can't be made.
    """

    def __init__(self, path: Path) -> None:
        self._handles: list[int] = []
        self.sound = True
        """Whether the disk knows locks, also those that SQLite takes."""
        try:
            self._handles.append(os.open(path, _FLAGS, 0o600))
        except OSError as error:
            raise refusal(error) from error
        if not self._take():
            self.sound = False
            with suppress(OSError):
                self._handles.append(os.open(_elsewhere(path), _FLAGS, 0o600))
                self._take()
        elif not _knows_ranges(self._handles[0]):
            self.sound = False

    def release(self) -> None:
        """Let others have the file."""
        while self._handles:
            os.close(self._handles.pop())

    def _take(self) -> bool:
        """Take the lock of the last file; return whether its disk knows locks at all."""
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._handles[-1], msvcrt.LK_NBLCK, 1)
            else:
                # Not lockf, which would let the same process take it again.
                fcntl.flock(self._handles[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _TAKEN:
                self.release()
                raise StoreBusy("practice_busy") from error
            return False
        return True


def _knows_ranges(handle: int) -> bool:
    """Return whether there are locks of SQLite's kind, too, be it that somebody has this one."""
    if sys.platform != "win32":
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in _TAKEN
    return True


def _elsewhere(path: Path) -> Path:
    name = blake2b(os.fsencode(path), digest_size=12).hexdigest()
    return Path(tempfile.gettempdir(), f"cnn-tutor-{name}.lock")
