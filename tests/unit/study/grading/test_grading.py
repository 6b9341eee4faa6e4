"""Each cell is right, wrong, or not a number yet; never wrong for how it is written."""

from __future__ import annotations

import pytest

from cnn_tutor.study.exercise import Blank
from cnn_tutor.study.grading.grading import grade
from tests.helpers.made_up import exercise, marks

TWO = {"a": 3.0, "b": -2.0}


@pytest.mark.parametrize(
    ("entries", "cells"),
    [
        ({"a": "3", "b": "-2"}, ("right", "right")),
        ({"a": "４", "b": "−2"}, ("wrong", "right")),
        ({"a": "3", "b": ""}, ("right", "empty")),
        ({"a": "3"}, ("right", "empty")),
        ({"a": " \u3000\t", "b": "2"}, ("empty", "wrong")),
        ({}, ("empty", "empty")),
        ({"a": "three", "b": "-2"}, ("not_a_number", "right")),
        ({"a": "nan", "b": "inf"}, ("not_a_number", "not_a_number")),
        ({"a": "3,000", "b": "-2"}, ("not_a_number", "right")),
        ({"a": "9,000", "b": "-2"}, ("not_a_number", "right")),
        ({"a": "3", "b": "-2", "c": "x", "": "5"}, ("right", "right")),
    ],
)
def test_each_cell_stands_for_itself(entries: dict[str, str], cells: tuple[str, str]) -> None:
    result = grade(exercise(TWO), entries)
    assert result.cells == dict(zip("ab", cells, strict=True))
    assert result.right == (cells == ("right", "right"))
    assert result.credit == (cells.count("right"), cells.count("right") + cells.count("wrong"))
    assert set(result.doubts) == {n for n, s in result.cells.items() if s == "not_a_number"}


def test_another_answer_that_is_accepted_as_a_whole_is_right() -> None:
    either = exercise(TWO, accepts=lambda numbers: numbers["a"] + numbers["b"] == 1)
    assert grade(either, {"a": "8", "b": "-7"}).right
    assert grade(either, {"a": "8", "b": "-6"}).cells == {"a": "wrong", "b": "wrong"}
    assert grade(either, {"a": "8", "b": ""}).cells == {"a": "wrong", "b": "empty"}
    assert grade(either, {"a": "8", "b": "−７x"}).cells == {"a": "wrong", "b": "not_a_number"}


# --- marks ---------------------------------------------------------------------------------------


def test_marking_just_the_wanted_cells_is_right() -> None:
    result = grade(exercise(marks("ab", "cde")), {"a": "1", "b": "1"})
    assert result.right
    assert set(result.cells.values()) == {"right"}
    assert result.credit == (2, 2)


def test_marks_that_are_missing_or_too_many_are_wrong() -> None:
    result = grade(exercise(marks("ab", "cde")), {"a": "1", "c": "1", "d": "0"})
    assert result.cells == {"a": "right", "b": "wrong", "c": "wrong", "d": "right", "e": "right"}
    assert result.credit == (1, 3)
    assert not result.right


def test_an_untouched_sheet_of_marks_is_empty() -> None:
    result = grade(exercise(marks("ab", "cde")), {"a": "", "c": " "})
    assert set(result.cells.values()) == {"empty"}
    assert result.credit == (0, 0)
    assert not result.right


def test_a_mark_does_not_fill_in_what_is_to_be_written() -> None:
    blanks = [*marks("a", "b"), Blank("n", 4.0, label={"ja": "数", "en": "count"})]
    assert grade(exercise(blanks), {"a": "1"}).cells == {"a": "right", "b": "right", "n": "empty"}
    assert grade(exercise(blanks), {"n": "4"}).cells == {"a": "empty", "b": "empty", "n": "right"}
    assert grade(exercise(blanks), {"a": "1", "n": "4"}).credit == (2, 2)


def test_where_nothing_is_to_be_marked_every_mark_counts() -> None:
    assert grade(exercise(marks("", "ab")), {"a": "0"}).credit == (2, 2)
    assert grade(exercise(marks("", "ab")), {}).credit == (0, 0)
