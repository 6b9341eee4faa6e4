"""The tables take what belongs into them, and a change of anything in them is found."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cnn_tutor.study import words
from cnn_tutor.study.practice.record.database import VERSION, check, checksum, create
from cnn_tutor.study.practice.record.errors import Damaged, Newer
from cnn_tutor.study.practice.record.store import Store, StoreError
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


# --- where its file lies --------------------------------------------------------------------------

posix = pytest.mark.skipif(sys.platform == "win32", reason="who may make links differs there")
NAME = "practice.sqlite"


def dangling(folder: Path) -> Path:
    folder.mkdir()
    (folder / NAME).symlink_to(folder.parent / "disk" / "record.sqlite")
    return folder / NAME


def loop(folder: Path) -> Path:
    folder.mkdir()
    (folder / NAME).symlink_to(NAME)
    return folder / NAME


def folder_above(folder: Path) -> Path:
    above = folder.parent / "above"
    above.symlink_to(folder.parent / "disk")
    folder.symlink_to(above / "cnn-tutor")
    return folder


@posix
@pytest.mark.parametrize("way", [dangling, loop, folder_above])
def test_a_link_that_leads_nowhere_is_told_and_left_alone(
    tmp_path: Path, way: Callable[[Path], Path]
) -> None:
    """What it led to may be a disk that is not there just now, with the record of years on it."""
    link = way(tmp_path / "data")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StoreError) as refusal:
        Store.open(tmp_path / "data" / NAME)
    assert (refusal.value.reason, refusal.value.values) == ("practice_link", {"file": str(link)})
    assert words.explain(refusal.value)
    assert sorted(tmp_path.rglob("*")) == before
    assert link.is_symlink()


@posix
@pytest.mark.parametrize("device", [Path.mkdir, os.mkfifo])
def test_what_is_no_file_is_told_and_left_where_it_is(
    tmp_path: Path, device: Callable[[Path], object]
) -> None:
    path = tmp_path / NAME
    path.symlink_to("elsewhere")
    device(tmp_path / "elsewhere")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(StoreError) as refusal:
        Store.open(path)
    assert (refusal.value.reason, refusal.value.values) == ("practice_no_file", {"file": str(path)})
    assert str(path) in words.explain(refusal.value)
    assert sorted(tmp_path.iterdir()) == before


@posix
def test_what_a_link_leads_to_is_written_and_guarded(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    with Store.open(tmp_path / "disk" / "record.sqlite") as store:
        store.add_learner("A")
    (tmp_path / "data").symlink_to("disk")
    (tmp_path / "disk" / NAME).symlink_to("record.sqlite")
    with Store.open(tmp_path / "data" / NAME) as store:
        store.record(answer())
        with pytest.raises(StoreError):
            Store.open(tmp_path / "disk" / "record.sqlite")
    assert (tmp_path / "disk" / NAME).is_symlink()
    with Store.open(tmp_path / "disk" / "record.sqlite") as store:
        assert len(store.answers(1)) == 1
