"""What macOS moves out of the menus, and what a lesson offers, is what it should be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.project.file import encode
from cnn_tutor.study import words
from tests.helpers.lesson_window import settle

ROLES = QAction.MenuRole


def actions(menu: QMenu) -> Iterator[QAction]:
    """Go through all that is in a menu and those below it, filled as for being shown."""
    menu.aboutToShow.emit()
    for action in menu.actions():
        yield action
        below = action.menu()
        if isinstance(below, QMenu):
            yield from actions(below)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_only_quit_and_about_leave_their_menus(qtbot, tmp_path, preferences, language: str) -> None:
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    window.set_language(language)
    QApplication.processEvents()
    for name in ("Setup.cnnt", "about.cnnt", "quit.cnnt"):
        (tmp_path / name).write_bytes(encode(window.document.project))
        preferences.add_recent(str(tmp_path / name))
    found: dict[QAction.MenuRole, list[str]] = {}
    for bar_action in window.menuBar().actions():
        for action in actions(bar_action.menu()):
            found.setdefault(action.menuRole(), []).append(action.text())
    assert set(found) == {ROLES.NoRole, ROLES.QuitRole, ROLES.AboutRole}
    texts = {"en": ("&Quit", "&About CNN Tutor"), "ja": ("終了(&Q)", "CNN Tutor について(&A)")}
    assert (found[ROLES.QuitRole], found[ROLES.AboutRole]) == tuple([t] for t in texts[language])
    assert any("Setup.cnnt" in text for text in found[ROLES.NoRole])


# --- the lesson -----------------------------------------------------------------------------------


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
