"""A learner at an exam who says what they have done, for a test that ends the program by force.

``python -m tests.unit.study.exam.session FILE`` goes on with the exam in a record, or begins one.
It answers questions in turn, and prints a line for each thing when it is done: ``answer PLACE
TEXT``, and ``clock SECONDS`` when time has passed.
"""

from __future__ import annotations

import itertools
import sys
from datetime import UTC, datetime

from cnn_tutor.study.exam.sitting import Sitting
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.notes import Notes
from cnn_tutor.study.practice.record.store import Store

STEP = 0.3
"""Seconds that pass at a time; none has to be waited for."""


def main() -> None:
    with Store.open(sys.argv[1]) as store:
        assert not store.notices, store.notices
        learner = (*store.learners(), None)[0] or store.add_learner("A")
        sitting = Sitting(Notes(store, learner.id, "exam"), Practice(store, learner))
        if sitting.exam is None:
            sitting.begin(7)
        assert sitting.exam is not None
        for number in itertools.count(round(datetime.now(UTC).timestamp() * 1000)):
            place = number % len(sitting.exam.questions)
            sitting.go_to(place)
            blank = sitting.exam.questions[place].exercise.blanks[0].name
            sitting.answer({blank: str(number)})
            say(f"answer {place} {number}")
            for _ in range(number % 25):
                sitting.pass_time(STEP)
                say(f"clock {sitting.exam.used}")
            if sitting.exam.over:
                return


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
