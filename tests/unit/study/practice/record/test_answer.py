"""An answer comes back from its row as it was given."""

from __future__ import annotations

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


def test_its_time_is_kept_in_utc_with_the_offset() -> None:
    assert "2026-04-01T00:00:00.000000+00:00" in FULL.to_row()


def test_half_a_letter_that_no_file_holds_is_made_harmless() -> None:
    row = answer(entries={"a": "\ud800"}).to_row()
    assert Answer.of_row((1, *row, b"")).entries == {"a": "?"}


def test_only_what_was_done_alone_and_at_first_counts() -> None:
    assert answer().counts
    for more in ({"first": False}, {"hints": 1}, {"shown": True}, {"evidence": False}):
        assert not answer(**more).counts
