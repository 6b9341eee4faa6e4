"""Backups are made when they are due, kept in order whatever the clock says, and checked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from cnn_tutor.study.practice.record.backups import BACKUP_LIMIT, hash_of
from cnn_tutor.study.practice.record.store import Store
from tests.unit.study.practice.given import DAY, START, Clock, answer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "practice.sqlite"


@pytest.fixture
def clock() -> Clock:
    return Clock()


def backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob("practice.sqlite.backup-*"))


def count(backup: Path) -> int:
    with closing(sqlite3.connect(backup)) as connection:
        return int(connection.execute("SELECT count(*) FROM answers").fetchone()[0])


def session(path: Path, clock: Clock, answers: int = 1) -> None:
    with Store.open(path, clock) as store:
        if not store.learners():
            store.add_learner("A")
        for _ in range(answers):
            store.record(answer(when=clock()))


def test_closing_makes_a_backup_where_there_is_anything_new(path: Path, clock: Clock) -> None:
    Store.open(path, clock).close()
    assert backups(path) == []
    session(path, clock, 2)
    (one,) = backups(path)
    assert one.name.startswith("practice.sqlite.backup-20260401T000000Z-")
    assert hash_of(one) in one.name
    assert count(one) == 2
    session(path, clock, 0)
    assert backups(path) == [one]


def test_opening_makes_one_if_the_newest_is_older_than_a_day(path: Path, clock: Clock) -> None:
    session(path, clock)
    clock.on(DAY)
    session(path, clock, 0)
    assert len(backups(path)) == 1
    clock.on(timedelta(seconds=1))
    session(path, clock, 0)
    assert len(backups(path)) == 2
    session(path, clock, 0)
    assert len(backups(path)) == 2


def test_the_newest_few_are_kept(path: Path, clock: Clock) -> None:
    for _ in range(BACKUP_LIMIT + 4):
        session(path, clock)
    assert [count(one) for one in backups(path)] == [5, 6, 7, 8, 9]


def test_the_order_outlives_a_clock_that_jumps(path: Path, clock: Clock) -> None:
    for days in (0, 30000, -30500, 400, 0, 20, -5000):
        clock.time = START + days * DAY
        session(path, clock)
    found = [count(one) for one in backups(path)]
    assert found == sorted(found)
    assert (len(found), found[-1]) == (BACKUP_LIMIT, 7)
    path.write_bytes(b"")
    with Store.open(path, clock) as store:
        assert len(store.answers(1)) == 7


def test_a_clock_that_was_ahead_stops_no_backups(path: Path, clock: Clock) -> None:
    clock.time = START + 9000 * DAY
    session(path, clock)
    clock.time = START
    session(path, clock, 0)
    assert len(backups(path)) == 2


def test_a_backup_that_can_not_be_made_stops_nothing(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session(path, clock)
    clock.on(2 * DAY)

    def fail(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr("cnn_tutor.study.practice.record.database.put", fail)
    with Store.open(path, clock) as store:
        assert [notice.reason for notice in store.notices] == ["practice_no_backup"]
        store.record(answer())
    assert len(backups(path)) == 1
    assert not list(path.parent.glob("*partial*"))


def test_a_copy_that_is_not_sound_is_not_kept(path: Path, clock: Clock) -> None:
    session(path, clock)
    store = Store.open(path, clock)
    store.record(answer())
    store._connection.execute("UPDATE answers SET right = 3 WHERE id = 1")
    store.close()
    assert [count(one) for one in backups(path)] == [1]
    with Store.open(path, clock) as store:
        (notice,) = store.notices
        assert notice.reason == "practice_damaged_restored"
        assert len(store.answers(1)) == 1
