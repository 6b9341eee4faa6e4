"""Copies of the record of practice, each with its hash, in case the record itself is damaged."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cnn_tutor.study.practice.record import database

BACKUP_LIMIT = 5
"""Backups kept, the newest ones."""

MAX_AGE = timedelta(days=1)
"""A backup that is older than this is followed by another at the next opening."""

STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, order=True)
class Backup:
    """One copy: when it was made, and where it is. Its name holds its hash."""

    made: datetime
    path: Path
    hash: str

    @property
    def whole(self) -> bool:
        """Whether the file is as it was written."""
        try:
            return hash_of(self.path) == self.hash
        except OSError:
            return False


class Backups:
    """All backups of one database: ``<name>.backup-<UTC>-<hash>.sqlite`` beside it."""

    def __init__(self, path: Path, now: Callable[[], datetime], locks: bool = True) -> None:
        self._path, self._now, self._locks = path, now, locks

    def newest_first(self) -> tuple[Backup, ...]:
        """Return those that are there; whether they are whole is another question."""
        name = re.compile(
            rf"{re.escape(self._path.name)}\.backup-(\d{{8}}T\d{{6}}Z)-([0-9a-f]{{32}})\.sqlite"
        )
        found = [(path, name.fullmatch(path.name)) for path in self._path.parent.iterdir()]
        backups = [
            Backup(datetime.strptime(match[1], STAMP).replace(tzinfo=UTC), path, match[2])
            for path, match in found
            if match
        ]
        return tuple(sorted(backups, reverse=True))

    def due(self) -> bool:
        """Say whether the newest is too old, or from a time that is yet to come."""
        there = self.newest_first()
        return not there or abs(self._now() - there[0].made) > MAX_AGE

    def make(self, connection: sqlite3.Connection) -> None:
        """Copy a database that is open, and let the oldest copies go.

        Raises:
            sqlite3.Error, OSError: if it can't be written; those that are there stay.
            Damaged: if the copy is not sound, which is then not kept.
        """
        partial = self._path.with_name(f"{self._path.name}.backup.partial")
        database.remove(partial)
        try:
            with closing(database.connected(partial, self._locks, new=True)) as copy:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                database.check(copy)
            there = self.newest_first()
            # Later than any other, whatever the clock says: the names are what orders them.
            later = [backup.made + timedelta(seconds=1) for backup in there[:1]]
            made = max([self._now().astimezone(UTC), *later])
            name = f"{self._path.name}.backup-{made.strftime(STAMP)}-{hash_of(partial)}.sqlite"
            database.put(partial, self._path.with_name(name))
        finally:
            with suppress(OSError):
                database.remove(partial)
        for old in self.newest_first()[BACKUP_LIMIT:]:
            with suppress(OSError):
                old.path.unlink()


def hash_of(path: Path) -> str:
    """Return the hash of a whole file, in letters that can stand in a name."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
