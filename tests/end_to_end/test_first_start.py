"""A beginner has one thing to do at a time; settings and player come when a lesson needs them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.restoring import Restoring
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.style import appearance
from cnn_tutor.study.lessons.language.target import PANEL, PLAYER
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.widgets.style import colours
from tests.end_to_end.looks import window
from tests.end_to_end.test_nothing_moves import moved, places
from tests.helpers.driver import settle
from tests.helpers.lesson_window import click, opened, part, press
from tests.helpers.settings_place import emptied
from tests.helpers.widgets import OFFSCREEN

__all__ = ["window"]
pytestmark = OFFSCREEN

FIRST = next(iter(Library()))


def blue(window: MainWindow) -> list[str]:
    """Return the buttons that can be used now and are filled with the accent's colour."""
    accent = colours.colour(colours.current().accent)
    return [
        button.objectName()
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled() and ground(button) == accent
    ]


def ground(button: QAbstractButton) -> object:
    image: QImage = button.grab().toImage()
    return image.pixelColor(image.width() // 2, image.height() // 8)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_first_start_has_one_blue_button(qtbot, theme: str) -> None:
    emptied()
    preferences = Preferences()
    window = MainWindow(preferences)
    Restoring(window, preferences).restore()
    opened(qtbot, window, 1280, 720)
    appearance.apply(theme)
    settle()
    assert window.guide.lesson.key == FIRST
    assert blue(window) == ["lesson_next"]
    assert not part(window, "player").isVisible()
    assert not part(window, "inspector").isVisible()


def test_free_boards_have_everything(window: MainWindow) -> None:
    window.open_chapter(FIRST)
    window.open_chapter("convolution")
    settle()
    assert blue(window) == ["step_play"]
    assert part(window, "inspector").isVisible()


@pytest.mark.parametrize("key", Library())
def test_a_lesson_shows_what_a_step_needs_and_all_that_was_needed(window, key: str) -> None:
    lesson = Library()[key].lesson
    seen: frozenset[str] = frozenset()
    for place, step in enumerate(lesson.steps):
        window.document.open(window.chapters.project(key, place + 1))
        settle()
        seen |= step.needs(lesson.scene(place))
        assert part(window, "player").isVisible() == (PLAYER in seen), step.key
        assert part(window, "inspector").isVisible() == (PANEL in seen), step.key
        assert set(blue(window)) <= {"lesson_next"}, step.key


def test_the_board_stays_where_it_is_when_the_player_comes(window: MainWindow) -> None:
    window.open_chapter(FIRST)
    click(window, "lesson_next")
    before = places(window.lab.board, window)
    click(window, "lesson_next")
    assert part(window, "player").isVisible()
    assert not moved(before, places(window.lab.board, window))


def test_the_panel_can_be_had_earlier_and_stays(window: MainWindow) -> None:
    window.open_chapter(FIRST)
    settle()
    press(window, "Ctrl+Shift+B")
    assert part(window, "inspector").isVisible()
    press(window, "Ctrl+B")
    click(window, "lesson_next")
    assert part(window, "inspector").isVisible()
    QTest.mouseClick(part(window, "fold_panel"), Qt.MouseButton.LeftButton)
    assert not part(window, "inspector").isVisible()
    press(window, "Ctrl+B")


def test_who_plays_by_a_key_sees_the_player(window: MainWindow) -> None:
    window.open_chapter(FIRST)
    settle()
    press(window, "F5")
    assert part(window, "player").isVisible()
    press(window, "F5")
