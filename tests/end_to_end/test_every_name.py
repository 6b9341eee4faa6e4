"""Whatever the keyboard comes to, on any page and in any window, has a name to be read out."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from cnn_tutor.app.chapters.chapter_list import ChapterList
from cnn_tutor.app.keyed_list import KEY
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from tests.end_to_end.looks import window
from tests.helpers.lesson_window import settle
from tests.helpers.looking import nameless

__all__ = ["window"]


def chapters(window: MainWindow) -> list[str]:
    keys = [item.data(0, KEY) for item in window.findChild(ChapterList).all_items()]
    return [key for key in keys if key]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_on_every_page(window: MainWindow, language: str) -> None:
    window.set_language(language)
    faults: dict[str, list[str]] = {}
    for key in chapters(window):
        window.open_chapter(key)
        settle()
        for view in range(window.lab.views.tabs.count()):
            window.lab.views.tabs.setCurrentIndex(view)
            settle()
            faults[f"{key} {view}"] = nameless(window)
    assert len(faults) > len(presets())
    assert not any(faults.values()), {key: found for key, found in faults.items() if found}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_in_every_window_that_a_menu_opens(window: MainWindow, language: str) -> None:
    window.set_language(language)
    opened, faults = set(), []
    for action in opening(window):
        action.trigger()
        settle()
        for other in QApplication.topLevelWidgets():
            if other.isVisible() and other is not window and not isinstance(other, QFileDialog):
                opened.add(type(other).__name__)
                faults += nameless(other)
        close_others(window)
    assert len(opened) > 3, opened
    assert not faults, "\n".join(faults)


def opening(window: MainWindow) -> list[QAction]:
    """Return what asks for something in a window of its own."""
    menus = window.menuBar().findChildren(QMenu)
    actions = {a.text(): a for menu in menus for a in menu.actions() if a.menu() is None}
    return [a for text, a in actions.items() if text.endswith("…") and a.isEnabled()]


def close_others(window: QWidget) -> None:
    for other in QApplication.topLevelWidgets():
        if other.isVisible() and other is not window:
            other.close()
    settle()
