"""Chapters are opened by their keys, and nothing of a file is lost by it."""

from __future__ import annotations

import pytest

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.practice import PRACTICE
from tests.helpers.lesson_window import settle

LESSON = "lesson_pooling"


def test_the_key_of_what_is_on(window: MainWindow) -> None:
    for key in ("blur", LESSON, PRACTICE):
        window.chapters.open(key)
        assert window.chapters.on == key
    window.practice.leave()
    assert window.chapters.on == LESSON


@pytest.mark.parametrize(
    ("key", "step", "place"), [(LESSON, 0, 0), (LESSON, 3, 2), (LESSON, 999, -1)]
)
def test_a_lesson_is_opened_at_a_step(window: MainWindow, key: str, step: int, place: int) -> None:
    lesson = window.guide.library[key].lesson
    project = window.chapters.project(key, step)
    assert project.origin == f"{key}/{lesson.steps[place].key}"
    assert window.chapters.project(project.origin) == project


def test_a_lesson_that_is_on_stays_at_its_step(window: MainWindow) -> None:
    window.chapters.choose(LESSON)
    window.guide.go_to(2)
    window.chapters.choose(PRACTICE)
    settle()
    window.chapters.choose(LESSON)
    assert (window.chapters.on, window.guide.place) == (LESSON, 2)
    window.chapters.open_lab()
    assert window.chapters.on == window.guide.library[LESSON].lab


def test_an_own_lesson_is_left_for_its_lab_and_closed(lesson: MainWindow) -> None:
    closed: list[str] = []
    lesson.chapters.close("own_first", closed.append)
    assert closed == ["own_first"]
    assert lesson.chapters.on in presets()
