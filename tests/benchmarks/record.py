"""What it costs to open a long record of practice, to keep one more answer, and to sum it up.

``python -m tests.benchmarks.record`` prints a table.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median

from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.database import checksum
from cnn_tutor.study.practice.record.store import Store
from tests.benchmarks.measuring import milliseconds, row, spread
from tests.unit.study.practice.given import START, answer

ANSWERS, MORE, ROUNDS = 20000, 300, 5


def fill(path: Path, count: int) -> None:
    """Write a long record, without waiting for the disk after each answer."""
    with Store.open(path) as store:
        store.add_learner("A")
    rng, keys, written = random.Random(0), list(skills()), []
    entries = {f"output[{n},0,0]": "−12" for n in range(9)}
    for n in range(1, count + 1):
        when, right = START + timedelta(minutes=2 * n), rng.random() < 0.9
        one = answer(right, when, skill=rng.choice(keys), entries=entries, mixed=True)
        values = (n, *one.to_row())
        written.append((*values, checksum("answers", values)))
    with closing(sqlite3.connect(path)) as connection:
        marks = ", ".join("?" * len(written[0]))
        connection.executemany(f"INSERT INTO answers VALUES ({marks})", written)
        connection.commit()


def main() -> None:
    row("answers", "open", "keep one", "sum up", "close")
    for count in (100, ANSWERS):
        opened, kept, summed, closed = [], [], [], []
        with tempfile.TemporaryDirectory() as folder:
            path, stores = Path(folder) / "practice.sqlite", list[Store]()
            fill(path, count)
            for _ in range(ROUNDS):
                opened.append(milliseconds(lambda: stores.append(Store.open(path))))  # noqa: B023
                store = stores.pop()
                practice = Practice(store, store.learners()[0])
                summed.append(milliseconds(practice.standings))
                keep = (lambda store=store: store.record(answer()) for _ in range(MORE))
                kept += map(milliseconds, keep)
                closed.append(milliseconds(store.close))
        others = (f"{median(times):.0f} ms" for times in (opened, summed, closed))
        first, *rest = others
        row(count, first, spread(kept, 2), *rest)


if __name__ == "__main__":
    main()
