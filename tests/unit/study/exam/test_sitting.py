"""An exam is on the disk as it goes on, and goes on after whatever ended the program."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cnn_tutor.study.exam.exam import Exam
from cnn_tutor.study.exam.sitting import INTERVAL, Sitting
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.notes import Notes
from cnn_tutor.study.practice.record.store import Store, StoreError
from tests.unit.study.exam.given import right, wrong
from tests.unit.study.exam.session import STEP

KILLS = 100 if "CNN_TUTOR_LONG" in os.environ else 10
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "practice.sqlite"


@pytest.fixture
def store(path) -> Iterator[Store]:
    with Store.open(path) as store:
        store.add_learner("A")
        yield store


def sitting(store: Store) -> Sitting:
    """Sit down at the exam that is kept in a record."""
    learner = store.learners()[0]
    return Sitting(Notes(store, learner.id, "exam"), Practice(store, learner), lambda: NOW)


def exam(of: Sitting) -> Exam:
    assert of.exam is not None
    return of.exam


def test_there_is_no_exam_before_one_is_begun(store) -> None:
    one = sitting(store)
    assert one.exam is None
    assert not one.goes_on
    one.keep()
    assert store.notes(1) == {}


def test_it_goes_on_where_it_was(store) -> None:
    one = sitting(store)
    one.begin(3)
    one.go_to(4)
    one.pass_time(2)
    one.answer({"a": "3"})
    again = sitting(store)
    assert exam(again) == exam(one)
    assert again.goes_on
    assert (exam(again).place, exam(again).used, exam(again).answers[4]) == (4, 2, {"a": "3"})


def test_the_clock_is_kept_every_few_seconds(store) -> None:
    one = sitting(store)
    one.begin(3)
    for second in range(1, 12):
        one.pass_time(1)
        assert second - exam(sitting(store)).used < INTERVAL


def test_when_the_time_is_up_it_is_over_and_in_the_record(store) -> None:
    one = sitting(store)
    one.begin(3)
    one.answer(wrong(exam(one).question))
    one.pass_time(39 * 60)
    assert one.goes_on
    one.pass_time(61)
    assert not one.goes_on
    assert exam(one).finished == NOW
    assert exam(one).recorded
    assert store.count(1) == 1
    before = exam(one)
    one.answer({"a": "5"})
    one.go_to(7)
    one.pass_time(5)
    one.hand_in()
    assert exam(one) == before == exam(sitting(store))
    assert store.count(1) == 1


def test_a_finished_one_stays_until_another_is_begun(store) -> None:
    one = sitting(store)
    one.begin(3)
    one.hand_in()
    first = exam(sitting(store))
    assert first.over
    again = sitting(store)
    again.begin(4)
    assert exam(sitting(store)).questions != first.questions


def test_what_can_not_be_kept_is_kept_later(store) -> None:
    one = sitting(store)
    one.begin(3)
    store._connection.execute("PRAGMA query_only = 1")
    with pytest.raises(StoreError):
        one.answer(right(exam(one).question))
    with pytest.raises(StoreError):
        one.pass_time(INTERVAL)
    one.pass_time(1)  # is said once for each time that it is tried
    with pytest.raises(StoreError):
        one.hand_in()
    assert exam(one).over
    assert exam(sitting(store)).done == 0
    store._connection.execute("PRAGMA query_only = 0")
    one.keep()
    assert exam(sitting(store)) == exam(one)
    assert exam(one).recorded
    assert store.count(1) == 1


def test_a_program_that_ends_while_answers_are_recorded_records_the_rest(store, monkeypatch):
    one = sitting(store)
    one.begin(3)
    for place in range(6):
        one.go_to(place)
        one.answer(right(exam(one).question))
    recorded, left = store.record, iter(range(3))

    def ends(answer: object) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        recorded(answer)

    monkeypatch.setattr(store, "record", ends)
    with pytest.raises(KeyboardInterrupt):
        one.hand_in()
    monkeypatch.undo()
    assert store.count(1) == 3
    again = sitting(store)
    assert exam(again).over
    assert not exam(again).recorded
    again.keep()
    codes = [answer.code for answer in store.answers(1)]
    assert codes == [question.code for question in exam(again).questions[:6]]
    assert exam(sitting(store)).recorded


def test_nothing_is_lost_when_the_program_is_killed(path) -> None:
    rng = random.Random(4)
    with Store.open(path) as store:
        store.add_learner("A")
        sitting(store).begin(7)
    answers: dict[int, str] = {}
    clock, said_nothing = 0.0, 0
    for kill in range(KILLS):
        said = killed(path, rng)
        said_nothing += not said
        for line in said:
            what, *rest = line.split()
            if what == "answer":
                answers[int(rest[0])] = rest[1]
            else:
                clock = float(rest[0])
        with Store.open(path) as store:
            assert store.notices == (), kill
            found = exam(sitting(store))
        # What was said is there; only the very last may be there though nothing was said of it.
        kept = {n: "".join(entries.values()) for n, entries in enumerate(found.answers) if entries}
        differing = {n for n in {*answers, *kept} if answers.get(n) != kept.get(n)}
        assert len(differing) <= 1, kill
        assert all(kept[n] > answers.get(n, "") for n in differing), kill
        assert found.used > clock - INTERVAL - STEP, kill
        answers, clock = kept, found.used
        if found.over:
            break
    assert len(answers) == 20
    assert clock > INTERVAL
    assert said_nothing < KILLS / 2


def killed(path: Path, rng: random.Random) -> list[str]:
    """Run a session until it is killed; return what it said."""
    command = [sys.executable, "-m", "tests.unit.study.exam.session", str(path)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as session:  # type: ignore[call-overload]
        wait = rng.randint(1, 200) if rng.random() < 0.8 else 0
        said = [session.stdout.readline() for _ in range(wait)]
        timer = threading.Timer(rng.uniform(0, 0.1), session.kill)
        timer.start()
        said += session.stdout
        errors = session.stderr.read()
        timer.join()
    assert session.returncode <= 0 or sys.platform == "win32", errors
    return [line for line in said if line.endswith("\n")]
