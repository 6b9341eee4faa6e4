"""Works through every lesson that comes with the program, by mouse and keyboard.

A plain run plays each lesson once, from its first step to its last, in one of the four pairs of
language and theme; which one goes by the lesson's place, so that all four come up. The other three
of each lesson take some minutes more:

    CNN_TUTOR_LONG=1 pytest tests/end_to_end/test_lessons_played.py     all four pairs
    pytest -m long                                               the other three alone
"""

from __future__ import annotations

import pytest

from cnn_tutor.study.lessons.library import Library
from tests.end_to_end.lesson_player import LessonPlayer
from tests.end_to_end.looks import in_turn, window
from tests.helpers.lesson_window import settle
from tests.helpers.widgets import OFFSCREEN

__all__ = ["window"]
pytestmark = OFFSCREEN


@pytest.mark.parametrize(("key", "language", "theme"), list(in_turn((key,) for key in Library())))
def test_a_lesson_can_be_worked_through(window, key, language, theme) -> None:
    window.set_language(language)
    window.set_theme(theme)
    settle()
    faults = LessonPlayer(window, by_key=language == "ja").play(key)
    assert not faults, "\n".join(faults)


def test_the_player_sees_that_a_task_is_not_done(window, monkeypatch) -> None:
    player = LessonPlayer(window)
    monkeypatch.setattr(player, "_do", lambda task: None)
    faults = player.play("lesson_flatten")
    steps = Library()["lesson_flatten"].lesson.steps
    unsolved = [fault for fault in faults if "does not solve the task" in fault]
    assert len(unsolved) == sum(step.task is not None for step in steps)
    assert "the lesson is not finished" in faults[-1]
