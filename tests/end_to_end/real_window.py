"""Starts the program for the first time in a real window, works in it, closes it and reads its log.

    python -m tests.end_to_end.real_window

Other tests run without a screen, where nothing moves and the platform of real windows is not there
to fail. This needs a display, and HOME to be an empty folder. It exits with 0 if all went well.
"""

from __future__ import annotations

import re
import sys
import traceback
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget

from cnn_tutor.app.cli import session
from cnn_tutor.app.cli.command_line import run
from cnn_tutor.app.errors.log import log_folder
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.study import words
from cnn_tutor.study.practice import PRACTICE
from cnn_tutor.widgets.style import colours
from tests.end_to_end.lesson_player import LessonPlayer
from tests.helpers.hanging import HANGS
from tests.helpers.practice_player import PracticePlayer, right, wrong

FIRST = "lesson_convolution"
SIZE = "1280x720"
STEPS = 3


class RealSession(session.Session):
    """A run of the program in which somebody works as soon as there is a window."""

    wrong: str | None = "the window was closed before the work was done"

    def _made(self, preferences: Preferences | None) -> MainWindow:
        window = super()._made(preferences)
        QTimer.singleShot(0, window, lambda: self._work(window))
        return window

    def _work(self, window: MainWindow) -> None:
        try:
            work(window)
            RealSession.wrong = None
        except Exception:
            RealSession.wrong = traceback.format_exc()
            window.document.undo_stack.setClean()
        window.close()


def work(window: MainWindow) -> None:
    """Do what a learner does in the first minutes."""
    window.activateWindow()
    active = QTest.qWaitForWindowActive(window, HANGS * 1000)
    assert active, "the window does not become active"

    lesson = window.guide.lesson
    assert lesson is not None, "the first start opens no lesson"
    assert lesson.key == FIRST
    player = LessonPlayer(window)
    for place in range(STEPS):
        player.play_step(lesson, place)
        assert window.guide.place == place + 1, player.faults
    assert not player.faults, player.faults

    before = window.document.evaluation.value("input")[0, 0, 0]
    player.write("x", (0, 0, 0), "7")
    assert window.document.evaluation.value("input")[0, 0, 0] == 7 != before
    player.press(Qt.Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert window.document.evaluation.value("input")[0, 0, 0] == before

    player.open(PRACTICE)
    learner = PracticePlayer(window)
    learner.open("one_output_cell", "conv2d")
    learner.answer(wrong(learner.exercise))
    assert not learner.grade.right
    learner.answer(right(learner.exercise))
    assert learner.grade.right

    *_, language, theme = window.findChild(QWidget, "corner").findChildren(QToolButton)
    player.click(language)
    assert words.language() == "ja"
    player.click(theme)
    assert colours.current().dark
    for key in (FIRST, PRACTICE):
        player.open(key)
    player.click(language)
    player.click(theme)
    assert words.language() == "en"
    assert not colours.current().dark


def complaints(folder: Path) -> list[str]:
    """Return the lines of a log that say more than that the program began and ended."""
    lines = [line for path in folder.iterdir() for line in path.read_text("utf-8").splitlines()]
    assert any(line.endswith(": End") for line in lines), lines
    return [line for line in lines if re.search(r"\] (WARNING|ERROR|CRITICAL) ", line)]


def main() -> int:
    """Run the program and return its exit code, or 1 if something was wrong."""
    session.Session = RealSession
    code = run(["--size", SIZE, "--lang", "en", "--theme", "light"])
    wrong = RealSession.wrong or "\n".join(complaints(Path(log_folder())))
    if wrong:
        print(wrong, file=sys.stderr)
    return code or bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
