"""What learners have answered, kept so that neither a crash nor a damaged file loses it."""

from __future__ import annotations

import os
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project.lock import Lock, Taken
from cnn_tutor.project.plain_text import blank
from cnn_tutor.project.private import private
from cnn_tutor.study.practice.record import database, opening
from cnn_tutor.study.practice.record.answer import Answer
from cnn_tutor.study.practice.record.backups import Backups
from cnn_tutor.study.practice.record.errors import Damaged, StoreBusy, StoreError, refusal

__all__ = ["Learner", "NameRefused", "Store", "StoreBusy", "StoreError"]

NAME_LIMIT = 60
"""Letters in a learner's name."""

_BATCH = 500
"""Answers read at a time, in some milliseconds."""

MEMORY = ":memory:"
"""In place of a path: nothing is kept beyond the store's own life."""


@dataclass(frozen=True)
class Learner:
    """Someone with a record of their own; ``id`` stays the same when the ``name`` changes."""

    id: int
    name: str


class NameRefused(Refusal):
    """What can't be a learner's name."""


class Store:
    """The record of all learners in one file, which it alone holds from :meth:`open` to close.

    ``notices`` say what had to be done at opening, such as a damaged file set aside, in words
    for the learner; an empty tuple is the normal case. It is used on the thread that opened it.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path | None,
        lock: Lock | None = None,
        backups: Backups | None = None,
        notices: tuple[Refusal, ...] = (),
    ) -> None:
        self._connection = connection
        self.path = path
        """Where it is kept; None for a store in memory."""
        self._lock, self._backups, self.notices = lock, backups, notices
        self._file = path.stat() if path else None
        self._recorded = self._closed = False
        self._known: dict[int, list[Answer]] = {}
        self._unsure: set[tuple[object, ...]] = set()
        """Answers that were refused: they may be there, if the disk failed as they were kept."""

    @classmethod
    def open(
        cls, path: str | Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> Self:
        """Open the record at a path, or begin one there; ``":memory:"`` is one that is not kept.

        Whatever is wrong with the file, the result is a store that works.

        Raises:
            StoreBusy: if another running program, or another store of this one, holds it.
            StoreError: if its folder can't be made or written.
        """
        if str(path) == MEMORY:
            connection = sqlite3.connect(MEMORY, isolation_level=None)
            database.create(connection)
            return cls(connection, None)
        with private():
            return cls._opened(Path(path).expanduser().absolute(), now)

    @classmethod
    def _opened(cls, path: Path, now: Callable[[], datetime]) -> Self:
        try:
            path = database.place(path)
            lock = Lock(path.with_name(f"{path.name}.lock"))
        except Taken as error:
            raise StoreBusy("practice_busy") from error
        except OSError as error:
            raise refusal(error) from error
        try:
            backups = Backups(path, now, lock.sound)
            connection, notices = opening.opened(path, now, backups, lock.sound)
            store = cls(connection, path, lock, backups, notices)
            if store.learners() and backups.due():
                store._back_up()
        except BaseException:
            lock.release()
            raise
        return store

    def learners(self) -> tuple[Learner, ...]:
        """Return everyone who practises, in the order in which they came."""
        with self._reading() as connection:
            found = connection.execute("SELECT id, name FROM learners ORDER BY id")
            return tuple(Learner(*row) for row in found)

    def add_learner(self, name: str) -> Learner:
        """Add someone who practises.

        Raises:
            NameRefused: if the name is empty, too long or taken.
            StoreError: if it can't be written.
        """
        name = tidied(name)
        self._check_free(name)
        with self._writing() as connection:
            row = connection.execute(
                "INSERT INTO learners (name, sum) VALUES (?, x'')", (name,)
            ).lastrowid
            assert row is not None
            self._name(connection, row, name)
        self._recorded = True
        return Learner(row, name)

    def rename_learner(self, learner: int, name: str) -> None:
        """Give a learner another name; raises as :meth:`add_learner` does."""
        name = tidied(name)
        self._check_free(name, learner)
        with self._writing() as connection:
            self._name(connection, learner, name)
        self._recorded = True

    def remove_learner(self, learner: int) -> None:
        """Remove a learner with every answer; what was not there needs no removing.

        Backups that were made before still have them.

        Raises:
            StoreError: if it can't be written.
        """
        with self._writing() as connection:
            connection.execute("DELETE FROM learners WHERE id = ?", (learner,))
        self._known.pop(learner, None)
        self._recorded = True

    def record(self, answer: Answer) -> None:
        """Keep an answer; when this returns, it is on the disk.

        One that was refused can be tried again: it is kept once, even if it got there the first
        time after all.

        Raises:
            StoreError: if it can't be written, or its learner is not there. Nothing is kept then.
        """
        columns = answer.to_row()
        unsure = columns in self._unsure
        self._unsure.add(columns)
        with self._writing() as connection:
            if not (unsure and self._is_there(connection, columns)):
                ((number,),) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM answers")
                row = (number, *columns)
                row = (*row, database.checksum("answers", row))
                connection.execute(f"INSERT INTO answers VALUES ({', '.join('?' * len(row))})", row)
        self._unsure.remove(columns)
        self._recorded = True
        if answer.learner in self._known:
            self._known[answer.learner].append(answer)

    def answers(self, learner: int, first: int = 0) -> tuple[Answer, ...]:
        """Return what a learner has answered, in the order in which it was recorded.

        ``first`` is how many of them are left out. The times may go back where a clock has been
        set back.
        """
        for _ in self.load(learner):
            pass
        return tuple(self._known[learner][first:])

    def load(self, learner: int) -> Iterator[float]:
        """Read what a learner has answered, if it is not known yet; go through the shares done."""
        if learner in self._known:
            return
        found, count = list[Answer](), self.count(learner)
        with self._reading() as connection:
            read = connection.execute(
                "SELECT * FROM answers WHERE learner = ? ORDER BY id", (learner,)
            )
            while some := read.fetchmany(_BATCH):
                found += map(Answer.of_row, some)
                yield len(found) / count
        self._known[learner] = found

    def count(self, learner: int) -> int:
        """Return how many answers a learner has given."""
        with self._reading() as connection:
            found = connection.execute("SELECT count(*) FROM answers WHERE learner = ?", (learner,))
            ((count,),) = found
        return int(count)

    def notes(self, learner: int) -> dict[str, str]:
        """Return what else is kept for a learner, by name."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT name, content FROM notes WHERE learner = ?", (learner,)
            )
            return dict(found.fetchall())

    def keep_note(self, learner: int, name: str, content: str) -> None:
        """Keep a text for a learner in place of what has that name; an empty one removes it.

        When this returns, it is on the disk.

        Raises:
            StoreError: if it can't be written, or its learner is not there.
        """
        row = (learner, name, content)
        with self._writing() as connection:
            connection.execute("DELETE FROM notes WHERE learner = ? AND name = ?", row[:2])
            if content:
                whole = (*row, database.checksum("notes", row))
                connection.execute("INSERT INTO notes VALUES (?, ?, ?, ?)", whole)
        self._recorded = True

    def close(self) -> None:
        """Let go of the file, after a backup if there is anything new; twice is harmless."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._recorded and self._present():
                self._back_up()
            with suppress(sqlite3.Error):
                self._connection.close()
        finally:
            if self._lock:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _name(self, connection: sqlite3.Connection, learner: int, name: str) -> None:
        row = (name, database.checksum("learners", (learner, name)), learner)
        if not connection.execute(
            "UPDATE learners SET name = ?, sum = ? WHERE id = ?", row
        ).rowcount:
            raise StoreError("practice_no_learner")

    def _is_there(self, connection: sqlite3.Connection, columns: tuple[object, ...]) -> bool:
        learner, code, _, time, *_ = columns
        found = connection.execute(
            "SELECT * FROM answers WHERE learner = ? AND code = ? AND time = ?",
            (learner, code, time),
        )
        return any(row[1:-1] == columns for row in found)

    def _check_free(self, name: str, but: int = 0) -> None:
        if any(other.name == name and other.id != but for other in self.learners()):
            raise NameRefused("practice_name_taken", name=name)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection
        except sqlite3.Error as error:
            raise refusal(error) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Do all of what is done within, on the disk, or nothing of it."""
        connection = self._connection
        try:
            if not self._present():
                raise StoreError("practice_gone")
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise refusal(error) from error
        finally:
            if not self._closed and connection.in_transaction:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")

    def _present(self) -> bool:
        """Say whether the file is still there: writing to a removed one succeeds, for nothing."""
        if self.path is None or self._file is None:
            return True
        try:
            return os.path.samestat(self.path.stat(), self._file)
        except OSError:
            return False

    def _back_up(self) -> None:
        """Make a backup; that it fails is no reason to stop, only to say so."""
        if self._backups:
            try:
                with private():
                    self._backups.make(self._connection)
            except (sqlite3.Error, OSError, Damaged):
                self.notices += (Refusal("practice_no_backup"),)


def tidied(name: str) -> str:
    """Return a name as it is kept: blanks trimmed, nothing in it that can't be seen.

    Raises:
        NameRefused: if nothing is left, or more than :data:`NAME_LIMIT`.
    """
    plain = unicodedata.normalize("NFC", " ".join(name.split()))
    plain = "".join(letter for letter in plain if letter.isprintable()).strip()
    if blank(plain):
        raise NameRefused("practice_name_empty")
    if len(plain) > NAME_LIMIT:
        raise NameRefused("practice_name_long", most=NAME_LIMIT)
    return plain
