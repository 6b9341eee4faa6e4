"""What several tests of the window share."""

from __future__ import annotations

import pytest

from cnn_tutor.app.chapters import lesson_files
from cnn_tutor.app.main_window import MainWindow
from tests.helpers.example_lesson import EXAMPLE
from tests.helpers.lesson_window import opened, settle
from tests.helpers.practice_player import PracticePlayer


@pytest.fixture(autouse=True)
def _no_hurry(monkeypatch) -> None:
    """Have time stand still while lessons are opened; a test of their limit has its own clock."""
    monkeypatch.setattr(lesson_files, "monotonic", lambda: 0.0)


@pytest.fixture
def window(qtbot) -> MainWindow:
    return opened(qtbot, MainWindow(), 1280, 800)  # wide enough for the panels


@pytest.fixture
def player(window) -> PracticePlayer:
    return PracticePlayer(window)


@pytest.fixture
def lesson(window, tmp_path) -> MainWindow:
    """The window on the three steps of the example: watch, guess, change."""
    path = tmp_path / "first.toml"
    path.write_text(EXAMPLE, "utf-8")
    window.open_path(str(path))
    settle()
    return window
