"""Notes of a learner are on the disk when they are set, and belong to that learner alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cnn_tutor.study.practice.record.notes import Notes
from cnn_tutor.study.practice.record.store import Store, StoreError
from tests.unit.study.practice.record.test_answer import FULL


def test_notes_outlive_the_program_and_belong_to_one_learner(tmp_path: Path) -> None:
    path = tmp_path / "practice.sqlite"
    with Store.open(path) as store:
        first, second = store.add_learner("A").id, store.add_learner("B").id
        notes = Notes(store, first, "lessons")
        notes["conv"] = "sum 14 meet"
        notes["conv"] = "sum 14 meet 合計"
        notes["pool"] = "x"
        del notes["pool"]
        Notes(store, first, "rounds")["now"] = "one"
        Notes(store, second, "lessons")["conv"] = "meet 14"
    with Store.open(path) as store:
        assert store.notices == ()
        assert dict(Notes(store, first, "lessons")) == {"conv": "sum 14 meet 合計"}
        assert dict(Notes(store, second, "lessons")) == {"conv": "meet 14"}
        store.remove_learner(first)
        assert store.notes(first) == {}
        assert store.notes(second)


def test_a_note_that_cannot_be_written_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "practice.sqlite"
    with Store.open(path) as store:
        notes = Notes(store, store.add_learner("A").id, "rounds")
        notes["now"] = "one"
        path.unlink()
        with pytest.raises(StoreError):
            notes["now"] = "two"
        with pytest.raises(StoreError):
            del notes["now"]
        assert dict(notes) == {"now": "one"}


def test_a_record_of_the_first_version_keeps_its_answers(tmp_path: Path) -> None:
    path = tmp_path / "practice.sqlite"
    with Store.open(path) as store:
        learner = store.add_learner("A").id
        store.record(FULL)
    with closing(sqlite3.connect(path)) as connection:  # as the first version wrote it
        connection.executescript("DROP TABLE notes; PRAGMA user_version = 1")
    with Store.open(path) as store:
        assert store.notices == ()
        assert store.answers(learner) == (FULL,)
        Notes(store, learner, "rounds")["now"] = "one"
    with Store.open(path) as store:
        assert store.notes(learner) == {"rounds/now": "one"}
