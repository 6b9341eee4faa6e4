"""The database of the record: its tables, how it is opened, whether it is sound, its files."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import msgspec

from cnn_tutor.study.practice.record.errors import Damaged, Newer, StoreError

APPLICATION = 0x434E4E54
"""Stands in the header of every record: "CNNT"."""

VERSION = 2
"""Of the tables; a record of the one before gets what has come since."""

TABLES = {
    "learners": "CREATE TABLE learners (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " name TEXT NOT NULL UNIQUE, sum BLOB NOT NULL) STRICT",
    "answers": "CREATE TABLE answers (id INTEGER PRIMARY KEY,"
    " learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,"
    " code TEXT NOT NULL, skill TEXT NOT NULL, time TEXT NOT NULL,"
    " right INTEGER NOT NULL, cells INTEGER NOT NULL, first INTEGER NOT NULL,"
    " hints INTEGER NOT NULL, shown INTEGER NOT NULL, evidence INTEGER NOT NULL,"
    " mixed INTEGER NOT NULL, seconds REAL NOT NULL, mistakes TEXT NOT NULL,"
    " entries TEXT NOT NULL, sum BLOB NOT NULL) STRICT",
    "notes": "CREATE TABLE notes (learner INTEGER NOT NULL REFERENCES learners (id)"
    " ON DELETE CASCADE, name TEXT NOT NULL, content TEXT NOT NULL, sum BLOB NOT NULL,"
    " PRIMARY KEY (learner, name)) STRICT",
}
"""How each is made; its last column is the checksum of the others."""

BESIDE = ("", "-wal", "-journal", "-shm")
"""What the names of the files end in that make up one SQLite database."""

_HEADER = "application_id", "user_version"

_PATIENCE = 0.05
"""Seconds to wait for another program that writes: no longer than a learner does not notice."""

_WITHOUT_LOCKS = "win32-none" if sys.platform == "win32" else "unix-none"
_encode = msgspec.json.Encoder().encode


def connected(path: Path, locks: bool, *, new: bool = False) -> sqlite3.Connection:
    """Return a connection to a file that is there already, or may be ``new``.

    Where the disk knows no ``locks`` it does without: SQLite would call the file locked by another
    program, or unreadable. Whoever opens it keeps others out.
    """
    without = "" if locks else f"&vfs={_WITHOUT_LOCKS}"
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={'rwc' if new else 'rw'}{without}",
        uri=True,
        isolation_level=None,
        timeout=_PATIENCE,
    )
    if not locks:  # or there could be no log, which a record may have already
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    return connection


def create(connection: sqlite3.Connection) -> None:
    """Give an empty database its tables, all of them or none."""
    statements = "; ".join(TABLES.values())
    connection.executescript(
        f"BEGIN; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
        f" {statements}; COMMIT; PRAGMA foreign_keys = ON"
    )


def upgrade(connection: sqlite3.Connection) -> None:
    """Give a record of the first version the table of notes, which it had none of."""
    found = [connection.execute(f"PRAGMA {one}").fetchone()[0] for one in _HEADER]
    if found == [APPLICATION, 1]:
        connection.executescript(
            f"BEGIN IMMEDIATE; {TABLES['notes']}; PRAGMA user_version = {VERSION}; COMMIT"
        )


def checksum(table: str, values: Sequence[object]) -> bytes:
    """Return the checksum of a row: its values in the order of the columns, without the sum.

    It finds a changed bit where the database still reads; it is no help against forgers.
    """
    return blake2b(_encode((table, *values)), digest_size=8).digest()


def check(connection: sqlite3.Connection) -> None:
    """Look through a database: its structure, its tables and each of its rows.

    Raises:
        Newer: if it is of a version to come.
        Damaged: if anything in it is not as it was written.
        sqlite3.Error: if it can't be read, for that or another reason.
    """
    application, version = (connection.execute(f"PRAGMA {one}").fetchone()[0] for one in _HEADER)
    if application == APPLICATION and version > VERSION:
        raise Newer
    made = "SELECT sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    if (
        (application, version) != (APPLICATION, VERSION)
        or {sql for (sql,) in connection.execute(made)} != set(TABLES.values())
        or connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]
        or connection.execute("PRAGMA foreign_key_check").fetchone()
        or not all(_rows_agree(connection, table) for table in TABLES)
    ):
        raise Damaged


def _rows_agree(connection: sqlite3.Connection, table: str) -> bool:
    rows = connection.execute(f"SELECT * FROM {table}")
    return all(row[-1] == checksum(table, row[:-1]) for row in rows)


# --- its files, so that a power cut leaves the old ones or the new ones ---------------------------


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
        StoreError: if there is a link that leads nowhere just now, as to a disk of the network, or
            a folder or a device, which would be moved out of the way like a damaged file.
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
