"""One exercise: its blanks, and what is left of it where it fades."""

from __future__ import annotations

import pytest

from cnn_tutor.study.exercises import generate
from tests.helpers.made_up import exercise, marks


def test_the_last_step_alone_still_has_its_mistakes():
    faded = generate("output_size", "conv2d", 1, 3).faded()
    assert [blank.name for blank in faded.blanks] == ["size"]
    assert {name for outcome in faded.outcomes for name in outcome.entries} == {"size"}


def test_marks_are_no_steps_that_fade() -> None:
    faded = exercise(marks("ab", "c")).faded()
    assert (len(faded.blanks), faded.filled, faded.evidence) == (3, (), False)


def test_a_blank_goes_by_its_name() -> None:
    asked = exercise({"a": 1.0, "b": 2.0})
    assert asked.blank("b").answer == 2
    with pytest.raises(KeyError):
        asked.blank("c")


def test_what_a_mistake_leaves_as_it_is_differs_only_if_nothing_else_does() -> None:
    asked = exercise({"a": 1.0, "b": 2.0})
    assert asked.differing({"a": 1.0, "b": 3.0, "c": 4.0}) == {"b": 3}
    assert asked.differing({"a": 1.0, "c": 4.0}) == {"a": 1}
