"""Rows whose checksum fits but in which nothing can be what it says: left out, and said once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from cnn_tutor.study import words
from cnn_tutor.study.practice.gradebook import gradebook
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record import rows
from cnn_tutor.study.practice.record.store import Store
from tests.helpers.damaged_record import put
from tests.unit.study.practice.given import START, Clock, answer

NO_NUMBERS = [-1, 2**31, 2**62]

IMPOSSIBLE: dict[str, list[object]] = {
    "time": [
        *("", "yesterday", "2026-04-01", "2026-04-01T09:00:00", "2026-13-01T09:00:00+00:00"),
        *("0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "9999-12-31T23:59:59-23:59"),
        *("2026-04-01T09:00:00+99:00", "26-4-1", "1899-12-31T23:59:59+00:00", "٢٠٢٦-04-01"),
    ],
    "right": [*NO_NUMBERS, 10],
    "cells": [*NO_NUMBERS, 3],
    "first": [*NO_NUMBERS, 2],
    "hints": NO_NUMBERS,
    "shown": [*NO_NUMBERS, 2],
    "evidence": [*NO_NUMBERS, 2],
    "mixed": [*NO_NUMBERS, 2],
    "seconds": [-1.0, -1e300, 1e300, float("inf"), float("-inf")],
    "mistakes": ["", "{}", "[1]", "[null]", '"a"', "[" * 5000, '["a"', '["\\ud800"]'],
    "entries": ["", "[]", '{"output": 1}', '{"output": null}', "null", '{"a"'],
}
"""By column, what no program of this kind writes there."""

CASES = [(column, value) for column, values in IMPOSSIBLE.items() for value in values]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "practice.sqlite"
    with Store.open(path, Clock()) as store:
        store.add_learner("A")
        for n in range(3):
            store.record(answer(code=f"CODE-{n}", right=4, seconds=3, mistakes=("mean_taken",)))
    return path


def look(store: Store) -> None:
    """Ask for all that is told of a learner."""
    practice = Practice(store, store.learners()[0], lambda: START)
    assert practice.standings()
    assert practice.today()
    assert practice.days() is not None
    assert practice.round()
    assert practice.usual_mistakes()
    assert practice.history() is not practice.due()
    assert gradebook(store)


@pytest.mark.parametrize(("column", "value"), CASES, ids=[f"{c}-{v!r:.20}" for c, v in CASES])
def test_what_can_not_be_is_left_out_and_said_once(path: Path, column: str, value: object) -> None:
    put(path, "answers", column, value, "id = 2")
    with Store.open(path, Clock()) as store:
        look(store)
        look(store)
        assert [one.code for one in store.answers(1)] == ["CODE-0", "CODE-2"]
        (notice,) = store.notices
        assert (notice.reason, notice.values) == ("practice_left_out", {"count": 1})
        assert words.explain(notice)
        store.record(answer(code="CODE-3"))
        assert len(store.answers(1)) == 3
    with closing(sqlite3.connect(path)) as connection:  # it is not thrown away
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (4,)


STRANGE = {
    "code": ["", "x" * 10**5],
    "skill": ["", "no such skill"],
    "time": [
        "1900-01-03T00:00:00+00:00",
        "2199-12-29T23:59:59+00:00",
        "2026-04-01T09:00:00+23:59",
    ],
    "hints": [2**31 - 1],
    "cells": [2**31 - 1],
    "seconds": [0.0, rows.MAX_SECONDS],
    "mistakes": ["[]", '["no such mistake"]', '["' + "x" * 10**5 + '"]'],
    "entries": ["{}", '{"no such blank": "\\u0000"}'],
}


@pytest.mark.parametrize("column", STRANGE)
def test_what_is_only_strange_is_counted(path: Path, column: str) -> None:
    for value in STRANGE[column]:
        put(path, "answers", column, value, "id = 2")
        with Store.open(path, Clock()) as store:
            look(store)
            assert (len(store.answers(1)), store.notices) == (3, ())


@pytest.mark.parametrize(
    ("column", "value"), [("name", ""), ("name", "x" * 61), ("id", 2**31), ("id", -5)]
)
def test_a_learner_that_can_not_be_is_left_out(path: Path, column: str, value: object) -> None:
    with Store.open(path, Clock()) as store:
        store.add_learner("B")
    put(path, "learners", column, value, "name = 'B'")
    with Store.open(path, Clock()) as store:
        look(store)
        assert [one.name for one in store.learners()] == ["A"]
        assert [notice.reason for notice in store.notices] == ["practice_left_out"]


WEST, EAST = (timezone(timedelta(hours=hours)) for hours in (-12, 14))


@pytest.mark.parametrize(
    "facts",
    [
        *({"seconds": seconds} for seconds in (float("nan"), float("inf"), -3.0, 1e300)),
        *({"when": when.replace(tzinfo=WEST)} for when in (datetime.min, datetime.max)),
        *({"when": when.replace(tzinfo=EAST)} for when in (datetime.min, datetime.max)),
    ],
)
def test_what_is_written_can_be_read(path: Path, facts: dict[str, Any]) -> None:
    with Store.open(path, Clock()) as store:
        store.answers(1)
        store.record(answer(code="given", **facts))
        assert store.answers(1)[-1].code == "given"
    with Store.open(path, Clock()) as store:
        assert store.answers(1)[-1].code == "given"
        assert store.notices == ()
