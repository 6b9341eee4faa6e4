"""The folder in which work waits that is in no file: which there is, and whose."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QDateTime, QDir, QFile, QFileInfo, QIODevice, QLockFile

from cnn_tutor.document.autosave.kept_head import HEAD_BYTES, KeptHead, decode_head
from cnn_tutor.document.autosave.snapshot import SUFFIX as WORK
from cnn_tutor.document.autosave.snapshot import KeptCopy, decode_copy
from cnn_tutor.document.autosave.waiting_work import WaitingWork
from cnn_tutor.document.files import stamp
from cnn_tutor.document.lock import in_use, is_foreign, locked
from cnn_tutor.project import limits
from cnn_tutor.project.file import SUFFIX as PROJECT
from cnn_tutor.project.file import FileError, decode
from cnn_tutor.study.loading import load

MOST_ASIDE = 10
"""So many copies wait of work that was left for something else: who plays through the chapters
leaves one in each, and no more than these can be told from one another in a menu."""

FOREIGN_DAYS = 1
"""After so many days without a change, another machine that has a lock on work runs no more."""

_PATH = ".path"
"""Beside the project, as work was kept at first: the path of the file that it belongs to."""

_LOCK = ".lock"
_LEFT = re.compile(r"([0-9a-f-]{36})\.(?:lock|path|(?:work|cnnt|path)\.[A-Za-z0-9]{6})")
"""What a program can leave that ends at any moment; for a time, what is written has a name with
six letters more."""


def names(folder: str) -> list[str]:
    """Return the names under which work is kept, in the order of their files' times."""
    found = QDir(folder).entryInfoList(
        [f"*{WORK}", f"*{PROJECT}"], QDir.Filter.Files, QDir.SortFlag.Time
    )
    return list(dict.fromkeys(info.completeBaseName() for info in found))


def waiting(folder: str) -> list[WaitingWork]:
    """Return what is kept, be it somebody's or not, the newest first."""
    found = [_peeked(folder, name) for name in names(folder)]
    return sorted(found, key=lambda work: -work.head.order if work.head else 0)


def next_number(folder: str, name: str) -> int:
    """Return a number that says that what is kept under a name is newer than all others."""
    files = QDir(folder).entryList([f"*{WORK}"], QDir.Filter.Files)
    others = [file for file in files if file != name + WORK]
    return 1 + max((_number(f"{folder}/{file}") for file in others), default=0)


def is_free(folder: str, work: WaitingWork) -> bool:
    """Return whether no running program has work that waits, or none that is likely to run."""
    lock = f"{folder}/{work.name}{_LOCK}"
    if not in_use(lock):
        return True
    return is_foreign(lock) and work.when.daysTo(QDateTime.currentDateTime()) >= FOREIGN_DAYS


def is_others(folder: str, work: WaitingWork) -> bool:
    """Return whether it is locked from another machine, however long ago."""
    return is_foreign(f"{folder}/{work.name}{_LOCK}")


def claimed(folder: str, name: str) -> QLockFile | None:
    """Return the lock of what is kept under a name; None if it can't be had."""
    return locked(f"{folder}/{name}{_LOCK}")


def read(folder: str, name: str) -> KeptCopy:
    """Return what is kept under a name.

    Raises:
        FileError: if it can't be read or is not sound.
    """
    base = f"{folder}/{name}"
    info = QFileInfo(base + WORK)
    if info.exists():
        data = load(base + WORK, HEAD_BYTES + limits.MAX_FILE_BYTES)
        return decode_copy(data, info.lastModified())
    project = decode(load(base + PROJECT, limits.MAX_FILE_BYTES))
    data = load(base + _PATH, HEAD_BYTES) if QFile.exists(base + _PATH) else b""
    path = data.decode("utf-8", "replace")
    copy = KeptCopy(project, path, stamp(path))  # of which version it was, nobody has noted
    return replace(copy, when=QFileInfo(base + PROJECT).lastModified())


def remove(folder: str, name: str, but: str = "") -> None:
    """Remove what is kept under a name, except for what has the ending ``but``."""
    for ending in (_PATH, PROJECT, WORK):  # what is older must not outlive what is newer
        if ending != but:
            QFile.remove(f"{folder}/{name}{ending}")


def remove_free(folder: str, name: str) -> None:
    """Remove what is kept under a name if it is no other program's."""
    lock = claimed(folder, name)
    if lock is not None:
        remove(folder, name)
        lock.unlock()


def prune(folder: str) -> None:
    """Remove the oldest of the work that was left for something else, where it is too much."""
    aside = [work.name for work in waiting(folder) if work.head and work.head.aside]
    for name in aside[MOST_ASIDE:]:
        remove_free(folder, name)


def sweep(folder: str) -> None:
    """Remove what programs have left that ended at any moment, except for the work itself."""
    kept = set(names(folder))
    left: dict[str, list[str]] = {}
    for file in QDir(folder).entryList(QDir.Filter.Files | QDir.Filter.Hidden):
        match = _LEFT.fullmatch(file)
        if match and not (match[1] in kept and file.endswith((_PATH, _LOCK))):
            left.setdefault(match[1], []).append(file)
    for name, files in left.items():
        lock = claimed(folder, name)
        if lock is None:
            continue  # a program that is running is at it
        for file in files:
            if not file.endswith(_LOCK):
                QFile.remove(f"{folder}/{file}")
        lock.unlock()  # which removes it


def _peeked(folder: str, name: str) -> WaitingWork:
    info = QFileInfo(f"{folder}/{name}{WORK}")
    head: KeptHead | None = None
    try:
        if not info.exists():  # as it was kept at first: there is no head but the whole
            copy = read(folder, name)
            return WaitingWork(name, copy.when, copy.head)
        head = _head(info.filePath())
    except FileError:
        pass
    return WaitingWork(name, info.lastModified(), head)


def _number(path: str) -> int:
    try:
        return _head(path).order
    except FileError:
        return 0


def _head(path: str) -> KeptHead:
    file = QFile(path)
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileError("file_open", detail=file.errorString())
    return decode_head(bytes(file.readLine(HEAD_BYTES).data()))
