"""An answer that could not be kept at once is kept later: once, as what it was."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cnn_tutor.study.grading.grading import Grade, grade
from cnn_tutor.study.practice.item import Item
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.store import Store, StoreError
from tests.unit.study.practice.given import Clock, answer


class Failing:
    """A connection, as good as the real one, that fails once with a statement."""

    def __init__(self, real: sqlite3.Connection, statement: str, done: bool) -> None:
        self._real, self._statement, self._done = real, statement, done

    def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        if statement.startswith(self._statement):
            if self._done:
                self._real.execute(statement, *values)
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR  # type: ignore[misc]
            raise error
        return self._real.execute(statement, *values)

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


@contextmanager
def failing(store: Store, statement: str, done: bool = False) -> Iterator[None]:
    real = store._connection
    store._connection = Failing(real, statement, done)  # type: ignore[assignment]
    yield
    store._connection = real


@contextmanager
def locked(store: Store) -> Iterator[None]:
    other = sqlite3.connect(str(store.path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def without_log(store: Store) -> Iterator[None]:
    """What is written then goes into a file without a name, and comes out of it at the end."""
    path = Path(f"{store.path}-wal")
    path.unlink()
    yield
    path.touch()


WAYS: dict[str, Callable[[Store], object]] = {
    "another program has it": locked,
    "it can't begin": lambda store: failing(store, "BEGIN"),
    "it can't be written": lambda store: failing(store, "INSERT"),
    "it can't be ended": lambda store: failing(store, "COMMIT"),
    "it was written, but not known to be": lambda store: failing(store, "COMMIT", done=True),
}
if sys.platform != "win32":
    WAYS["its log is gone"] = without_log

ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "practice.sqlite", Clock())
    store.add_learner("A")
    store.record(answer(code="before"))
    yield store
    store.close()


@pytest.fixture
def practice(store: Store) -> Practice:
    clock = Clock()
    return Practice(store, store.learners()[0], clock.on)


def judged(item: Item, right: bool = False) -> tuple[Grade, dict[str, str]]:
    exercise = item.exercise()
    entries = {blank.name: str(blank.answer) if right else "1234" for blank in exercise.blanks}
    return grade(exercise, entries), entries


def kept(store: Store) -> list[tuple[bool, bool]]:
    """What is on the disk of one exercise: whether it is its first answer, and was right."""
    again = sqlite3.connect(str(store.path))
    rows = again.execute("SELECT first, right = cells FROM answers WHERE code != 'before'")
    found = [(bool(first), bool(right)) for first, right in rows]
    again.close()
    return found


@ways
@pytest.mark.parametrize("tries", [1, 2, 3])
def test_an_answer_is_kept_once(store: Store, way: Callable[[Store], object], tries: int) -> None:
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


@ways
def test_a_first_answer_that_waited_is_the_only_first_one(
    store: Store, practice: Practice, way: Callable[[Store], object]
) -> None:
    item = practice.round("products")[2]
    with way(store):  # type: ignore[attr-defined]
        with pytest.raises(StoreError):
            practice.record(item, *judged(item))
        assert practice.waits
    practice.record(item, *judged(item, right=True))
    assert not practice.waits
    assert [(one.first, one.correct) for one in store.answers(1)[1:]] == [
        (True, False),
        (False, True),
    ]
    store.close()
    assert kept(store) == [(True, False), (False, True)]


def test_answers_wait_in_their_order(store: Store, practice: Practice) -> None:
    items = practice.round()[:4]
    with locked(store):
        for item in items:
            with pytest.raises(StoreError) as refusal:
                practice.record(item, *judged(item))
            assert refusal.value.reason == "practice_held"
    practice.keep_waiting()
    codes = [one.code for one in store.answers(1)[1:]]
    assert codes == [practice._code(item) for item in items]
