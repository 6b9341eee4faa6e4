"""Why the record of practice can't be opened or written, in words that a learner understands."""

from __future__ import annotations

import errno
import sqlite3

from cnn_tutor.engine.errors import Refusal


class StoreError(Refusal):
    """What was done can't be kept, or what is kept can't be reached; nothing is half written."""


class StoreBusy(StoreError):
    """Another running program has the record open."""


class Damaged(Exception):
    """The file is no sound record: the program's own word for what to set aside."""


class Newer(Damaged):
    """The file is a record of a later version of the program."""


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_PLACE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
}
_UNREADABLE = {sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ}


def refusal(error: sqlite3.Error | OSError) -> StoreError:
    """Return what to tell the learner about an error of the database or the disk."""
    if isinstance(error, OSError):
        code = error.errno
        full, closed, busy = code in _FULL, code in _CLOSED, False
    else:
        code = _code(error) & 0xFF
        full = code == sqlite3.SQLITE_FULL
        closed = code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM)
        busy = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    if busy:
        return StoreError("practice_held")  # the program's own lock keeps out another one of it
    if full:
        return StoreError("practice_disk_full")
    return StoreError("practice_read_only") if closed else StoreError("practice_not_stored")


def of_the_place(error: sqlite3.Error) -> bool:
    """Say whether an error is about the disk or other programs rather than what is in the file."""
    code = _code(error)
    return code not in _UNREADABLE and code & 0xFF in _PLACE


def _code(error: sqlite3.Error) -> int:
    # Python's own complaints, such as of text that is no UTF-8, come without one.
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR))
