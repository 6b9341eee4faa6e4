"""The window on practice, as its tests share it: exercises to open, rounds, what is said."""

from __future__ import annotations

from PySide6.QtCore import QStandardPaths

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.study import words
from cnn_tutor.study.practice.mastery.standing import ALL
from cnn_tutor.widgets.overlays.notice import Notice
from tests.helpers.drilling import item
from tests.helpers.lesson_window import press, settle
from tests.helpers.practice_player import PracticePlayer
from tests.helpers.settings_place import emptied

CELL = ("one_output_cell", "conv2d", 1, 1)
GRID = ("whole_output", "conv2d", 3, 1)
LINE = ("output_size", "conv2d", 3, 1)
MARKS = ("receptive_field", "conv2d", 1, 1)
LAB = "Blur"
Location = QStandardPaths.StandardLocation


def fresh_preferences() -> Preferences:
    """Return the preferences of a learner who has never been here."""
    emptied()
    return Preferences()


def title(page: str) -> str:
    return words.say(f"chapters.{page}_page")


def notices(window: MainWindow) -> list[str]:
    return [notice.text() for notice in window.findChildren(Notice) if notice.isVisible()]


def on_round(player: PracticePlayer, *facts: tuple[str, str, int, int], stage: int = ALL) -> None:
    """Begin a round of these exercises, as if they had been planned."""
    planned = tuple(item(one, stage) for one in facts)
    given = player.window.practice.practice
    given.round = lambda *chosen: planned
    given.adjusted = lambda one: one  # however hard it should be by then
    press(player.window, "F9")
    settle()
    assert player.exercise.seed == facts[0][-1]
    del given.round


def entered(player: PracticePlayer) -> dict[str, str]:
    return {name: text for name, text in player.sheet.entries.items() if text}
