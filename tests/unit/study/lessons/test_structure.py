"""The keys of a lesson's file: what is not of its type is said with its key."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.structure import convert
from tests.unit.study.lessons.written import EXAMPLE, in_one


def test_a_text_is_one_line_in_each_language() -> None:
    content = tomllib.loads(EXAMPLE)
    content["title"] = {"ja": " 一\n二 ", "en": "one\n  two"}
    assert convert(content).title.sides == {"ja": "一 二", "en": "one two"}


@pytest.mark.parametrize(
    ("change", "reason", "key"),
    [
        ({"title": 1}, "file_type", "title"),
        ({"order": 2**20_000}, "not_finite", "order"),
        ({"boards": {"a": {"kind": 3}}}, "file_type", "boards.a.kind"),
        (
            {"boards": {"a": {"tensors": {"x": {"lot": "1"}}}}},
            "file_type",
            "boards.a.tensors.x.lot",
        ),
        (
            {"boards": {"a": {"nodes": [{"kind": "relu", "tensors": {"x": {"a": 1}}}]}}},
            "lesson_unknown_key",
            "boards.a.nodes[0].tensors.x.a",
        ),
    ],
)
def test_what_is_of_another_type_is_said_with_its_key(
    change: dict[str, Any], reason: str, key: str
) -> None:
    with pytest.raises(LessonError) as refused:
        convert({**tomllib.loads(EXAMPLE), **change})
    assert (refused.value.reason, refused.value.key) == (reason, key)


@pytest.mark.parametrize(("language", "other"), [("ja", "en"), ("en", "ja")])
def test_a_lesson_may_be_in_one_language(language: str, other: str) -> None:
    content = convert(tomllib.loads(in_one(language)))
    whole = convert(tomllib.loads(EXAMPLE))
    assert list(content.title.given) == [language]
    for step, both in zip(content.steps, whole.steps, strict=True):
        assert step.caption.sides[other] == step.caption.sides[language]
        assert step.caption.sides[language] == both.caption.sides[language]


@pytest.mark.parametrize(
    ("key", "missing"), [("steps[1].caption", "en"), ("steps[1].task.remarks[0]", "ja")]
)
def test_every_text_is_in_the_languages_of_the_title(key: str, missing: str) -> None:
    content = tomllib.loads(EXAMPLE)
    step = content["steps"][1]
    text = step["caption"] if "caption" in key else step["task"]["remarks"][0]
    del text[missing]
    with pytest.raises(LessonError) as refused:
        convert(content)
    assert (refused.value.reason, refused.value.key) == ("lesson_missing", key)
    assert refused.value.values["name"] == missing
