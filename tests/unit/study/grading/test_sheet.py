"""What stands in the blanks, read."""

from __future__ import annotations

import pytest

from cnn_tutor.study.grading.grading import Grade
from cnn_tutor.study.grading.sheet import read
from tests.helpers.made_up import exercise, marks


@pytest.mark.parametrize("text", ["3", " ３ ", "3,0", "6/2", "−3", "3.1"])
def test_a_number_is_right_or_wrong_however_it_is_spelled(text: str) -> None:
    sheet = read(exercise({"a": 3.0}), {"a": text})
    assert sheet.cells["a"] == ("wrong" if text in ("−3", "3.1") else "right")
    assert sheet.wrong == (("a",) if text in ("−3", "3.1") else ())


@pytest.mark.parametrize("text", ["x", "3x", "nan", "1_000", "3²"])
def test_what_is_no_number_is_neither_right_nor_wrong(text: str) -> None:
    sheet = read(exercise({"a": 3.0}), {"a": text})
    assert (sheet.cells, sheet.numbers) == ({"a": "not_a_number"}, {})


@pytest.mark.parametrize("text", ["", " ", "\t", "\n", "\u3000", "\u00a0", "\u3000 \u2009"])
def test_a_blank_is_empty(text: str) -> None:
    for answer in (0.0, 3.0):
        assert read(exercise({"a": answer}), {"a": text}).cells["a"] == "empty"


@pytest.mark.parametrize("answer", [1500, 1.5, 3])
def test_what_can_be_two_numbers_is_asked_about(answer: float) -> None:
    """Even where neither is right: the question must not tell which one is."""
    sheet = read(exercise({"a": answer}), {"a": "１，500"})
    assert sheet.cells["a"] == "not_a_number"
    doubt = sheet.doubts["a"]
    assert doubt.reason == "ambiguous_number"
    assert (doubt.values["first"], doubt.values["second"]) == (1500, 1.5)


def test_marks_that_are_rightly_left_out_are_no_achievement() -> None:
    sheet = read(exercise(marks("ab", "cd")), {"a": "1", "c": "1"})
    assert Grade(sheet).unmarked == {"d"}
    assert sheet.wrong == ("b", "c")
