"""Ways in which a record can't be written for a while, and how it is opened for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cnn_tutor.study.practice.record.store import Store
from tests.unit.study.practice.given import Clock, answer


class Failing:
    """A connection, as good as the real one, that fails with a statement, maybe once it is done."""

    def __init__(self, real: sqlite3.Connection, statement: str, late: bool) -> None:
        self._real, self._statement, self._late = real, statement, late

    def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        if statement.startswith(self._statement):
            if self._late:
                self._real.execute(statement, *values)
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR  # type: ignore[misc]
            raise error
        return self._real.execute(statement, *values)

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


@contextmanager
def failing(store: Store, statement: str, late: bool = False) -> Iterator[None]:
    real = store._connection
    store._connection = Failing(real, statement, late)  # type: ignore[assignment]
    yield
    store._connection = real


@contextmanager
def locked(store: Store) -> Iterator[None]:
    other = sqlite3.connect(str(store.path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


WAYS: dict[str, Callable[[Store], object]] = {
    "another program has it": locked,
    "it can't begin": lambda store: failing(store, "BEGIN"),
    "it can't be written": lambda store: failing(store, "INSERT"),
    "it can't be ended": lambda store: failing(store, "COMMIT"),
    "it fails when it is there": lambda store: failing(store, "COMMIT", late=True),
}

ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


def begun(folder: Path) -> Store:
    """Return a record with one answer in it."""
    store = Store.open(folder / "practice.sqlite", Clock())
    store.add_learner("A")
    store.record(answer(code="before"))
    return store
