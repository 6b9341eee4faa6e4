"""The card over the board."""

from __future__ import annotations

from pathlib import Path

import pytest

from cnn_tutor.app.main_window import MainWindow
from tests.helpers.example_lesson import EXAMPLE
from tests.helpers.lesson_window import click, part, settle


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_buttons_of_a_lesson_stand_level(lesson: MainWindow, language: str) -> None:
    lesson.set_language(language)
    names = ("lesson_back", "lesson_restore", "lesson_next")
    spans = {(box.top(), box.height()) for name in names for box in [part(lesson, name).geometry()]}
    assert len(spans) == 1


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_button_of_the_last_step_keeps_its_width_when_that_is_done(
    window: MainWindow, tmp_path: Path, language: str
) -> None:
    """The texts beside it would run over more lines, and the board would move."""
    window.set_language(language)
    path = tmp_path / "one.toml"
    path.write_text(EXAMPLE.partition('[[steps]]\nid = "guess"')[0], "utf-8")
    window.open_path(str(path))
    settle()
    button = part(window, "lesson_next")
    before, said = button.geometry(), button.text()
    click(window, "lesson_next")
    assert button.text() != said
    assert button.geometry() == before
