"""Writing files so that a power cut leaves the old one or the new one, never half of one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from cnn_tutor.study.practice.record.errors import StoreError

BESIDE = ("", "-wal", "-journal", "-shm")
"""What the names of the files end in that make up one SQLite database."""


def settle_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system knows how."""
    with suppress(OSError):  # Windows opens no folders, and needs no such thing
        _settle(os.open(folder, os.O_RDONLY))


def put(source: Path, target: Path) -> None:
    """Give a finished file its name, in place of what had it, once it is on the disk."""
    _settle(os.open(source, os.O_RDWR))
    source.replace(target)
    settle_folder(target.parent)


def _settle(handle: int) -> None:
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def place(path: Path) -> Path:
    """Return where a file is that links may lead to, once its folder is made if there is none.

    Raises:
        StoreError: if there is a link that leads nowhere, or round in a circle. What it led to may
            be there again some time, such as a disk of the network. Also if a folder or a device
            is there, which would be moved out of the way as if it were a damaged file.
    """
    for part in reversed((path, *path.parents)):
        if part.is_symlink() and not part.exists():
            raise StoreError("practice_link", file=str(part))
    if path.exists() and not path.is_file():
        raise StoreError("practice_no_file", file=str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    return Path(os.path.realpath(path))


def remove(path: Path) -> None:
    """Remove a database with what belongs to it, as far as it is there."""
    for end in BESIDE:
        path.with_name(path.name + end).unlink(missing_ok=True)


def set_aside(path: Path, name: str) -> Path:
    """Move a database with what belongs to it to another name beside it; nothing is lost."""
    aside, n = path.with_name(name), 1
    while any(aside.with_name(aside.name + end).exists() for end in BESIDE):
        n += 1
        aside = path.with_name(f"{name}-{n}")
    # The log first: without its database nothing is made of it, but a database without its log
    # would be taken for a whole one.
    for end in reversed(BESIDE):
        part = path.with_name(path.name + end)
        if part.exists():
            part.replace(aside.with_name(aside.name + end))
    settle_folder(path.parent)
    return aside
