"""Keeps other running programs away from what one of them has open."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
_POLL_SECONDS = 0.005


class Taken(Exception):
    """The lock is held by another running program, or elsewhere in this one."""


class Lock:
    """A lock on a file of its own, taken when made; the system drops it with the process.

    Where the disk knows no locks, as some of the network, it is ``sound`` no more: a file on the
    machine's own disk then keeps out the other programs of this machine.

    Raises:
        Taken: if another holds it, ``patience`` seconds later still.
        OSError: if its file can't be made.
    """

    def __init__(self, path: str | Path, patience: float = 0) -> None:
        self.path, self.sound = Path(path), True
        self._held: BaseFileLock | None = None
        try:
            self._held = _taken(self.path, patience)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            self.sound = False
            with suppress(OSError):
                self._held = _taken(_elsewhere(self.path), patience)

    def release(self) -> None:
        """Let others have it; twice is harmless."""
        held, self._held = self._held, None
        if held is not None:
            # While it is held: whoever waits for it tries again with a new file. Windows, where
            # this fails, removes it itself.
            for path in {self.path, Path(held.lock_file)}:
                with suppress(OSError):
                    path.unlink()
            held.release()


def is_taken(path: str | Path) -> bool:
    """Return whether a running program has a lock; none has where none can be made."""
    try:
        Lock(path).release()
    except Taken:
        return True
    except OSError:
        return False
    return False


def _taken(path: Path, patience: float) -> BaseFileLock:
    lock = FileLock(path, patience, 0o600, poll_interval=_POLL_SECONDS, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise Taken(str(path)) from error
    return lock


def _elsewhere(path: Path) -> Path:
    name = blake2b(os.fsencode(path), digest_size=12).hexdigest()
    return Path(tempfile.gettempdir(), f"cnn-tutor-{name}.lock")
