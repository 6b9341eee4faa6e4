"""What can't be written is refused with its reason, whole, and what is there stays there."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import words
from cnn_tutor.study.practice.record.store import Store, StoreError
from tests.helpers.powerless import powerless
from tests.unit.study.practice.given import answer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a folder" / "practice.sqlite"


@pytest.mark.parametrize(
    ("pragma", "reason"),
    [("max_page_count = 1", "practice_disk_full"), ("query_only = 1", "practice_read_only")],
)
def test_what_can_not_be_written_is_not_half_written(path: Path, pragma: str, reason: str) -> None:
    with Store.open(path) as store:
        store.add_learner("A")
        store.record(answer())
        store.answers(1)
        store._connection.execute(f"PRAGMA {pragma}")
        kept, refusal = 0, None
        while refusal is None and kept < 300:
            try:
                store.record(answer(entries={"output": "9" * 200}))
                kept += 1
            except StoreError as error:
                refusal = error.reason
        assert refusal == reason
        assert len(store.answers(1)) == 1 + kept
    with Store.open(path) as store:
        assert len(store.answers(1)) == 1 + kept
        assert store.notices == ()


LIMITED = """
import resource, signal, sys
from cnn_tutor.study.practice.record.store import Store, StoreError
from tests.unit.study.practice.given import answer
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(sys.argv[1])
learner = store.add_learner("A")
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
count = 0
try:
    while count < 1000:
        store.record(answer(entries={"output": "9" * 500}))
        count += 1
except StoreError as error:
    print(count, error.reason)
try:
    store.record(answer(entries={"output": "9" * 5000}))
except StoreError as error:
    print(error.reason)
store.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on the size of files there")
def test_a_disk_that_takes_no_more_is_said_so_and_loses_nothing(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LIMITED, path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (count, reason), (again,) = (line.split() for line in done.stdout.splitlines())
    assert 10 < int(count) < 1000
    assert {reason, again} <= {"practice_disk_full", "practice_not_stored"}
    with Store.open(path) as store:
        assert len(store.answers(1)) == int(count)
        assert store.notices == ()


@pytest.mark.skipif(sys.platform == "win32", reason="open files can't be removed there")
@pytest.mark.parametrize("gone", ["", "-wal"])
def test_a_file_that_vanishes_is_missed(path: Path, gone: str) -> None:
    store = Store.open(path)
    store.add_learner("A")
    store.record(answer())
    Path(f"{path}{gone}").unlink()
    with pytest.raises(StoreError) as refusal:
        store.record(answer())
    assert refusal.value.reason == "practice_gone"
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="open files can't be removed there")
def test_a_folder_that_vanishes_is_missed(path: Path) -> None:
    store = Store.open(path)
    store.add_learner("A")
    shutil.rmtree(path.parent)
    with pytest.raises(StoreError) as refusal:
        store.record(answer())
    assert refusal.value.reason == "practice_gone"
    store.close()
    store.close()
    assert not path.parent.exists()


def test_a_place_that_can_not_be_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for path in (tmp_path / "file" / "practice.sqlite", tmp_path):
        with pytest.raises(StoreError) as refusal:
            Store.open(path)
        assert isinstance(refusal.value, Refusal)
    assert (tmp_path / "file").read_text() == "no folder"


@pytest.mark.skipif(sys.platform == "win32", reason="has no such files")
@pytest.mark.parametrize("device", [Path.mkdir, os.mkfifo])
@pytest.mark.parametrize("linked", [False, True])
def test_what_is_no_file_is_told_and_left_where_it_is(
    tmp_path: Path, device: Callable[[Path], object], linked: bool
) -> None:
    path = place = tmp_path / "practice.sqlite"
    if linked:
        place = tmp_path / "elsewhere"
        path.symlink_to(place)
    device(place)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(StoreError) as refusal:
        Store.open(path)
    assert (refusal.value.reason, refusal.value.values) == ("practice_no_file", {"file": str(path)})
    assert str(path) in words.explain(refusal.value)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.EACCES, "practice_read_only"),
        (errno.EROFS, "practice_read_only"),
        (errno.ENOSPC, "practice_disk_full"),
        (errno.EIO, "practice_not_stored"),
    ],
)
def test_a_folder_that_can_not_be_written_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, reason: str
) -> None:
    Store.open(path).close()

    def refuse(*_: object, **__: object) -> int:
        raise OSError(code, os.strerror(code))

    # Root, who may run this, is let in everywhere.
    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(StoreError) as refusal:
        Store.open(path)
    assert refusal.value.reason == reason


@pytest.mark.skipif(sys.platform == "win32", reason="has no such rights")
@pytest.mark.parametrize("mode", [0o000, 0o200, 0o400])
def test_a_record_that_one_may_not_open_is_told_from_a_broken_disk(path: Path, mode: int) -> None:
    with Store.open(path) as store:
        store.add_learner("A")
    path.chmod(mode)
    with powerless(), pytest.raises(StoreError) as refusal:
        Store.open(path)
    assert refusal.value.reason == "practice_read_only"
    path.chmod(0o600)
    with Store.open(path) as store:
        assert store.notices == ()
        assert [one.name for one in store.learners()] == ["A"]
