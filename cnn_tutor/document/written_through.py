"""Writes into a file that has more to it than its name, so that another can't take its place."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from PySide6.QtCore import QSaveFile

_ACCESS = "system.posix_acl_access"
"""Where Linux keeps who may do what with a file, beyond its owner, its group and all others."""


def written_through(path: str, replacement: QSaveFile, data: bytes) -> bool:
    """Write into a file that has other names, or belongs to somebody else; return if that is done.

    For as long as this takes the data is on the disk beside it, whatever ends the program. The
    ``replacement``, complete, has become needless then; where it can't be done, it can still take
    the place.
    """
    with suppress(OSError):
        if _has_more_to_it(path, replacement.handle()):
            with _beside(path, data), FileIO(path, "r+") as file:
                _overwrite(file, memoryview(data))
            replacement.cancelWriting()
            replacement.commit()  # which takes it away
            return True
    return False


@contextmanager
def _beside(path: str, data: bytes) -> Iterator[None]:
    """Keep data in a file beside another meanwhile; the name of Qt's own comes only at its end."""
    folder, name = os.path.split(os.path.realpath(path))
    handle, copy = tempfile.mkstemp(prefix=f"{name}.", dir=folder)
    try:
        with FileIO(handle, "w") as file:
            _write(file, 0, memoryview(data))
        yield
    finally:
        Path(copy).unlink()


def _has_more_to_it(path: str, new: int) -> bool:
    there, fresh = Path(path).stat(), os.fstat(new)
    owned = (there.st_uid, there.st_gid) == (fresh.st_uid, fresh.st_gid)
    return there.st_nlink > 1 or not owned or _has_a_list(path)


def _has_a_list(path: str) -> bool:
    with suppress(OSError):  # not every disk knows of such things
        return sys.platform == "linux" and _ACCESS in os.listxattr(path)
    return False


def _overwrite(file: FileIO, data: memoryview) -> None:
    """Write what is longer than before first: where there is no room, all is as it was."""
    size = os.fstat(file.fileno()).st_size
    try:
        _write(file, size, data[size:])
    except OSError:
        file.truncate(size)
        raise
    _write(file, 0, data[:size])
    file.truncate(len(data))
    os.fsync(file.fileno())


def _write(file: FileIO, at: int, data: memoryview) -> None:
    file.seek(at)
    while data:
        data = data[file.write(data) :]
    os.fsync(file.fileno())
