"""A learner's way from nothing to mastery, by keys alone, over days that pass at once.

A plain run ends with the first skill; with ``CNN_TUTOR_LONG=1`` it ends when every skill is
mastered.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.study import words
from cnn_tutor.study.practice.mastery.standing import WORKED
from tests.helpers.practice_player import PracticePlayer, right, wrong
from tests.helpers.widgets import OFFSCREEN

pytestmark = OFFSCREEN

Key = Qt.Key
LONG = "CNN_TUTOR_LONG" in os.environ
MORNING = datetime(2026, 4, 6, 9).astimezone()
DAYS_LIMIT, ROUNDS_A_DAY = (90, 4) if LONG else (5, 2)


class Way:
    """Day after day of rounds, each exercise answered by keys."""

    def __init__(self, window: MainWindow) -> None:
        window.resize(1280, 720)
        self.player = PracticePlayer(window)
        self.practice = window.practice.practice
        self.now = MORNING
        self.practice._now = lambda: self.now
        self.asked = 0

    def mastered(self) -> list[str]:
        return [key for key, one in self.practice.standings().items() if one.mastered]

    def day(self) -> None:
        """Practise some rounds, then sleep."""
        for _ in range(ROUNDS_A_DAY):
            self.player.press(Key.Key_F9)
            assert len(self.player.drill.round.results) == 10
            while not self.player.drill.round.over:
                self.answer()
        self.now = MORNING + timedelta(days=1 + (self.now - MORNING).days)

    def answer(self) -> None:
        """Answer what is asked, one in thirty wrongly at first."""
        item, place = self.player.drill.item, self.player.drill.round.place
        assert item is not None
        if item.stage != WORKED:
            self.asked += 1
            if self.asked % 30 == 0:
                self.player.answer(wrong(self.player.exercise))
                assert self.player.said()
            self.player.answer(right(self.player.exercise))
            assert self.player.drill.done
            assert words.table("practice")["all_right"][words.language()] in self.player.said()
        self.now += timedelta(seconds=40)
        self.player.press(Key.Key_Return)
        assert self.player.drill.round.place == place + 1


@pytest.fixture
def way(window: MainWindow) -> Way:
    if LONG:
        for key, entry in window.guide.library.items():
            steps = [step.key for step in entry.lesson.steps]
            for step in steps:
                window.guide.progress.visit(key, step, steps)
                window.guide.progress.finish(key, step)
    return Way(window)


def test_from_nothing_to_mastery(way: Way) -> None:
    assert way.mastered() == []
    days = 0
    wanted = set(way.practice.standings()) if LONG else {next(iter(way.practice.standings()))}
    while not wanted <= set(way.mastered()):
        days += 1
        assert days <= DAYS_LIMIT, (way.mastered(), way.practice.standings())
        way.day()
    assert days >= 2  # nothing is mastered on its first day
    assert len(way.practice.days()) == days
    assert sum(day.went.asked for day in way.practice.days()) == way.asked
    way.player.press(Key.Key_R, modifiers=Qt.KeyboardModifier.ControlModifier)
    way.player.look_over("the results")
    assert not way.player.faults, "\n".join(way.player.faults)
    print(f"{days} days, {way.asked} exercises, mastered: {len(way.mastered())}")
