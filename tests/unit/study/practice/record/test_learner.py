"""A learner's name is something to see, on one line, and not too long."""

from __future__ import annotations

import pytest

from cnn_tutor.study.practice.record.learner import NAME_LIMIT, NameRefused, tidied


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("  A \t B ", "A B"),
        ("花子\u200b", "花子"),
        ("e\u0301", "é"),
        ("あ" * NAME_LIMIT, "あ" * NAME_LIMIT),
    ],
)
def test_a_name_is_tidied(name: str, kept: str) -> None:
    assert tidied(name) == kept


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "practice_name_empty"),
        (" \u3000\n", "practice_name_empty"),
        ("\u200b\u200b", "practice_name_empty"),
        ("\u3164\u2800", "practice_name_empty"),
        ("あ" * (NAME_LIMIT + 1), "practice_name_long"),
    ],
)
def test_what_can_not_be_a_name_is_refused(name: str, reason: str) -> None:
    with pytest.raises(NameRefused, match=reason):
        tidied(name)
