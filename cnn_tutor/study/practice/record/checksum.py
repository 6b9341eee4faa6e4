"""A checksum for each row, so that a changed bit is found even where the database still reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec

SIZE = 8
"""Bytes of a row's checksum. It is there for accidents, not against forgers."""

_encode = msgspec.json.Encoder().encode


def of_row(table: str, values: Sequence[object]) -> bytes:
    """Return the checksum of a row: its values in the order of the columns, without the sum."""
    return blake2b(_encode((table, *values)), digest_size=SIZE).digest()


def of_file(path: Path) -> str:
    """Return the hash of a whole file, in letters that can stand in a name."""
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()


def rows_agree(connection: sqlite3.Connection, table: str) -> bool:
    """Say whether every row of a table is as it was written. Its last column is the sum."""
    rows = connection.execute(f"SELECT * FROM {table}")
    return all(row[-1] == of_row(table, row[:-1]) for row in rows)


def seal(connection: sqlite3.Connection, table: str, row: int | None = None) -> None:
    """Write the checksum of one row, by its id, or of all: after it was added or changed."""
    where, which = ("", ()) if row is None else (" WHERE id = ?", (row,))
    for values in connection.execute(f"SELECT * FROM {table}{where}", which).fetchall():
        connection.execute(
            f"UPDATE {table} SET sum = ? WHERE id = ?", (of_row(table, values[:-1]), values[0])
        )
