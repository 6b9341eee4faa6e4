"""A session of practice that says what it has done, for a test that ends it by force.

``python -m tests.unit.study.practice.record.session FILE FROM`` records answers numbered from
FROM on, and says each number as soon as it is kept. Now and then it closes the record and opens
it again.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from cnn_tutor.study.practice.record.answer import Answer
from cnn_tutor.study.practice.record.store import Store

ANSWERS = 12
"""So many of them are recorded before the record is closed and opened again."""


def numbered(number: int) -> Answer:
    when = datetime.fromtimestamp(number, UTC)
    entries = {f"output[{n},0,0]": str(number) for n in range(9)}
    return Answer(1, f"CODE-{number}", "products", when, number % 9, 9, entries=entries)


def main() -> None:
    path, number = sys.argv[1], int(sys.argv[2])
    while True:
        with Store.open(path) as store:
            assert not store.notices, store.notices
            if not store.learners():
                store.add_learner("A")
            for _ in range(ANSWERS):
                store.record(numbered(number))
                sys.stdout.write(f"{number}\n")
                sys.stdout.flush()
                number += 1


if __name__ == "__main__":
    main()
