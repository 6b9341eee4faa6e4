"""What is wrong with a lesson, and where."""

from __future__ import annotations

import pytest

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project.file import FileError
from cnn_tutor.study.lessons.language.fault import LessonError, at


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (Refusal("reason", value=3), "steps[0].set"),
        (LessonError("reason", value=3), "steps[0].set"),
        (LessonError("reason", "steps[0].set[1]", value=3), "steps[0].set[1]"),
        (FileError("reason", "nodes[0].kind", value=3), "steps[0].set.nodes[0].kind"),
    ],
)
def test_the_innermost_key_is_said_of_any_refusal(error: Refusal, key: str) -> None:
    with pytest.raises(LessonError) as refused, at("steps[0].set"):
        raise error
    fault = refused.value
    assert (fault.reason, fault.key, fault.values) == ("reason", key, {"value": 3})


def test_where_it_is_in_the_language_that_is_spoken(language: str) -> None:
    fault = LessonError("lesson_task", "steps[0].task", 7)
    fault.inside = "nodes[0]"
    assert "steps[0].task (nodes[0])" in fault.where
    assert "7" in fault.where
    assert LessonError("lesson_task", "steps[0].task").where == "steps[0].task"
