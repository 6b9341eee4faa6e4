"""The card over the board."""

from __future__ import annotations

import pytest

from cnn_tutor.app.main_window import MainWindow
from tests.helpers.lesson_window import part


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_buttons_of_a_lesson_stand_level(lesson: MainWindow, language: str) -> None:
    lesson.set_language(language)
    names = ("lesson_back", "lesson_restore", "lesson_next")
    spans = {(box.top(), box.height()) for name in names for box in [part(lesson, name).geometry()]}
    assert len(spans) == 1
