"""Answers that can't be kept at once: said, kept later and once, and never lost without a word."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.study import words
from cnn_tutor.study.practice import PRACTICE, RESULTS
from cnn_tutor.study.practice.record.store import Store
from tests.helpers.damaged_record import put
from tests.helpers.lesson_window import opened, settle
from tests.helpers.practice_player import PracticePlayer, right, wrong
from tests.helpers.practice_window import CELL, LINE, fresh_preferences, notices, on_round
from tests.helpers.widgets import OFFSCREEN
from tests.unit.study.practice.given import answer
from tests.unit.study.practice.record.test_rows import IMPOSSIBLE, STRANGE

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


def test_a_record_that_takes_no_learner_is_told_and_not_kept(
    window: MainWindow, preferences: Preferences
) -> None:
    """As where a row that can't be read has the name of the first one."""
    with Store.open(preferences.practice_path) as store:
        store.add_learner(words.say("drill.learner"))
    put(Path(preferences.practice_path), "learners", "id", -1)
    window.open_chapter(PRACTICE)
    settle()
    assert "is not saved" in window._notice.text()
    assert window.practice.store.path is None
    assert window.practice.page.drill.exercise is not None
    with Store.open(preferences.practice_path) as store:
        assert [one.reason for one in store.notices] == ["practice_left_out"]


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


@pytest.mark.skipif(sys.platform == "win32", reason="who may make links differs there")
def test_a_record_behind_a_link_that_leads_nowhere_is_said(
    qtbot: QtBot, preferences: Preferences
) -> None:
    link = Path(preferences.practice_path)
    link.symlink_to(link.with_name("gone.sqlite"))
    window = opened(qtbot, MainWindow(preferences))
    window.open_chapter(PRACTICE)
    settle()
    (said,) = notices(window)
    assert str(link) in said
    assert "not saved" in said
    assert not link.exists()


@pytest.mark.parametrize("kind", [IMPOSSIBLE, STRANGE], ids=["impossible", "strange"])
def test_a_record_of_rows_that_can_not_be_opens_every_page(
    qtbot: QtBot, preferences: Preferences, kind: dict[str, list[object]]
) -> None:
    path = Path(preferences.practice_path)
    cases = [(column, value) for column, values in kind.items() for value in values]
    with Store.open(path) as store:
        store.add_learner("A")
        for n in range(len(cases) + 1):
            store.record(answer(code=f"CODE-{n}", right=4, mistakes=("mean_taken",)))
    for row, (column, value) in enumerate(cases, 1):
        put(path, "answers", column, value, f"id = {row}")
    window = opened(qtbot, MainWindow(preferences))
    window.open_chapter(PRACTICE)
    settle()
    left_out = f"can't be read: {len(cases)}." if kind is IMPOSSIBLE else ""
    assert left_out in " ".join(notices(window))
    for notice in window.findChildren(type(window._notice)):
        notice.hide()
    player = PracticePlayer(window)
    player.answer(right(player.exercise))
    for page in (RESULTS, PRACTICE, RESULTS):
        window.open_chapter(page)
        settle()
    assert notices(window) == []
    assert window.close()
