"""The record of practice gives back what was put into it, and refuses whole or not at all."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from cnn_tutor.study import words
from cnn_tutor.study.practice.record.store import (
    NAME_LIMIT,
    NameRefused,
    Store,
    StoreBusy,
    StoreError,
    tidied,
)
from tests.helpers.failing_record import begun, failing, ways
from tests.unit.study.practice.given import START, answer
from tests.unit.study.practice.record.session import numbered
from tests.unit.study.practice.record.test_answer import FULL

KILLS = 200 if "CNN_TUTOR_LONG" in os.environ else 20


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a folder" / "練習.sqlite"


def test_answers_come_back_as_they_were_given(path: Path) -> None:
    with Store.open(path) as store:
        learner = store.add_learner("花子")
        assert learner.id == 1
        for given in (FULL, answer(right=False)):
            store.record(given)
        assert store.answers(learner.id) == (FULL, answer(right=False))
        assert store.notices == ()
    with Store.open(path) as store:
        assert store.learners() == (learner,)
        assert store.answers(learner.id) == (FULL, answer(right=False))
        store.record(answer())
        assert len(store.answers(learner.id)) == 3
        assert store.notices == ()


def test_a_store_in_memory_is_like_any_other() -> None:
    with Store.open(":memory:") as store:
        store.add_learner("A")
        store.record(FULL)
        assert store.answers(1) == (FULL,)
        assert store.path is None
    assert not Path(":memory:").exists()


def test_it_asks_for_the_safest_writing(path: Path) -> None:
    with Store.open(path) as store:
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        found = [store._connection.execute(f"PRAGMA {p}").fetchone()[0] for p in pragmas]
        assert found == ["wal", 2, 1]


def test_answers_stay_in_order_when_the_clock_is_set_back(path: Path) -> None:
    hours = (5, -300, 2, 90000, -90000, 0)
    given = [answer(when=START + timedelta(hours=h), right=h > 0) for h in hours]
    with Store.open(path) as store:
        store.add_learner("A")
        for one in given:
            store.record(one)
    with Store.open(path) as store:
        assert list(store.answers(1)) == given


def test_learners_are_told_apart(path: Path) -> None:
    with Store.open(path) as store:
        first, second = store.add_learner("  A \t B "), store.add_learner("C")
        assert first.name == "A B"
        store.record(answer(learner=first.id))
        store.record(answer(learner=second.id, right=False))
        store.rename_learner(second.id, "D")
        store.rename_learner(second.id, " D ")
        assert [one.name for one in store.learners()] == ["A B", "D"]
        store.remove_learner(first.id)
        store.remove_learner(99)
        assert [one.name for one in store.learners()] == ["D"]
        assert store.answers(first.id) == ()
        assert len(store.answers(second.id)) == 1
    with Store.open(path) as store:
        assert store.answers(first.id) == ()
        assert store.add_learner("E").id > second.id
        store.remove_learner(3)
        assert store.add_learner("F").id == 4
        assert store.notices == ()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "practice_name_empty"),
        ("花子", "practice_name_taken"),
        (" 花子\u200b ", "practice_name_taken"),
    ],
)
def test_a_name_that_can_not_be_one_is_refused(path: Path, name: str, reason: str) -> None:
    with Store.open(path) as store:
        store.add_learner("花子")
        other = store.add_learner("太郎")
        for give in (store.add_learner, lambda name: store.rename_learner(other.id, name)):
            with pytest.raises(NameRefused, match=reason):
                give(name)
        assert [one.name for one in store.learners()] == ["花子", "太郎"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("  A \t B ", "A B"),
        ("花子\u200b", "花子"),
        ("e\u0301", "é"),
        ("あ" * NAME_LIMIT, "あ" * NAME_LIMIT),
    ],
)
def test_a_name_is_tidied(name: str, kept: str) -> None:
    assert tidied(name) == kept


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (" \u3000\n", "practice_name_empty"),
        ("\u200b\u200b", "practice_name_empty"),
        ("\u3164\u2800", "practice_name_empty"),
        ("あ" * (NAME_LIMIT + 1), "practice_name_long"),
    ],
)
def test_what_can_not_be_a_name_is_refused(name: str, reason: str) -> None:
    with pytest.raises(NameRefused, match=reason):
        tidied(name)


def test_an_answer_of_nobody_is_refused(path: Path) -> None:
    with Store.open(path) as store:
        with pytest.raises(StoreError) as refusal:
            store.record(answer(learner=7))
        assert refusal.value.reason == "practice_no_learner"
        with pytest.raises(StoreError):
            store.rename_learner(7, "A")


# --- who has it ----------------------------------------------------------------------------------


def test_a_second_store_is_kept_out_while_the_first_is_open(path: Path) -> None:
    first = Store.open(path)
    with pytest.raises(StoreBusy) as refusal:
        Store.open(path)
    assert words.explain(refusal.value)
    first.add_learner("A")
    with Store.open(path.with_name("other.sqlite")):
        first.close()
    with Store.open(path) as second:
        assert [one.name for one in second.learners()] == ["A"]


def test_a_store_that_could_not_be_opened_leaves_no_lock(path: Path) -> None:
    Store.open(path).close()
    path.with_name(f"{path.name}-wal").mkdir()
    for _ in range(2):
        with pytest.raises(StoreError, match="practice_not_stored"):
            Store.open(path)


def test_another_kind_of_program_that_writes_is_said_and_not_waited_for(path: Path) -> None:
    with Store.open(path) as store:
        store.add_learner("A")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        for write in (lambda: store.record(answer()), lambda: store.add_learner("B")):
            with pytest.raises(StoreError, match="practice_held"):
                write()
        other.execute("ROLLBACK")
        store.record(answer())
        ((milliseconds,),) = store._connection.execute("PRAGMA busy_timeout")
        assert milliseconds <= 50
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="practice_held"):
        Store.open(path)
    other.close()
    with Store.open(path) as store:
        assert len(store.answers(1)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="how locks fail differs there")
def test_where_the_disk_knows_no_locks_the_record_is_kept_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def fail(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with Store.open(path) as store:
        store.add_learner("A")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")  # a lock of SQLite's, which can't be asked for there
    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", fail)
        for _ in range(2):
            with Store.open(path) as store:
                assert store.notices == ()
                store.record(answer())
        with Store.open(path.with_name("new.sqlite")) as store:
            store.add_learner("A")
    other.close()
    with Store.open(path) as store:
        assert (store.notices, len(store.answers(1))) == ((), 2)


@ways
def test_an_answer_that_was_refused_can_be_kept_later(
    tmp_path: Path, way: Callable[[Store], object]
) -> None:
    store = begun(tmp_path)
    given = answer(code="given")
    with way(store):  # type: ignore[attr-defined]
        for _ in range(2):
            with pytest.raises(StoreError):
                store.record(given)
    store.record(given)
    store.record(answer(code="after"))
    assert [one.code for one in store.answers(1)] == ["before", "given", "after"]
    store.close()
    with Store.open(store.path or "") as again:
        assert [one.code for one in again.answers(1)] == ["before", "given", "after"]


def test_answers_that_were_there_after_all_are_kept_once_in_any_order(tmp_path: Path) -> None:
    store = begun(tmp_path)
    other = store.add_learner("B").id
    given = [answer(code="one"), answer(code="two", learner=other)]
    for one in given:
        with failing(store, "COMMIT", late=True), pytest.raises(StoreError):
            store.record(one)
    for one in (answer(code="three", learner=other), *given):
        store.record(one)
    store.close()
    with Store.open(store.path or "") as again:
        assert [one.code for one in again.answers(1)] == ["before", "one"]
        assert [one.code for one in again.answers(other)] == ["two", "three"]


# --- where it ends in the midst of it -------------------------------------------------------------


def test_a_killed_program_has_kept_every_answer_that_it_said_was_kept(tmp_path: Path) -> None:
    """A plain run kills it some times, CNN_TUTOR_LONG=1 two hundred times."""
    rng, path, count, idle = random.Random(0), tmp_path / "practice.sqlite", 0, 0
    for kill in range(KILLS):
        kept = killed(path, count, rng)
        assert kept == list(range(count, count + len(kept))), kill
        idle += not kept
        with Store.open(path) as store:
            assert store.notices == (), kill
            found = store.answers(1)
        # The very last may be on the disk though there was no time left to say so.
        assert len(found) in (count + len(kept), count + len(kept) + 1), kill
        count = len(found)
    assert found == tuple(map(numbered, range(count)))
    assert count > KILLS > 2 * idle
    assert not list(tmp_path.glob("*damaged*"))


def killed(path: Path, start: int, rng: random.Random) -> list[int]:
    """Run a session until it is killed; return the numbers of the answers it said were kept."""
    command = [sys.executable, "-m", "tests.unit.study.practice.record.session", path, str(start)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as session:  # type: ignore[call-overload]
        # One in four is killed while it starts and opens the record, the others at their work.
        wait = rng.randint(1, 40) if rng.random() < 0.75 else 0
        said = [session.stdout.readline() for _ in range(wait)]
        timer = threading.Timer(rng.uniform(0, 0.15), session.kill)
        timer.start()
        said += session.stdout
        errors = session.stderr.read()
        timer.join()
    assert session.returncode < 0 or sys.platform == "win32", errors
    # The last line may have been cut off by the end.
    return [int(line) for line in said if line.endswith("\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="open files can't be removed there")
@pytest.mark.parametrize("remove", [Path.unlink, lambda path: shutil.rmtree(path.parent)])
def test_a_record_that_vanishes_is_missed(path: Path, remove: Callable[[Path], object]) -> None:
    store = Store.open(path)
    store.add_learner("A")
    store.record(answer())
    remove(path)
    with pytest.raises(StoreError, match="practice_gone"):
        store.record(answer())
    store.close()
    store.close()
    assert not path.exists()


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
store.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on the size of files there")
def test_a_disk_that_takes_no_more_is_said_so_and_loses_nothing(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LIMITED, path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    count, reason = done.stdout.split()
    assert 10 < int(count) < 1000
    assert reason in ("practice_disk_full", "practice_not_stored")
    with Store.open(path) as store:
        assert len(store.answers(1)) == int(count)
        assert store.notices == ()
