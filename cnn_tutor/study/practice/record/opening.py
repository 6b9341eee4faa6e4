"""Opens the record of practice, whatever has become of its file."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study.practice.record import database
from cnn_tutor.study.practice.record.backups import STAMP, Backups
from cnn_tutor.study.practice.record.errors import Damaged, Newer, StoreError, of_the_place, refusal

Opened = tuple[sqlite3.Connection, tuple[Refusal, ...]]

_NONSENSE = (sqlite3.Error, UnicodeDecodeError, MemoryError)
"""What reading a damaged database may end in; its messages, too, can be no text."""


def opened(path: Path, now: Callable[[], datetime], backups: Backups, locks: bool = True) -> Opened:
    """Return a sound database, and what had to be done for it.

    A damaged one is set aside, and the newest backup that is whole takes its place; without any,
    a new one is begun. Where the disk knows no ``locks`` there are none.

    Raises:
        StoreError: if the place can't be written, or another program is in the way.
    """
    name = f"{path.name}.damaged-{now().astimezone(UTC).strftime(STAMP)}"
    try:
        if not path.exists():
            database.set_aside(path, name)  # a log may be left, with answers that no backup has
            return _replaced(path, backups, locks)
        try:
            return _sound(path, locks), ()
        except Damaged as damage:
            aside = database.set_aside(path, name)
            return _replaced(path, backups, locks, damage, aside.name)
    except (sqlite3.Error, OSError) as error:
        raise refusal(error) from error
    except Damaged as error:  # of what was only just written
        raise StoreError("practice_not_stored") from error


def _sound(path: Path, locks: bool) -> sqlite3.Connection:
    """Open a database that is there, and check it."""
    with path.open("r+b") as file:  # of what one may not open SQLite says only that it can't
        header = file.read(20)
    # SQLite removes the log of an empty one, and one of an unknown form passes for read-only.
    if not header.startswith(b"SQLite format 3\0") or not {1, 2}.issuperset(header[18:]):
        raise Damaged
    connection = database.connected(path, locks)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        database.upgrade(connection)
        database.check(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        # Written though nothing is to be changed: what can't be written is found now.
        connection.execute(f"PRAGMA user_version = {database.VERSION}")
    except BaseException as error:
        connection.close()
        if isinstance(error, _NONSENSE) and not of_the_place(error):
            raise Damaged from error
        raise
    return connection


def _replaced(
    path: Path, backups: Backups, locks: bool, damage: Damaged | None = None, aside: str = ""
) -> Opened:
    """Put the best there is in the place of a database that is not there any more."""
    newer = (Refusal("practice_newer_version", file=aside),) if isinstance(damage, Newer) else ()
    reason = "practice_damaged_restored" if damage else "practice_missing_restored"
    for backup in backups.newest_first():
        connection = _restored(path, backup.path, locks) if backup.whole else None
        if connection:
            date = backup.made.astimezone().strftime("%Y-%m-%d %H:%M")
            restored = Refusal("practice_restored" if newer else reason, date=date, file=aside)
            return connection, (*newer, restored)
    partial = path.with_name(f"{path.name}.partial")
    database.remove(partial)
    with closing(database.connected(partial, locks, new=True)) as new:
        database.create(new)
    database.put(partial, path)
    fresh = (Refusal("practice_damaged_fresh", file=aside),) if damage else ()
    return _sound(path, locks), newer or fresh


def _restored(path: Path, backup: Path, locks: bool) -> sqlite3.Connection | None:
    """Return the database that a backup becomes, or None if it is no sound one."""
    partial = path.with_name(f"{path.name}.partial")
    shutil.copyfile(backup, partial)
    database.put(partial, path)
    try:
        return _sound(path, locks)
    except Damaged:
        database.remove(path)
        return None
