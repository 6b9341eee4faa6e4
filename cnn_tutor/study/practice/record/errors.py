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


_SYSTEM = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "practice_disk_full"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "practice_read_only"),
}
_SQLITE = {
    sqlite3.SQLITE_FULL: "practice_disk_full",
    sqlite3.SQLITE_READONLY: "practice_read_only",
    sqlite3.SQLITE_PERM: "practice_read_only",
    # The program's own lock keeps out another one of it.
    sqlite3.SQLITE_BUSY: "practice_held",
    sqlite3.SQLITE_LOCKED: "practice_held",
    sqlite3.SQLITE_CONSTRAINT: "practice_no_learner",
}
_PLACE = {*_SQLITE, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}
_UNREADABLE = {sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ}


def refusal(error: sqlite3.Error | OSError) -> StoreError:
    """Return what to tell the learner about an error of the database or the disk."""
    if isinstance(error, OSError):
        reason = _SYSTEM.get(error.errno or 0)
    else:
        reason = _SQLITE.get(_code(error) & 0xFF)
    return StoreError(reason or "practice_not_stored")


def of_the_place(error: Exception) -> bool:
    """Say whether an error is about the disk or other programs rather than what is in the file."""
    code = _code(error)
    return code not in _UNREADABLE and code & 0xFF in _PLACE


def _code(error: Exception) -> int:
    # Python's own complaints, such as of text that is no UTF-8, come without one.
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR))
