"""Reads files with suspicion: only what is a file, no more of it than is allowed, never waiting."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

NO_LINK = getattr(os, "O_NOFOLLOW", 0)
"""To refuse a file that is a link."""

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NOT_WAITING = getattr(os, "O_NONBLOCK", 0)
"""To open a pipe would wait for ever, until somebody writes into it."""


class NotAFile(OSError):
    """What has a path like a file and is none: a pipe or a device."""


def content(path: str | Path, most: int, flags: int = 0) -> bytes | None:
    """Return all bytes of a file; None if they are more than ``most``, which are not read then.

    Raises:
        OSError: if it can't be opened or read, IsADirectoryError for a folder, and NotAFile for
            what else is none.
    """
    try:
        _check(Path(path).stat().st_mode)  # to open a device can do something already
        descriptor = os.open(path, _FLAGS | _NOT_WAITING | flags)
    except ValueError as error:  # signs that no path can have
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL)) from error
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        _check(status.st_mode)  # of what is open, whatever came in between
        if status.st_size > most:
            return None
        found = file.read(most + 1)  # some files say that they are empty, and go on for ever
    return None if len(found) > most else found


def _check(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise NotAFile(errno.EINVAL, os.strerror(errno.EINVAL))
