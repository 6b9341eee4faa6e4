"""However a number is spelled, it is graded by what it is worth."""

from __future__ import annotations

import pytest

from cnn_tutor.study.exercise import Outcome
from cnn_tutor.study.grading.grading import grade
from tests.helpers.made_up import exercise
from tests.unit.study.test_numbers import READ, REFUSED

SPELLED = [(text, value) for value, texts in READ.items() for text in texts]

BLANK = ("", " ", "   ", "\t", "\n", "\u3000", "\u00a0", "\u3000 \u2009")

AMBIGUOUS: dict[str, tuple[float, float]] = {
    "1,000": (1000, 1), "１，０００": (1000, 1), "1、000": (1000, 1), "−1,500": (-1500, -1.5),
    "12,345": (12345, 12.345), "+1,234": (1234, 1.234), " 1,000 ": (1000, 1), "1 , 000": (1000, 1),
}  # fmt: skip


def state(text: str, answer: float) -> str:
    near = exercise({"a": answer}, [Outcome("no_such_mistake", {"b": 0.0})])
    return grade(near, {"a": text}).cells["a"]


@pytest.mark.parametrize(("text", "value"), SPELLED)
def test_a_number_is_right_or_wrong_however_it_is_spelled(text: str, value: float) -> None:
    assert state(text, value) == "right"
    others = {*READ, -value, value + 1, value * 10, value * 1000, value / 10, value / 1000}
    others |= {float(n) for n in range(10)} | {4 / 3, 0.05, 0.03, 5.0, 15.0, 33.0}
    for other in others:
        if abs(other - value) > 0.01:
            assert state(text, other) == "wrong", other


@pytest.mark.parametrize("text", [text for text in REFUSED if text.strip()])
def test_what_is_no_number_is_neither_right_nor_wrong(text: str) -> None:
    for answer in (*range(-3, 4), 9, 12, 33, 0.5, 1 / 3, 1000):
        assert state(text, answer) == "not_a_number"


@pytest.mark.parametrize("text", BLANK)
def test_a_blank_is_empty(text: str) -> None:
    assert state(text, 0) == state(text, 3) == "empty"


@pytest.mark.parametrize(("text", "readings"), AMBIGUOUS.items())
def test_what_can_be_two_numbers_is_asked_about(text: str, readings: tuple[float, float]) -> None:
    """Even where neither is right: the question must not tell which one is."""
    for answer in (*readings, 3.0):
        result = grade(exercise({"a": answer}), {"a": text})
        assert result.cells["a"] == "not_a_number"
        doubt = result.doubts["a"]
        assert doubt.reason == "ambiguous_number"
        assert (doubt.values["first"], doubt.values["second"]) == readings
