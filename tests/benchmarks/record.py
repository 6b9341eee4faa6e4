"""What it costs to open a long record of practice, to keep one more answer, and to sum it up.

``python -m tests.benchmarks.record`` prints a table.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.store import Store
from tests.unit.study.practice.given import START, answer

ANSWERS, MORE, ROUNDS = 20000, 300, 5


def timed(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000


def fill(path: Path, count: int) -> None:
    rng, keys = random.Random(0), list(skills())
    entries = {f"output[{n},0,0]": "−12" for n in range(9)}
    with Store.open(path) as store:
        store.add_learner("A")
        for n in range(count):
            when, right = START + timedelta(minutes=20 * n), rng.random() < 0.9
            store.record(answer(right, when, skill=rng.choice(keys), entries=entries, mixed=True))


def main() -> None:
    print(f"{'answers':>10} {'open':>9} {'keep one':>10} {'slowest':>9} {'sum up':>9} {'close':>9}")
    for count in (100, ANSWERS):
        opened, kept, summed, closed = [], [], [], []
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "practice.sqlite"
            fill(path, count)
            for _ in range(ROUNDS):
                start = time.perf_counter()
                store = Store.open(path)
                opened.append((time.perf_counter() - start) * 1000)
                practice = Practice(store, store.learners()[0])
                summed.append(timed(practice.standings))
                kept += [timed(lambda store=store: store.record(answer())) for _ in range(MORE)]
                closed.append(timed(store.close))
        one, most = statistics.median(kept), max(kept)
        print(
            f"{count:10} {statistics.median(opened):6.0f} ms {one:7.2f} ms {most:6.1f} ms"
            f" {statistics.median(summed):6.0f} ms {statistics.median(closed):6.0f} ms"
        )


if __name__ == "__main__":
    main()
