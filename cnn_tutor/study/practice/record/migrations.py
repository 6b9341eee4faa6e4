"""The tables of the record of practice, and the way to them from every earlier version."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from cnn_tutor.study.practice.record import checksum

APPLICATION = 0x434E4E54
"""Stands in the header of every record: "CNNT"."""

TABLES = ("learners", "answers")
"""Each has an ``id`` as its first column and as its last the ``sum`` of the others."""


def _start(connection: sqlite3.Connection) -> None:
    connection.execute(
        "CREATE TABLE learners (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,"
        " since TEXT NOT NULL, sum BLOB NOT NULL)"
    )
    connection.execute(
        "CREATE TABLE answers (id INTEGER PRIMARY KEY,"
        " learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,"
        " code TEXT NOT NULL, skill TEXT NOT NULL, moment TEXT NOT NULL,"
        " right INTEGER NOT NULL, cells INTEGER NOT NULL, first INTEGER NOT NULL,"
        " hints INTEGER NOT NULL, shown INTEGER NOT NULL, evidence INTEGER NOT NULL,"
        " mixed INTEGER NOT NULL, seconds REAL NOT NULL, mistakes TEXT NOT NULL,"
        " sum BLOB NOT NULL)"
    )


def _keep_what_was_written(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE answers RENAME TO earlier")
    connection.execute(
        "CREATE TABLE answers (id INTEGER PRIMARY KEY,"
        " learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,"
        " code TEXT NOT NULL, skill TEXT NOT NULL, moment TEXT NOT NULL,"
        " right INTEGER NOT NULL, cells INTEGER NOT NULL, first INTEGER NOT NULL,"
        " hints INTEGER NOT NULL, shown INTEGER NOT NULL, evidence INTEGER NOT NULL,"
        " mixed INTEGER NOT NULL, seconds REAL NOT NULL, mistakes TEXT NOT NULL,"
        " entries TEXT NOT NULL, sum BLOB NOT NULL)"
    )
    connection.execute(
        "INSERT INTO answers SELECT id, learner, code, skill, moment, right, cells, first, hints,"
        " shown, evidence, mixed, seconds, mistakes, '{}', sum FROM earlier"
    )
    connection.execute("DROP TABLE earlier")
    checksum.seal(connection, "answers")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_start, _keep_what_was_written)
"""Each leads to the next version. One that has been in anyone's hands is never changed again."""

LATEST = len(MIGRATIONS)


def version(connection: sqlite3.Connection) -> int:
    """Return which version of the tables a database has; 0 for none."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, to: int = LATEST) -> None:
    """Bring a sound database to a version, all the way or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        for step in MIGRATIONS[version(connection) : to]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {to}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def layout(connection: sqlite3.Connection) -> object:
    """Return what can be compared of a database's tables: two of one version have the same."""
    parts = connection.execute(
        "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " ORDER BY name"
    ).fetchall()
    pragmas = ("table_info", "foreign_key_list", "index_list")
    return parts, [
        connection.execute(f"PRAGMA {pragma}({table})").fetchall()
        for table in TABLES
        for pragma in pragmas
    ]
