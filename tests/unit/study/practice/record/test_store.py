"""The record of practice gives back what was put into it, and refuses whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from cnn_tutor.study import words
from cnn_tutor.study.practice.record.store import NameRefused, Store, StoreBusy, StoreError
from tests.helpers.failing_record import begun, ways
from tests.unit.study.practice.given import START, answer

FULL = answer(
    learner=1,
    code="A2-4F",
    skill="rgb",
    when=START,
    right=7,
    of=9,
    first=False,
    hints=2,
    shown=True,
    evidence=False,
    mixed=True,
    seconds=12.25,
    mistakes=("flipped_kernel", "mean_taken"),
    entries={"output[0,0,0]": "−12", "output[0,1,0]": "１／３ \x00 \U0001f600"},
)


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


def test_what_is_recorded_is_on_the_disk_at_once(path: Path) -> None:
    with Store.open(path) as store:
        store.add_learner("A")
        store.record(FULL)
        # As another program sees it: a copy of the files, taken while the first has them open.
        copy = path.with_name("copy.sqlite")
        for end in ("", "-wal"):
            shutil.copyfile(f"{path}{end}", f"{copy}{end}")
        with Store.open(copy) as seen:
            assert seen.answers(1) == (FULL,)


def test_it_asks_for_the_safest_writing(path: Path) -> None:
    with Store.open(path) as store:
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        found = [store._connection.execute(f"PRAGMA {p}").fetchone()[0] for p in pragmas]
        assert found == ["wal", 2, 1]


def test_times_are_kept_in_utc_with_their_offset(path: Path) -> None:
    with Store.open(path) as store:
        store.add_learner("A")
        store.record(answer(when=START))
        (kept,) = store._connection.execute("SELECT time FROM answers").fetchone()
        assert kept == "2026-04-01T00:00:00.000000+00:00"
        assert store.answers(1)[0].when == START


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


def test_an_answer_of_nobody_is_refused(path: Path) -> None:
    with Store.open(path) as store:
        with pytest.raises(StoreError) as refusal:
            store.record(answer(learner=7))
        assert refusal.value.reason == "practice_no_learner"
        with pytest.raises(StoreError):
            store.rename_learner(7, "A")


def test_numbers_and_texts_that_no_file_holds_are_made_harmless(path: Path) -> None:
    odd = answer(seconds=float("nan"), entries={"a": "\ud800"}, mistakes=("\udfff",))
    with Store.open(path) as store:
        store.add_learner("A")
        store.record(odd)
        assert store.answers(1)[0].seconds == 0
    with Store.open(path) as store:
        assert store.notices == ()
        assert store.answers(1)[0].entries == {"a": "?"}


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
        for kind in ("IMMEDIATE", "EXCLUSIVE"):
            other.execute(f"BEGIN {kind}")
            for write in (
                lambda: store.record(answer()),
                lambda: store.add_learner("B"),
                lambda: store.rename_learner(1, "C"),
                lambda: store.remove_learner(1),
            ):
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
@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL])
def test_where_the_disk_knows_no_locks_the_record_is_kept_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    import fcntl

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

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
@pytest.mark.parametrize("tries", [1, 2, 3])
def test_an_answer_that_was_refused_is_kept_once(
    tmp_path: Path, way: Callable[[Store], object], tries: int
) -> None:
    store = begun(tmp_path)
    given = answer(code="given")
    with way(store):  # type: ignore[attr-defined]
        for _ in range(tries):
            with pytest.raises(StoreError):
                store.record(given)
    store.record(given)
    store.record(answer(code="after"))
    assert [one.code for one in store.answers(1)] == ["before", "given", "after"]
    store.close()
    with Store.open(store.path or "") as again:
        assert [one.code for one in again.answers(1)] == ["before", "given", "after"]
