"""What a step can point at."""

from __future__ import annotations

import pytest

from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.target import Target, target
from tests.unit.study.lessons.written import pictured

START = pictured()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("settings", Target("settings")),
        ("settings.padding", Target("settings", "padding")),
        ("settings.x", Target("settings", "x")),
        ("settings.kernel", Target("settings", "kernel")),
        ("settings.axis:kernel:3", Target("settings", "axis:kernel:3")),
        ("views", Target("views")),
        ("views.matrices", Target("views", "matrices")),
        ("chain.add", Target("chain", "add")),
        ("chain.relu_1", Target("chain", "relu_1")),
        ("player", Target("player")),
    ],
)
def test_what_can_be_pointed_at(text: str, expected: Target) -> None:
    assert target(text, START) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("settings.nope", "settings.mask", "settings.rate", "settings.", "settings.axis:kernel:4"),
        *("settings.axis:mask:0", "views.photo", "views.", "chain.relu_2", "chain.input"),
        *("products.x", "player.", "code.keras", "size.x", "formula.x", "relu_1/output", "x.max"),
    ],
)
def test_what_can_not(text: str) -> None:
    with pytest.raises(LessonError):
        target(text, START)
