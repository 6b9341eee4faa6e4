"""An answer comes back from its row as it was given."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest

from cnn_tutor.study.practice.record.answer import Answer
from tests.unit.study.practice.given import START, answer

FULL = answer(
    learner=1,
    code="A2-4F",
    skill="rgb",
    when=START,
    right=7,
    of=9,
    first=False,
    hints=2,
    shown=True,
    evidence=False,
    mixed=True,
    seconds=12.25,
    mistakes=("flipped_kernel", "mean_taken"),
    entries={"output[0,0,0]": "−12", "output[0,1,0]": "１／３ \x00 \U0001f600"},
)


def test_it_comes_back_from_its_row() -> None:
    for given in (FULL, answer(right=False), answer(right=2, of=2, left=True)):
        assert Answer.of_row((1, *given.to_row(), b"")) == given


def test_its_time_is_kept_with_the_offset_of_its_place() -> None:
    assert "2026-04-01T09:00:00.000000+09:00" in FULL.to_row()
    london = answer(when=datetime(2026, 1, 5, 23, 59, tzinfo=UTC))
    assert "2026-01-05T23:59:00.000000Z" in london.to_row()
    for given in (FULL, london):
        again = Answer.of_row((1, *given.to_row(), b""))
        assert again.when.utcoffset() == given.when.utcoffset()
        assert again.day == given.day


@pytest.mark.parametrize(("zone", "day"), [("Asia/Tokyo", 2), ("America/New_York", 1)])
def test_a_time_that_was_kept_without_its_place_is_read_where_the_learner_is_now(
    monkeypatch, zone, day
) -> None:
    """Its offset is that of the time when it was given, over a change of clocks."""
    row = list(answer().to_row())
    row[3] = "2026-03-01T20:00:00.000000+00:00"
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert Answer.of_row((1, *row, b"")).day == date(2026, 3, day)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_half_a_letter_that_no_file_holds_is_made_harmless() -> None:
    row = answer(entries={"a": "\ud800"}).to_row()
    assert Answer.of_row((1, *row, b"")).entries == {"a": "?"}


def test_only_what_was_done_alone_and_at_first_counts() -> None:
    assert answer().counts
    for more in ({"first": False}, {"hints": 1}, {"shown": True}, {"evidence": False}):
        assert not answer(**more).counts
