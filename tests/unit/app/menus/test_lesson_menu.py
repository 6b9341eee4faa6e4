"""Only what there is to do in a lesson can be chosen from its menu."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu

from cnn_tutor.app.main_window import MainWindow
from tests.helpers.lesson_window import settle


def offered(window: MainWindow) -> list[str]:
    (menu,) = (m for m in window.menuBar().findChildren(QMenu) if m.title() == "&Lesson")
    return [action.text().replace("&", "") for action in menu.actions() if action.isEnabled()]


def test_outside_a_lesson_there_is_nothing_to_do(window: MainWindow) -> None:
    assert offered(window) == []


LEAVE = ["Free lab on this topic", "Close this lesson"]


@pytest.mark.parametrize(
    ("place", "can"),
    [
        (0, ["Next step", *LEAVE]),
        (1, ["Back one step", "Show me how", *LEAVE]),
    ],
)
def test_a_step_offers_what_it_has(lesson: MainWindow, place: int, can: list[str]) -> None:
    lesson.guide.go_to(place)
    settle()
    assert [text for text in offered(lesson) if text != "Next step" or place == 0] == can
    lesson.open_chapter("practice")
    settle()
    assert offered(lesson) == []
