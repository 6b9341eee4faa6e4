"""Answers that can't be kept at once: said, kept later and once, and never lost without a word."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from pytestqt.qtbot import QtBot

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.study.practice.record.store import Store
from tests.helpers.lesson_window import opened
from tests.helpers.practice_player import PracticePlayer, right, wrong
from tests.helpers.practice_window import CELL, LINE, fresh_preferences, notices, on_round
from tests.helpers.widgets import OFFSCREEN

pytestmark = OFFSCREEN


@pytest.fixture
def preferences(qapp: object) -> Preferences:
    return fresh_preferences()


@pytest.fixture
def window(qtbot: QtBot, preferences: Preferences) -> MainWindow:
    return opened(qtbot, MainWindow(preferences))


@pytest.fixture
def player(window: MainWindow) -> PracticePlayer:
    return PracticePlayer(window)


@contextmanager
def held(preferences: Preferences) -> Iterator[None]:
    """Have another program write into the record all the while."""
    with closing(sqlite3.connect(preferences.practice_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def kept(preferences: Preferences) -> list[tuple[int, bool, bool]]:
    """What is on the disk: whose answer, whether the first one, and whether it was right."""
    with Store.open(preferences.practice_path) as store:
        return [
            (one.learner, one.first, one.correct)
            for learner in store.learners()
            for one in store.answers(learner.id)
        ]


def test_a_wrong_answer_that_waits_is_said_and_is_the_only_first_one(
    window: MainWindow, player: PracticePlayer, preferences: Preferences
) -> None:
    on_round(player, CELL, LINE)
    with held(preferences):
        player.answer(wrong(player.exercise))
        (said,) = notices(window)
        assert "Another program is using" in said
        assert "is tried again" in said
        other = {name: f"{text}5" for name, text in wrong(player.exercise).items()}
        player.answer(other)
    player.answer(right(player.exercise))
    assert window.close()
    assert kept(preferences) == [(1, True, False), (1, False, False), (1, False, True)]


@pytest.mark.parametrize("insists", [False, True])
def test_who_closes_while_answers_wait_is_told_first_and_may_go_all_the_same(
    window: MainWindow, player: PracticePlayer, preferences: Preferences, insists: bool
) -> None:
    on_round(player, CELL, LINE)
    with held(preferences):
        player.answer(right(player.exercise))
        assert not window.close()
        (said,) = notices(window)
        assert "have not been saved yet" in said
        assert "Close again" in said
        assert not insists or window.close()
    assert insists or window.close()
    assert kept(preferences) == ([] if insists else [(1, True, True)])


def test_a_wrong_answer_is_kept_at_the_first_close_too(
    window: MainWindow, player: PracticePlayer, preferences: Preferences
) -> None:
    """It is complete only when it is left, and to close the window leaves it."""
    on_round(player, LINE, CELL)
    blank = player.exercise.blanks[0]
    player.answer({blank.name: "1234"})
    with held(preferences):
        assert not window.close()
    assert window.close()
    assert [row[1:] for row in kept(preferences)].count((True, False)) == 1


def test_answers_of_somebody_who_has_gone_wait_as_well(
    window: MainWindow, player: PracticePlayer, preferences: Preferences
) -> None:
    second = window.practice.store.add_learner("B")
    on_round(player, CELL, LINE)
    first = window.practice.practice.learner.id
    with held(preferences):
        player.answer(right(player.exercise))
        window.practice.use_learner(second.id)
    assert window.close()
    assert kept(preferences) == [(first, True, True)]
