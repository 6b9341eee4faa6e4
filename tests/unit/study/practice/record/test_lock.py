"""Only one running program has the record open, and a dead one keeps nobody out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cnn_tutor.study import words
from cnn_tutor.study.practice.record.store import Store, StoreBusy

HOLD = """
import sys
from cnn_tutor.study.practice.record.store import Store
store = Store.open(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "practice.sqlite"


def test_a_second_store_in_one_program_is_kept_out_while_the_first_is_open(path: Path) -> None:
    first = Store.open(path)
    with pytest.raises(StoreBusy) as refusal:
        Store.open(path)
    assert words.explain(refusal.value)
    first.add_learner("A")
    first.close()
    with Store.open(path) as second:
        assert [one.name for one in second.learners()] == ["A"]


def test_a_second_program_is_kept_out_until_the_first_is_gone(path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdin
    assert holder.stdout
    with holder:
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(StoreBusy):
            Store.open(path)
        holder.kill()  # so that it can't tidy up
    with Store.open(path) as store:
        assert store.notices == ()


def test_a_lock_file_that_was_left_behind_is_no_obstacle(path: Path) -> None:
    path.with_name("practice.sqlite.lock").write_text("4711")
    with Store.open(path) as store:
        assert store.learners() == ()


def test_stores_of_different_files_do_not_meet(path: Path) -> None:
    with Store.open(path), Store.open(path.with_name("other.sqlite")):
        pass


def test_a_store_that_could_not_be_opened_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "practice.sqlite"
    Store.open(path).close()
    path.with_name("practice.sqlite-wal").mkdir()
    for _ in range(2):
        with pytest.raises(ValueError, match="practice_not_stored"):
            Store.open(path)
