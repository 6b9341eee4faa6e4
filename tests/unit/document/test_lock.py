"""Whose a lock is, also where none can be made, and of machines that share a disk."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile

from cnn_tutor.document.lock import in_use, is_foreign, locked
from tests.helpers.powerless import read_only
from tests.unit.document.autosave.test_waiting_work import leave
from tests.unit.document.kept_run import Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="other systems' ways of failing")

FOREIGN = "4242\ncnn-tutor\nanother-machine\n" + "ab" * 16 + "\n" + "c" * 36 + "\n"
GONE = "999999999\ncnn-tutor\n\n"
"""The lock of a process that there is not."""


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("killed", [False, True])
@pytest.mark.parametrize("way", [full_disk, read_only])
def test_work_comes_back_where_nothing_can_be_written(
    folder: Path, way: object, killed: bool
) -> None:
    assert callable(way)
    leave(folder, 1)
    (path,) = folder.glob("*.work")
    if killed:
        path.with_suffix(".lock").write_text(GONE)
    with way(folder):
        run = Run(folder)
        assert run.kept.restore()
        assert run.value == 1
        assert not run.document.undo_stack.isClean()
        run.kept._timer.timeout.emit()
        assert [fault.reason for fault in run.faults] == ["keep_failed"]
        assert path.exists()
    run.kept._timer.timeout.emit()  # later there is room again
    assert run.copies == [1]
    assert not path.exists()
    run.end()


@pytest.mark.parametrize("way", [full_disk, read_only])
def test_work_of_a_running_program_stays_its_own_there_too(folder: Path, way: object) -> None:
    assert callable(way)
    other = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"""
from PySide6.QtCore import QLockFile
import sys
lock = QLockFile({str(folder / "a.lock")!r})
lock.setStaleLockTime(0)
print(lock.tryLock(0), flush=True)
sys.stdin.read()""",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    folder.mkdir()
    with other:
        assert other.stdout
        assert other.stdin
        assert other.stdout.readline() == "True\n"
        with way(folder):
            assert in_use(str(folder / "a.lock"))
        other.stdin.close()
    assert not in_use(str(folder / "a.lock"))


def test_a_lock_that_is_free_is_left_free(tmp_path: Path) -> None:
    path = str(tmp_path / "a.lock")
    assert not in_use(path)
    lock = locked(path)
    assert isinstance(lock, QLockFile)
    assert in_use(path)
    lock.unlock()
    assert not in_use(path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", [b"", bytes(30), b"half\n"])
@pytest.mark.parametrize("seconds", [0, 20])
def test_a_lock_that_says_nothing_is_taken_over_once_it_is_old(
    tmp_path: Path, seconds: int, text: bytes
) -> None:
    path = tmp_path / "a.lock"
    path.write_bytes(text)
    moment = path.stat().st_mtime - seconds
    os.utime(path, (moment, moment))
    assert in_use(str(path)) == (not seconds)
    assert path.read_bytes() == text
    assert (locked(str(path)) is None) == (not seconds)


def test_a_lock_of_another_machine_is_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    path.write_text(FOREIGN)
    assert is_foreign(str(path))
    assert in_use(str(path))
    assert path.read_text() == FOREIGN


@pytest.mark.parametrize("days", [0, 3])
def test_work_of_another_machine_is_offered_once_it_is_old(folder: Path, days: int) -> None:
    leave(folder, 1)
    (path,) = folder.glob("*.work")
    moment = path.stat().st_mtime - days * 86400
    os.utime(path, (moment, moment))
    path.with_suffix(".lock").write_text(FOREIGN)
    run = Run(folder)
    assert run.kept.restore() is None
    assert bool(run.kept.waiting()) == bool(days)
    if days:
        run.kept.take(path.stem)
        run.kept.keep()
        assert run.value == 1
        assert run.copies == [1, 1]  # it is read, and not taken away
        assert path.with_suffix(".lock").read_text() == FOREIGN
    run.end()
