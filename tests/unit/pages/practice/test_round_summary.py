"""What a round came to."""

from __future__ import annotations

from PySide6.QtCore import Qt

from cnn_tutor.app.style import language
from cnn_tutor.study import words
from cnn_tutor.study.mistakes.catalogue import catalogue
from cnn_tutor.study.practice.mastery.standing import WORKED
from tests.helpers.lesson_window import click, part, press, settle
from tests.helpers.practice_player import mistaken, outcome_of, right
from tests.helpers.practice_window import CELL, LINE, on_round
from tests.helpers.widgets import OFFSCREEN

pytestmark = OFFSCREEN


def summary(window) -> str:
    return part(window, "round_summary").accessibleName()


def test_the_end_of_a_round_tells_how_each_exercise_went(window, player) -> None:
    on_round(player, CELL, (*CELL[:3], 2), LINE)
    player.answer(right(player.exercise))
    player.press(Qt.Key.Key_Return)
    player.answer(mistaken(player.exercise, outcome_of(player.exercise, "signs_dropped")))
    click(window, "next_exercise")
    click(window, "next_exercise")
    lines = summary(window).splitlines()
    assert len(lines) == 3
    assert words.say("drill.went_right") in lines[0]
    assert words.say("drill.went_wrong") in lines[1]
    assert catalogue()["signs_dropped"].name["en"] in lines[1]
    assert words.say("drill.went_skipped") in lines[2]
    assert part(window, "prompt").text() == words.say("drill.round_over", right=1, count=2)
    language.apply("ja")
    settle()
    assert words.say("drill.went_right") in summary(window).splitlines()[0]
    press(window, "F9")
    settle()
    assert not part(window, "round_summary").isVisible()


def test_what_was_only_watched_is_told_as_such(window, player) -> None:
    on_round(player, CELL, LINE, stage=WORKED)
    player.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert summary(window).count(words.say("drill.went_seen")) == 2
    assert part(window, "prompt").text() == words.say("drill.round_over_none")
    assert window.practice.practice.today().went.of == 0
