"""Ways in which a file gets damaged, and a look at what has become of the record in it."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from cnn_tutor.study import words
from cnn_tutor.study.practice.record.answer import Answer
from cnn_tutor.study.practice.record.store import Store
from tests.unit.study.practice.given import DAY, START, Clock, answer

NAME = "practice.sqlite"
ANSWERS = tuple(
    answer(when=START + n * DAY, right=n % 3 > 0, code=f"CODE-{n}", entries={"output": str(n)})
    for n in range(80)
)
SAVED = 60
"""Answers that are in the backup."""


class Damage:
    """Opens a damaged copy of a folder, and sees what has become of it."""

    def __init__(self, source: Path, work: Path) -> None:
        self._source, self._work, self._count = source, work, 0

    def done(self, change: Callable[[Path], object]) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
        """Do it; return the answers that are there then, and the reasons that are given."""
        self._count += 1
        folder = self._work / str(self._count)
        shutil.copytree(self._source, folder)
        change(folder / NAME)
        before = {path.read_bytes() for path in folder.glob(f"{NAME}*") if path.name == NAME}
        with Store.open(folder / NAME, Clock(START + DAY)) as store:
            reasons = tuple(notice.reason for notice in store.notices)
            assert all(words.explain(notice) for notice in store.notices)
            found = store.answers(1)
            learner = store.learners()[0] if found else store.add_learner("new")
            store.record(answer(learner=learner.id))
            store._recorded = False  # another backup would only take time
        with Store.open(folder / NAME, Clock(START + DAY)) as store:
            assert store.notices == ()
            assert store.answers(1) == (*found, answer())
        if any("damaged" in reason or "newer" in reason for reason in reasons):
            (aside,) = folder.glob(f"{NAME}.damaged-*Z")
            assert {aside.read_bytes()} == before or (self._source / f"{NAME}-wal").exists()
        shutil.rmtree(folder)
        return found, reasons


def flips(seed: int, most: int = 3) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        rng, content = random.Random(seed), bytearray(path.read_bytes())
        for _ in range(rng.randint(1, most)):
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        path.write_bytes(content)

    return change


def scribble(seed: int) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        rng, content = random.Random(seed), bytearray(path.read_bytes())
        start, size = rng.randrange(len(content)), rng.choice((8, 64, 512, 5000))
        noise = bytes(size) if rng.random() < 0.5 else rng.randbytes(size)
        content[start : start + size] = noise
        path.write_bytes(content)

    return change


def cut(part: float) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, int(path.stat().st_size * part))


def shuffled(seed: int) -> Callable[[Path], None]:
    """Pages of an older copy among those of the newer, as an interrupted copy leaves them."""

    def change(path: Path) -> None:
        rng, content = random.Random(seed), path.read_bytes()
        pages = [content[n : n + 4096] for n in range(0, len(content), 4096)]
        one, other = rng.sample(range(1, len(pages)), 2)
        pages[one] = pages[other]
        path.write_bytes(b"".join(pages))

    return change


def done_to(statement: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(statement)

    return change


def without_backups(change: Callable[[Path], object]) -> Callable[[Path], None]:
    def both(path: Path) -> None:
        for backup in path.parent.glob("*.backup-*"):
            backup.unlink()
        change(path)

    return both
