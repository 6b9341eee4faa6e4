"""The card over an exercise: where in the round it is, and how the round goes."""

from __future__ import annotations

from cnn_tutor.app.style import language
from cnn_tutor.study import words
from tests.helpers.lesson_window import click, part, settle
from tests.helpers.practice_player import right
from tests.helpers.practice_window import CELL, LINE, on_round
from tests.helpers.widgets import OFFSCREEN

pytestmark = OFFSCREEN


def dots(window) -> str:
    return part(window, "round_dots").accessibleName()


def test_it_says_where_in_the_round_one_is_and_how_that_goes(window, player) -> None:
    on_round(player, CELL, CELL, LINE)
    place = part(window, "exercise_place")
    assert place.text() == words.say("drill.place", place=1, count=3)
    assert dots(window) == words.say("drill.dots", right=0, missed=0, left=3)
    player.answer(right(player.exercise))
    assert dots(window) == words.say("drill.dots", right=1, missed=0, left=2)
    click(window, "next_exercise")
    assert place.text() == words.say("drill.place", place=2, count=3)
    language.apply("ja")
    settle()
    assert place.text() == words.say("drill.place", place=2, count=3)


def test_an_exercise_by_itself_has_no_place_and_no_dots(window, player) -> None:
    player.open(*CELL)
    assert not part(window, "round_dots").isVisible()
    assert not part(window, "exercise_place").isVisible()
    assert part(window, "exercise_title").text() == player.exercise.source.name
