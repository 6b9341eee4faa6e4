"""What can't be opened is refused with its reason, and what is there stays there."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from pathlib import Path

import pytest

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import words
from cnn_tutor.study.practice.record.errors import of_the_place, refusal
from cnn_tutor.study.practice.record.store import Store, StoreError
from tests.helpers.powerless import powerless


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a folder" / "practice.sqlite"


def broken(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, ""), "practice_disk_full"),
        (OSError(errno.EROFS, ""), "practice_read_only"),
        (OSError(errno.EIO, ""), "practice_not_stored"),
        (broken(sqlite3.SQLITE_FULL), "practice_disk_full"),
        (broken(sqlite3.SQLITE_READONLY_DIRECTORY), "practice_read_only"),
        (broken(sqlite3.SQLITE_BUSY_SNAPSHOT), "practice_held"),
        (broken(sqlite3.SQLITE_IOERR_WRITE), "practice_not_stored"),
        (sqlite3.OperationalError(), "practice_not_stored"),
    ],
)
def test_every_error_has_a_reason_in_words(error: sqlite3.Error | OSError, reason: str) -> None:
    assert refusal(error).reason == reason
    assert words.explain(refusal(error))


def test_the_disk_is_told_from_what_is_in_the_file() -> None:
    for code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_FULL):
        assert of_the_place(broken(code))
    for code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_IOERR_SHORT_READ):
        assert not of_the_place(broken(code))


def test_a_place_that_can_not_be_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for path in (tmp_path / "file" / "practice.sqlite", tmp_path):
        with pytest.raises(StoreError) as refused:
            Store.open(path)
        assert isinstance(refused.value, Refusal)
    assert (tmp_path / "file").read_text() == "no folder"


def test_a_folder_that_can_not_be_written_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(path).close()

    def refuse(*_: object, **__: object) -> int:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    # Root, who may run this, is let in everywhere.
    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(StoreError, match="practice_read_only"):
        Store.open(path)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such rights")
@pytest.mark.parametrize("mode", [0o000, 0o400])
def test_a_record_that_one_may_not_open_is_told_from_a_broken_disk(path: Path, mode: int) -> None:
    with Store.open(path) as store:
        store.add_learner("A")
    path.chmod(mode)
    with powerless(), pytest.raises(StoreError, match="practice_read_only"):
        Store.open(path)
    path.chmod(0o600)
    with Store.open(path) as store:
        assert store.notices == ()
        assert [one.name for one in store.learners()] == ["A"]
