"""Disks that know no locks, and locks that somebody else has: told apart, and nobody waits."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cnn_tutor.study.practice.record.store import Store, StoreBusy, StoreError
from tests.unit.study.practice.given import answer
from tests.unit.study.practice.record.test_lock import HOLD

if sys.platform == "win32":
    pytest.skip("how locks fail is another matter there", allow_module_level=True)

import fcntl

NONE = [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home of the network" / "practice.sqlite"


@pytest.fixture(autouse=True)
def _own_folder_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))


def without_locks(
    monkeypatch: pytest.MonkeyPatch, path: Path, code: int, *names: str
) -> Callable[[], None]:
    """Let the disk of a file know no locks; return what lets go of one that SQLite would see.

    Its own can't be made to fail, so that it must not look for any.
    """
    for name in names:
        real = getattr(fcntl, name)

        def fail(handle: int, *how: int, real: Callable[..., None] = real) -> None:
            if os.path.samestat(os.fstat(handle), path.with_name(f"{path.name}.lock").stat()):
                raise OSError(code, os.strerror(code))
            real(handle, *how)

        monkeypatch.setattr(fcntl, name, fail)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def let_go() -> None:
        other.execute("ROLLBACK")
        other.close()

    return let_go


@pytest.mark.parametrize("names", [("flock", "lockf"), ("flock",), ("lockf",)])
@pytest.mark.parametrize("code", NONE)
def test_where_there_are_no_locks_the_record_is_kept_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, names: tuple[str, ...]
) -> None:
    with Store.open(path) as store:
        store.add_learner("A")
    let_go = without_locks(monkeypatch, path, code, *names)
    with Store.open(path) as store:
        assert store.notices == ()
        store.record(answer())
    let_go()
    monkeypatch.undo()
    with Store.open(path) as store:
        assert (store.notices, len(store.answers(1))) == ((), 1)


@pytest.mark.parametrize("code", NONE)
def test_a_record_is_begun_there_too(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", fail)
    monkeypatch.setattr(fcntl, "lockf", fail)
    for count in range(3):
        with Store.open(path) as store:
            assert store.notices == ()
            learner, *_ = store.learners() or (store.add_learner("A"),)
            store.record(answer())
            assert len(store.answers(learner.id)) == count + 1


def test_another_program_of_this_machine_is_kept_out_there_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(path).close()
    without_locks(monkeypatch, path, errno.ENOLCK, "flock", "lockf")()
    first = Store.open(path)
    with pytest.raises(StoreBusy):
        Store.open(path)
    first.close()
    Store.open(path).close()


def test_one_that_runs_is_still_told_from_a_disk_without_locks(path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout
    with holder:
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(StoreBusy) as refusal:
            Store.open(path)
        assert refusal.value.reason == "practice_busy"
        holder.kill()


def test_a_lock_of_another_kind_of_program_is_said_to_be_that(path: Path) -> None:
    with Store.open(path) as store:
        store.add_learner("A")
        other = sqlite3.connect(path, isolation_level=None)
        for kind in ("IMMEDIATE", "EXCLUSIVE"):
            other.execute(f"BEGIN {kind}")
            for write in (
                lambda: store.record(answer()),
                lambda: store.add_learner("B"),
                lambda: store.rename_learner(1, "C"),
                lambda: store.remove_learner(1),
            ):
                with pytest.raises(StoreError) as refusal:
                    write()
                assert refusal.value.reason == "practice_held"
            other.execute("ROLLBACK")
        other.close()
        store.record(answer())


def test_nobody_is_kept_waiting_for_a_lock(path: Path) -> None:
    """A window that waits for it takes no keys and paints nothing."""
    with Store.open(path) as store:
        ((milliseconds,),) = store._connection.execute("PRAGMA busy_timeout")
    assert milliseconds <= 50
