"""The card over the board."""

from __future__ import annotations

from pathlib import Path

import pytest

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.glossary import plain
from tests.helpers.example_lesson import EXAMPLE
from tests.helpers.lesson_window import caption, click, part, settle
from tests.unit.study.lessons.written import in_one


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


def test_a_lesson_in_the_other_language_says_so_at_its_first_step(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "one.toml"
    path.write_text(in_one("ja"), "utf-8")
    window.open_path(str(path))
    settle()
    note = "This lesson is in Japanese only."
    assert caption(window).startswith(note)
    assert "左上の4マス" in caption(window)
    click(window, "lesson_next")
    assert caption(window).startswith("フィルタが1マス")
    click(window, "lesson_back")
    assert caption(window).startswith(note)
    window.set_language("ja")
    settle()
    assert caption(window).startswith("左上の4マス")


def test_a_lesson_in_both_languages_says_nothing_of_it(lesson: MainWindow) -> None:
    assert caption(lesson).startswith("The four cells")


def test_what_is_said_can_be_had_without_marks(lesson: MainWindow) -> None:
    card, step = lesson.lab.caption, lesson.guide.step
    assert step is not None
    title, text = card.plain_caption
    assert title == lesson.guide.lesson.title
    assert text
    assert not {"*", "<", "["} & set(text)
    lesson.open_chapter("rgb")
    settle()
    assert card.plain_caption == (presets()["rgb"].title, plain(presets()["rgb"].caption))
