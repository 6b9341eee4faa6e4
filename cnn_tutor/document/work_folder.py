"""The folder in which work waits that is in no file: which there is, and whose."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QDir, QFile, QFileInfo, QLockFile

from cnn_tutor.document.kept_copy import HEAD_BYTES, KeptCopy, decode_copy
from cnn_tutor.document.kept_copy import SUFFIX as WORK
from cnn_tutor.document.lock import locked
from cnn_tutor.project import limits
from cnn_tutor.project.file import SUFFIX as PROJECT
from cnn_tutor.project.file import decode
from cnn_tutor.study.loading import load

_PATH = ".path"
"""Beside the project, as work was kept at first: the path of the file that it belongs to."""

_LOCK = ".lock"
_LEFT = re.compile(r"([0-9a-f-]{36})\.(?:lock|path|(?:work|cnnt|path)\.[A-Za-z0-9]{6})")
"""What a program can leave that ends at any moment; for a time, what is written has a name with
six letters more."""


def names(folder: str) -> list[str]:
    """Return the names under which work is kept, that of the newest first."""
    found = QDir(folder).entryInfoList(
        [f"*{WORK}", f"*{PROJECT}"], QDir.Filter.Files, QDir.SortFlag.Time
    )
    return list(dict.fromkeys(info.completeBaseName() for info in found))


def claimed(folder: str, name: str) -> QLockFile | None:
    """Return the lock of what is kept under a name; None while it is another program's."""
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
    path = load(base + _PATH, HEAD_BYTES) if QFile.exists(base + _PATH) else b""
    copy = KeptCopy(project, path.decode("utf-8", "replace"))
    return replace(copy, when=QFileInfo(base + PROJECT).lastModified())


def remove(folder: str, name: str, but: str = "") -> None:
    """Remove what is kept under a name, except for what has the ending ``but``."""
    for ending in (_PATH, PROJECT, WORK):  # what is older must not outlive what is newer
        if ending != but:
            QFile.remove(f"{folder}/{name}{ending}")


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
