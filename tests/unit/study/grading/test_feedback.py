"""What is said about an answer."""

from __future__ import annotations

import pytest

from cnn_tutor.study import words
from cnn_tutor.study.exercise import Blank
from cnn_tutor.study.grading.feedback import about_all, about_cell
from cnn_tutor.study.grading.grading import grade
from tests.helpers.made_up import exercise, marks

TWO = {"a": 3.0, "b": -2.0}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["output[0, 0, 0]", "empty"]),
        ("3", ["output[0, 0, 0]", "3"]),
        ("-4", ["output[0, 0, 0]", "−4"]),
        ("x", ["x", "number"]),
        ("1,000", ["1,000", "1000"]),
    ],
)
def test_something_is_said_of_every_cell(text: str, parts: list[str]) -> None:
    asked, entries = exercise({"a": 3.0}), {"a": text}
    said = about_cell(asked, grade(asked, entries), entries, "a")
    assert all(part in said["en"].lower() for part in parts)
    assert set(said) == set(words.LANGUAGES)
    assert said["ja"] != said["en"]


def test_a_blank_in_a_line_goes_by_its_label() -> None:
    asked = exercise([Blank("n", 4.0, label={"ja": "出力の高さ", "en": "output height"})])
    entries = {"n": "5"}
    said = about_cell(asked, grade(asked, entries), entries, "n")
    assert "出力の高さ" in said["ja"]
    assert "output height" in said["en"]


@pytest.mark.parametrize("entries", [{"a": "1"}, {"a": "1", "b": "1", "c": "1"}])
def test_something_is_said_of_a_mark_that_is_wrong(entries: dict[str, str]) -> None:
    asked = exercise(marks("ab", "cd"))
    wrong = "b" if len(entries) == 1 else "c"
    result = grade(asked, entries)
    assert [name for name, state in result.cells.items() if state == "wrong"] == [wrong]
    said = about_cell(asked, result, entries, wrong)["en"].lower()
    assert ("missing" if wrong == "b" else "not part of it") in said


@pytest.mark.parametrize(
    ("entries", "parts"),
    [
        ({"a": "3", "b": "-2"}, ["Correct"]),
        ({"a": "3", "b": "2"}, ["1 right, 1 wrong."]),
        ({"a": "3", "b": ""}, ["1 right, 1 empty."]),
        ({"a": "4", "b": ""}, ["1 wrong, 1 empty."]),
        ({"a": "x", "b": ""}, ["1 empty. Not read as a number yet: 1"]),
    ],
)
def test_the_whole_answer_is_summed_up(entries: dict[str, str], parts: list[str]) -> None:
    said = about_all(grade(exercise(TWO), entries))
    assert all(part in said["en"] for part in parts)
    assert said["ja"].endswith(("。", "）。"))


def test_what_is_right_wrong_and_empty_is_counted_each() -> None:
    said = about_all(grade(exercise(TWO | {"c": 1.0}), {"a": "3", "b": "9"}))
    assert said["en"] == "1 right, 1 wrong, 1 empty."
    assert said["ja"] == "正解1個、間違い1個、空欄1個です。"


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("abcf", "3 right, 1 too many, 2 missed."),
        ("abcdefgh", "5 right, 3 too many."),
        ("a", "1 right, 4 missed."),
        ("fgh", "3 too many, 5 missed."),
        ("abcde", "Correct."),
    ],
)
def test_marks_are_right_too_many_or_missed(marked: str, said: str) -> None:
    found = grade(exercise(marks("abcde", "fghijk")), dict.fromkeys(marked, "1"))
    assert about_all(found)["en"] == said


def test_of_a_single_mark_in_the_wrong_place_nothing_is_counted() -> None:
    found = grade(exercise(marks("a", "bcd")), {"b": "1"})
    assert about_all(found)["en"] == "Not right yet."


@pytest.mark.parametrize(
    ("text", "said"),
    [("3", "Correct."), ("4", "Not right yet."), ("", "Still empty."), ("x", "Not read as")],
)
def test_of_a_single_blank_nothing_is_counted(text: str, said: str) -> None:
    whole = about_all(grade(exercise({"a": 3.0}), {"a": text}))
    assert whole["en"].startswith(said)
    assert whole["ja"].endswith("。")
    assert not any(side.isdigit() for sides in whole.values() for side in sides)
