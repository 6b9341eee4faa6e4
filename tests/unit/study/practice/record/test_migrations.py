"""Records of earlier versions open with all that is in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from cnn_tutor.study.practice.record import checksum, migrations
from cnn_tutor.study.practice.record.store import Store

TIME = "2026-04-01T00:00:00.000000+00:00"
VERSION_1 = (
    (1, "CODE-1", "products", TIME, 9, 9, 1, 0, 0, 1, 0, 8.5, "[]"),
    (1, "CODE-2", "rgb", TIME, 0, 1, 1, 2, 0, 1, 1, 3.0, '["mean_taken"]'),
)


def version_1(path: Path) -> None:
    """Write a record as the first version left it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrations.migrate(connection, 1)
        columns = [row[1] for row in connection.execute("PRAGMA table_info(answers)")]
        assert "entries" not in columns
        learner = (1, "花子", TIME)
        total = checksum.of_row("learners", learner)
        connection.execute("INSERT INTO learners VALUES (?, ?, ?, ?)", (*learner, total))
        for n, row in enumerate(VERSION_1, 1):
            marks = ", ".join("?" * (len(row) + 2))
            connection.execute(
                f"INSERT INTO answers VALUES ({marks})",
                (n, *row, checksum.of_row("answers", (n, *row))),
            )
        connection.execute("PRAGMA journal_mode = WAL")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "practice.sqlite"


def test_a_record_of_the_first_version_is_brought_up_to_date(path: Path) -> None:
    version_1(path)
    for _ in range(2):
        with Store.open(path) as store:
            assert store.notices == ()
            first, second = store.answers(1)
            assert (first.code, first.right, first.of, first.seconds) == ("CODE-1", 9, 9, 8.5)
            assert (second.skill, second.hints, second.mixed) == ("rgb", 2, True)
            assert second.mistakes == ("mean_taken",)
            assert first.entries == second.entries == {}
            assert migrations.version(store._connection) == migrations.LATEST


def test_it_is_backed_up_before_it_is_changed(path: Path) -> None:
    version_1(path)
    Store.open(path).close()
    (backup, *_) = sorted(path.parent.glob("*.backup-*.sqlite"))
    with closing(sqlite3.connect(backup)) as connection:
        assert migrations.version(connection) == 1
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (2,)


def test_a_damaged_record_of_the_first_version_is_found_out(path: Path) -> None:
    version_1(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE answers SET right = 8 WHERE id = 1")
    with Store.open(path) as store:
        assert [notice.reason for notice in store.notices] == ["practice_damaged_fresh"]


def test_a_migration_that_fails_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE answers")
        raise KeyboardInterrupt

    version_1(path)
    monkeypatch.setattr(migrations, "MIGRATIONS", (migrations.MIGRATIONS[0], fail))
    with pytest.raises(KeyboardInterrupt):
        Store.open(path)
    monkeypatch.undo()
    with Store.open(path) as store:
        assert len(store.answers(1)) == 2
        assert store.notices == ()


def test_every_version_has_a_layout_of_its_own() -> None:
    layouts = []
    for version in range(1, migrations.LATEST + 1):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            migrations.migrate(connection, version)
            assert migrations.version(connection) == version
            layouts.append(migrations.layout(connection))
    assert all(one != other for one, other in pairwise(layouts))
