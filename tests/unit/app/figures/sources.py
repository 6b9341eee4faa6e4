"""What figures are made of in tests: a preset as the window would show it."""

from __future__ import annotations

from cnn_tutor.app.figures.source import Source
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.menus.figure_menu import source_of
from tests.helpers.lesson_window import settle


def source(window: MainWindow, chapter: str) -> Source:
    """Open a chapter and return what a figure of it is made of."""
    window.open_chapter(chapter)
    settle()
    found = source_of(window.parts)
    assert found is not None
    return found
