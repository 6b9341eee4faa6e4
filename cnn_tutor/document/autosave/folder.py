"""The folder in which work waits that is in no file: which there is, and whose."""

from __future__ import annotations

import re
from contextlib import suppress

from PySide6.QtCore import QDir, QFile, QFileInfo, QIODevice

from cnn_tutor.document.autosave.snapshot import HEAD_BYTES, SUFFIX, Head, Snapshot, Waiting
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError
from cnn_tutor.project.lock import Lock, Taken, is_taken
from cnn_tutor.study.loading import load

ASIDE_LIMIT = 10
"""Copies that wait of work that was left for something else: who plays through the chapters
leaves one in each, and no more than these can be told from one another in a menu."""

_LOCK = ".lock"
_LEFT = re.compile(rf"([0-9a-f-]{{36}})(?:{_LOCK}|{SUFFIX}\.[A-Za-z0-9]{{6}})")
"""What a program can leave that ends at any moment; for a time, what is written has a name with
six letters more."""


def path_of(folder: str, name: str) -> str:
    """Return the file of what is kept under a name."""
    return f"{folder}/{name}{SUFFIX}"


def names(folder: str) -> list[str]:
    """Return the names under which work is kept, in the order of their files' times."""
    found = QDir(folder).entryInfoList([f"*{SUFFIX}"], QDir.Filter.Files, QDir.SortFlag.Time)
    return [info.completeBaseName() for info in found]


def waiting(folder: str) -> list[Waiting]:
    """Return what is kept, be it somebody's or not, the newest first."""
    found = [_peeked(folder, name) for name in names(folder)]
    return sorted(found, key=lambda work: -work.head.number if work.head else 0)


def next_number(folder: str, name: str) -> int:
    """Return a number that says that what is kept under a name is newer than all others."""
    others = [work.head for work in waiting(folder) if work.head and work.name != name]
    return 1 + max((head.number for head in others), default=0)


def is_free(folder: str, name: str) -> bool:
    """Return whether no running program has what is kept under a name."""
    return not is_taken(f"{folder}/{name}{_LOCK}")


def claimed(folder: str, name: str) -> Lock | None:
    """Return the lock of what is kept under a name; None if it can't be had."""
    try:
        return Lock(f"{folder}/{name}{_LOCK}")
    except (Taken, OSError):
        return None


def read(folder: str, name: str) -> Snapshot:
    """Return what is kept under a name.

    Raises:
        FileError: if it can't be read or is not sound.
    """
    path = path_of(folder, name)
    data = load(path, HEAD_BYTES + limits.MAX_FILE_BYTES)
    return Snapshot.decode(data, QFileInfo(path).lastModified())


def remove(folder: str, name: str) -> None:
    """Remove what is kept under a name."""
    QFile.remove(path_of(folder, name))


def remove_free(folder: str, name: str) -> None:
    """Remove what is kept under a name if it is no other program's."""
    lock = claimed(folder, name)
    if lock is not None:
        remove(folder, name)
        lock.release()


def prune(folder: str) -> None:
    """Remove the oldest of the work that was left for something else, where it is too much."""
    aside = [work.name for work in waiting(folder) if work.head and work.head.aside]
    for name in aside[ASIDE_LIMIT:]:
        remove_free(folder, name)


def sweep(folder: str) -> None:
    """Remove what programs have left that ended at any moment, except for the work itself."""
    for file in QDir(folder).entryList(QDir.Filter.Files | QDir.Filter.Hidden):
        match = _LEFT.fullmatch(file)
        lock = claimed(folder, match[1]) if match else None
        if lock is not None:  # no program that is running is at it
            if not file.endswith(_LOCK):
                QFile.remove(f"{folder}/{file}")
            lock.release()  # which removes it


def _peeked(folder: str, name: str) -> Waiting:
    file, head = QFile(path_of(folder, name)), None
    if file.open(QIODevice.OpenModeFlag.ReadOnly):
        with suppress(FileError):
            head = Head.decode(bytes(file.readLine(HEAD_BYTES).data()))
    return Waiting(name, QFileInfo(file.fileName()).lastModified(), head)
