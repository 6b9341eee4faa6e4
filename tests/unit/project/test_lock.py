"""One running program at a time has a lock, and a dead one keeps nobody out."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cnn_tutor.project.lock import Lock, Taken, is_taken
from tests.helpers.powerless import read_only

posix = pytest.mark.skipif(sys.platform == "win32", reason="how locks fail differs there")
HOLD = """
import sys
from cnn_tutor.project.lock import Lock
lock = Lock(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.lock"


@contextmanager
def holder(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another program that has the lock."""
    command = [sys.executable, "-c", HOLD, path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout
        assert program.stdout.readline().strip() == b"held"
        yield program
        program.kill()  # so that it can't tidy up


def test_only_one_has_it_and_its_file_goes_with_it(path: Path) -> None:
    assert not is_taken(path)
    lock = Lock(path)
    assert is_taken(path)
    with pytest.raises(Taken):
        Lock(path)
    lock.release()
    lock.release()
    assert not is_taken(path)
    assert not path.exists()
    assert lock.sound


def test_another_program_is_kept_out_until_the_first_is_gone(path: Path) -> None:
    with holder(path), pytest.raises(Taken):
        Lock(path, patience=0.05)
    Lock(path).release()


def test_a_file_that_was_left_behind_locks_nothing(path: Path) -> None:
    path.write_bytes(b"4711\n")
    assert not is_taken(path)


@posix
def test_where_nothing_can_be_written_it_is_known_who_has_it(path: Path) -> None:
    with holder(path), read_only(path.parent):
        assert is_taken(path)
    with read_only(path.parent):
        assert not is_taken(path)
    path.unlink()
    with read_only(path.parent):
        assert not is_taken(path)
        with pytest.raises(PermissionError):
            Lock(path)


@posix
def test_where_the_disk_knows_no_locks_others_of_the_machine_are_kept_out(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    flock, machine = fcntl.flock, path.parent / "tmp"
    machine.mkdir()

    def fail(handle: int, how: int) -> None:
        if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
        flock(handle, how)

    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(machine))
    monkeypatch.setattr(fcntl, "flock", fail)
    lock = Lock(path)
    assert not lock.sound
    with pytest.raises(Taken):
        Lock(path)
    lock.release()
    Lock(path).release()
    assert list(path.parent.iterdir()) == [machine]
    assert list(machine.iterdir()) == []
