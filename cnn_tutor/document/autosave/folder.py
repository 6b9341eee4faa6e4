"""The folder in which work waits that is in no file: which there is, and whose.

Each is one file, with a line about it at its beginning.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Annotated

import msgspec
from PySide6.QtCore import QDateTime, QDir, QFile, QFileInfo, QIODevice

from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError, decode, encode
from cnn_tutor.project.lock import Lock, Taken, is_taken
from cnn_tutor.project.project import Project
from cnn_tutor.study.loading import load

SUFFIX = ".work"

_HEAD_BYTES = 2**17
"""The line before the project; the longest path of any system has room in it."""

ASIDE_LIMIT = 10
"""Copies that wait of work that was left for something else: who plays through the chapters
leaves one in each, and no more than these can be told from one another in a menu."""

_LOCK = ".lock"
_LEFT = re.compile(rf"([0-9a-f-]{{36}})(?:{_LOCK}|{SUFFIX}\.[A-Za-z0-9]{{6}})")
"""What a program can leave that ends at any moment; for a time, what is written has a name with
six letters more."""


class Head(msgspec.Struct, frozen=True):
    """The file and the chapter that work belongs to, and how the program left it.

    ``stamp`` tells the file's version. ``closed`` says that the program was closed after it, and
    did not just end; ``aside`` that the learner went on to something else and left it. The larger
    the ``number``, the newer: a clock can be wrong.
    """

    path: str = ""
    stamp: str = ""
    closed: bool = False
    number: Annotated[int, msgspec.Meta(ge=0, le=2**53)] = 0
    aside: bool = False
    origin: str = ""


@dataclass(frozen=True)
class Snapshot:
    """Unsaved work, what its head says of it, and ``when`` it was kept."""

    project: Project
    head: Head
    when: QDateTime = field(default_factory=QDateTime.currentDateTime, compare=False)

    def encode(self) -> bytes:
        """Return the bytes of a file: the head in a line, then the project's own."""
        return msgspec.json.encode(self.head) + b"\n" + encode(self.project)


@dataclass(frozen=True)
class Waiting:
    """Work in the folder: its name, when it was kept, and its head; None if it can't be read."""

    name: str
    when: QDateTime
    head: Head | None


def path_of(folder: str, name: str) -> str:
    """Return the file of what is kept under a name."""
    return f"{folder}/{name}{SUFFIX}"


def waiting(folder: str) -> list[Waiting]:
    """Return what is kept, be it somebody's or not, the newest first."""
    files = QDir(folder).entryInfoList([f"*{SUFFIX}"], QDir.Filter.Files)
    found = [_peeked(folder, file.completeBaseName()) for file in files]
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
    line, _, data = load(path, _HEAD_BYTES + limits.MAX_FILE_BYTES).partition(b"\n")
    return Snapshot(decode(data), _head(line), QFileInfo(path).lastModified())


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
            head = _head(bytes(file.readLine(_HEAD_BYTES).data()))
    return Waiting(name, QFileInfo(file.fileName()).lastModified(), head)


def _head(line: bytes) -> Head:
    try:
        return msgspec.json.decode(line[:_HEAD_BYTES], type=Head)
    except (ValueError, RecursionError) as error:
        raise FileError("file_not_project") from error
