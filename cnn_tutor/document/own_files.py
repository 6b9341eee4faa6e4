"""Where the program keeps what is its own, which nothing else is ever written over."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QStandardPaths

_PLACES = QStandardPaths.StandardLocation
_Identity = tuple[int, int]


def config_folder() -> str:
    """Return where the settings are."""
    return QStandardPaths.writableLocation(_PLACES.AppConfigLocation)


def data_folder() -> str:
    """Return where all else is that the program keeps: practice, unsaved work, the log."""
    return QStandardPaths.writableLocation(_PLACES.AppDataLocation)


def is_own(path: str) -> bool:
    """Return whether a path leads to one of the program's own files or folders, or into one.

    Links are followed both ways: those that lead there, and those by which the program's own files
    lie elsewhere, with what is made beside them. A second name of such a file counts as well.
    """
    place = Path(os.path.realpath(path))
    around = {found for part in (place, *place.parents) if (found := _identity(part))}
    for own in _own_places():
        if _identity(own) in around:
            return True
        if own.is_symlink():
            target = Path(os.path.realpath(own))
            beside = (f"{target.name}-", f"{target.name}.")
            if place.parent == target.parent and place.name.startswith(beside):
                return True
    return False


def _own_places() -> Iterator[Path]:
    for folder in map(Path, (config_folder(), data_folder())):
        yield folder
        for inside, folders, files in os.walk(folder):
            yield from (Path(inside, name) for name in (*folders, *files))


def _identity(path: Path) -> _Identity | None:
    """Return what is the same for all names of one file; None if it isn't there."""
    with suppress(OSError):
        status = path.stat()
        return status.st_dev, status.st_ino
    return None
