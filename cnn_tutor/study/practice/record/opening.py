"""Opens the record of practice, whatever has become of its file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study.practice.record import checksum, disk, migrations
from cnn_tutor.study.practice.record.backups import STAMP, Backup, Backups
from cnn_tutor.study.practice.record.connection import connected
from cnn_tutor.study.practice.record.errors import Damaged, Newer, StoreError, of_the_place, refusal

_NONSENSE = (sqlite3.Error, sqlite3.Warning, ValueError, TypeError, OverflowError, MemoryError)
"""What reading a damaged database may end in."""


def opened(
    path: Path, now: Callable[[], datetime], backups: Backups, locks: bool = True
) -> tuple[sqlite3.Connection, tuple[Refusal, ...]]:
    """Return a sound database, and what had to be done for it.

    A damaged one is set aside, and the newest backup that is whole takes its place; without any,
    a new one is begun. A log that is left without its database is set aside, too. Where the disk
    knows no ``locks`` there are none.

    Raises:
        StoreError: if the place can't be written, or another program is in the way.
    """
    name = f"{path.name}.damaged-{now().astimezone(UTC).strftime(STAMP)}"
    try:
        if path.exists():
            try:
                return _sound(path, backups, locks), ()
            except Damaged as damage:
                return _replaced(path, backups, locks, damage, disk.set_aside(path, name))
        log = disk.log_of(path)
        if log:
            log = Path(f"{disk.set_aside(path, name)}{log.name.removeprefix(path.name)}")
        return _replaced(path, backups, locks, None, log)
    except (sqlite3.Error, OSError) as error:
        raise refusal(error) from error
    except Damaged as error:  # of what was only just written
        raise StoreError("practice_not_stored") from error


def check(connection: sqlite3.Connection) -> None:
    """Look through a database: its structure, its tables and each of its rows.

    Raises:
        Newer: if it is of a version to come.
        Damaged: if anything in it is not as it was written.
        sqlite3.Error: if the disk or another program is in the way.
    """
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = migrations.version(connection)
        if application == migrations.APPLICATION and version > migrations.LATEST:
            raise Newer
        if (
            application != migrations.APPLICATION
            or version < 1
            or migrations.layout(connection) != _layout(version)
            or connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]
            or connection.execute("PRAGMA foreign_key_check").fetchone()
            or not all(checksum.rows_agree(connection, table) for table in migrations.TABLES)
        ):
            raise Damaged
    except _NONSENSE as error:
        if isinstance(error, sqlite3.Error) and of_the_place(error):
            raise
        raise Damaged from error


def fresh(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Give an empty database its tables."""
    migrations.migrate(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _sound(path: Path, backups: Backups, locks: bool) -> sqlite3.Connection:
    """Open a database that is there, check it and bring it to the latest version."""
    if path.is_file() and path.stat().st_size == 0:
        raise Damaged  # which SQLite would take for one that is still to be filled
    with path.open("r+b"):  # of what one may not open SQLite says only that it can't
        pass
    # It has to be there already; none is made by opening it.
    connection = connected(path, locks)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        check(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        if migrations.version(connection) < migrations.LATEST:
            backups.make(connection, check)
        # Writes even where nothing is to be changed: what can't be written is found now.
        migrations.migrate(connection)
    except BaseException as error:
        connection.close()
        if isinstance(error, _NONSENSE) and not (
            isinstance(error, sqlite3.Error) and of_the_place(error) and not _disowned(error, path)
        ):
            raise Damaged from error
        raise
    return connection


def _disowned(error: sqlite3.Error, path: Path) -> bool:
    """Say whether a file claims that it can't be written, which only its own header forbids."""
    if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_READONLY:
        return False
    with path.open("rb") as file:
        return not {1, 2}.issuperset(file.read(20)[18:])


def _replaced(
    path: Path, backups: Backups, locks: bool, damage: Damaged | None, aside: Path | None
) -> tuple[sqlite3.Connection, tuple[Refusal, ...]]:
    """Put the best there is in the place of a database that is not there any more."""
    name = aside.name if aside else ""
    log = (Refusal("practice_log_aside", file=name),) if aside and not damage else ()
    disk.remove(path)  # no more than an index of the log
    for backup in backups.newest_first():
        connection = _restored(path, backup, backups, locks) if backup.whole else None
        if connection:
            date = backup.made.astimezone().strftime("%Y-%m-%d %H:%M")
            if isinstance(damage, Newer):
                newer = Refusal("practice_newer_version", file=name)
                return connection, (newer, Refusal("practice_restored", date=date))
            if damage:
                return connection, (Refusal("practice_damaged_restored", date=date, file=name),)
            return connection, (Refusal("practice_missing_restored", date=date), *log)
    partial = path.with_name(f"{path.name}.partial")
    disk.remove(partial)
    with closing(connected(partial, locks, new=True)) as new:
        fresh(new)
    disk.put(partial, path)
    if isinstance(damage, Newer):
        return _sound(path, backups, locks), (Refusal("practice_newer_version", file=name),)
    notices = (Refusal("practice_damaged_fresh", file=name),) if damage else log
    return _sound(path, backups, locks), notices


def _restored(
    path: Path, backup: Backup, backups: Backups, locks: bool
) -> sqlite3.Connection | None:
    """Return the database that a backup becomes, or None if it is no sound one."""
    disk.copy(backup.path, path)
    try:
        return _sound(path, backups, locks)
    except Damaged:
        disk.remove(path)
        return None


@cache
def _layout(version: int) -> object:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        migrations.migrate(model, version)
        return migrations.layout(model)
