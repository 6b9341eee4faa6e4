"""A file that says which of several running programs something belongs to."""

from __future__ import annotations

from PySide6.QtCore import QLockFile


def locked(path: str, patience_ms: int = 0) -> QLockFile | None:
    """Return the lock of that path, held from now on; None if it can't be had in that time.

    What a program has left that runs no more is taken over, and so is a lock that says nothing,
    as the end of the electricity leaves it.
    """
    lock = QLockFile(path)
    lock.setStaleLockTime(0)  # however long a program runs, its lock is its own
    if lock.tryLock(0):
        return lock
    process, _, _ = lock.getLockInfo()
    if process or lock.error() != QLockFile.LockError.LockFailedError:
        return lock if patience_ms and lock.tryLock(patience_ms) else None
    # It can't be removed while a program that runs has it open.
    return lock if lock.removeStaleLockFile() and lock.tryLock(patience_ms) else None
