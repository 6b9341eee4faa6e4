"""The tables take what belongs into them, and a change of anything in them is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from cnn_tutor.study.practice.record.database import VERSION, check, checksum, create
from cnn_tutor.study.practice.record.errors import Damaged, Newer
from tests.unit.study.practice.given import answer


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    given = {"learners": (1, "A"), "answers": (1, *answer().to_row())}
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        create(connection)
        for table, row in given.items():
            whole = (*row, checksum(table, row))
            marks = ", ".join("?" * len(whole))
            connection.execute(f"INSERT INTO {table} VALUES ({marks})", whole)
        check(connection)
        yield connection


@pytest.mark.parametrize(
    ("column", "value"),
    [("code", b"x"), ("time", None), ("right", "x"), ("first", 0.5), ("seconds", ""), ("sum", 1)],
)
def test_a_column_takes_only_its_own_type(
    connection: sqlite3.Connection, column: str, value: object
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(f"UPDATE answers SET {column} = ?", (value,))
    check(connection)


def test_a_change_in_any_column_is_found(connection: sqlite3.Connection) -> None:
    (found,) = connection.execute("SELECT * FROM answers")
    names = [column[0] for column in connection.execute("SELECT * FROM answers").description]
    connection.execute("PRAGMA foreign_keys = OFF")
    for name, value in zip(names, found, strict=True):
        other = value + {bytes: b"x", str: "x"}.get(type(value), 1)
        connection.execute(f"UPDATE answers SET {name} = ?", (other,))
        with pytest.raises(Damaged):
            check(connection)
        connection.execute(f"UPDATE answers SET {name} = ?", (value,))
    check(connection)


def test_a_newer_version_is_told_from_damage(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(Newer):
        check(connection)
    connection.execute("PRAGMA application_id = 1")
    with pytest.raises(Damaged):
        check(connection)
