"""Reads files with suspicion: only what is a file, and no more of it than is allowed."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


class NotAFile(OSError):
    """What has a path like a file and is none: a pipe or a device."""


def content(path: str | Path, most: int) -> bytes | None:
    """Return all bytes of a file; None if they are more than ``most``, which are not read then.

    Raises:
        OSError: if it can't be opened or read, IsADirectoryError for a folder, and NotAFile for
            what else is none, which is not even opened: a pipe would be waited for.
    """
    try:
        status = Path(path).stat()
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            raise NotAFile(errno.EINVAL, os.strerror(errno.EINVAL))
        if status.st_size > most:
            return None
        with Path(path).open("rb") as file:
            found = file.read(most + 1)  # some files say that they are empty, and go on for ever
    except ValueError as error:  # signs that no path can have
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL)) from error
    return found if len(found) <= most else None
