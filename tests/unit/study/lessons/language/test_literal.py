"""Numbers and words as they stand in conditions and answers."""

from __future__ import annotations

import pytest

from cnn_tutor.study.lessons.language import literal
from cnn_tutor.study.lessons.language.fault import LessonError


def test_numbers_stand_in_rows() -> None:
    for text, rows in (("3", [[3]]), ("0 1 / 1, 0", [[0, 1], [1, 0]]), ("1/2 −1", [[0.5, -1]])):
        found = literal.rows(text)
        assert found is not None
        assert found.tolist() == rows
    assert literal.rows("wide") is None
    with pytest.raises(LessonError, match="lesson_rows"):
        literal.rows("1 2 / 3")


@pytest.mark.parametrize(
    ("text", "like", "value"),
    [
        ("no", True, False), ("2", (1, 1), (2, 2)), ("1 2", (1, 1), (1, 2)), ("0.25", 0.5, 0.25),
        ("same", "valid", "same"), ("1", "valid", ((1, 1), (1, 1))),
        ("0 1 2 3", ((0, 0), (0, 0)), ((0, 1), (2, 3))),
    ],
)  # fmt: skip
def test_a_setting_is_read_as_the_one_that_it_takes_the_place_of(
    text: str, like: object, value: object
) -> None:
    assert literal.setting(text, like) == value
