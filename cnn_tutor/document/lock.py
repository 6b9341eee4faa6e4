"""A file that says which of several running programs something belongs to."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QFile, QFileInfo, QLockFile, QSysInfo, QTemporaryDir

from cnn_tutor.project.private import private

_NEW_MS = 10_000
"""Before Qt 6.11 a lock says nothing for a moment, and on a busy machine for a longer one."""


def locked(path: str) -> QLockFile | None:
    """Return the lock of that path, held from now on; None if it can't be had.

    What a program has left that runs no more is taken over, and so is an old lock that says
    nothing, as the end of the electricity leaves it. Whether it is None because of another
    program, or because no lock can be made there, says :func:`in_use`.
    """
    lock = _lock(path)
    with private():
        if lock.tryLock(0):
            return lock
        process, _, _ = lock.getLockInfo()
        if process or lock.error() != QLockFile.LockError.LockFailedError or _is_new(path):
            return None
        # It can't be removed while a program that runs has it open.
        return lock if lock.removeStaleLockFile() and lock.tryLock(0) else None


def in_use(path: str) -> bool:
    """Return whether a program that is running has that lock, be it here or on another machine.

    It is known even where nothing can be written, and what a program has left that runs no more
    can't be taken over.
    """
    lock = _lock(path)
    if lock.tryLock(0):
        lock.unlock()
        return False
    if lock.error() != QLockFile.LockError.LockFailedError:
        return False  # there is none, and none can be made
    process, _, _ = lock.getLockInfo()
    if not process:
        return _is_new(path)
    folder = QTemporaryDir()
    twin = folder.filePath("twin.lock")
    if folder.isValid() and QFile.copy(path, twin) and locked(twin) is not None:
        return False
    # Where there is no room for a twin either: while its program runs, it can't be removed.
    return is_foreign(path) or not lock.removeStaleLockFile()


def is_foreign(path: str) -> bool:
    """Return whether the lock is one of another machine, which can't be asked if it still runs."""
    process, host, _ = QLockFile(path).getLockInfo()
    return bool(process) and host not in ("", QSysInfo.machineHostName())


def _is_new(path: str) -> bool:
    """Return whether a lock may be one into which another program still has to write."""
    made = QFileInfo(path).lastModified()
    return not made.isValid() or made.msecsTo(QDateTime.currentDateTime()) < _NEW_MS


def _lock(path: str) -> QLockFile:
    lock = QLockFile(path)
    lock.setStaleLockTime(0)  # however long a program runs, its lock is its own
    return lock
