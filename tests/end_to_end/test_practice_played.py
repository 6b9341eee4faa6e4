"""Works through exercises of every shape, and through whole rounds, by the keyboard alone.

A plain run answers one exercise of every shape, in the languages and themes in turn, and a round of
ten in each language. The long form takes every shape over every kind of layer at every level:

    CNN_TUTOR_LONG=1 pytest tests/end_to_end/test_practice_played.py
"""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from PySide6.QtCore import Qt

from cnn_tutor.study import words
from cnn_tutor.study.exercises.code import decode
from cnn_tutor.study.exercises.generator import LEVELS, kinds, shapes
from cnn_tutor.study.practice.mastery.standing import WORKED
from tests.end_to_end.looks import PAIRS, in_turn, window
from tests.helpers.drilling import EXERCISES
from tests.helpers.lesson_window import settle
from tests.helpers.practice_player import PracticePlayer, right, wrong
from tests.helpers.widgets import OFFSCREEN

__all__ = ["window"]
pytestmark = OFFSCREEN

Key = Qt.Key


@pytest.fixture
def player(window) -> PracticePlayer:
    return PracticePlayer(window)


@pytest.mark.parametrize(("shape", "kind", "language", "theme"), list(in_turn(EXERCISES.items())))
def test_an_exercise_is_answered_by_keys_and_its_solution_played(
    player, shape, kind, language, theme
) -> None:
    player.window.set_language(language)
    player.window.set_theme(theme)
    answer_one(player, shape, kind, 1)
    have_one_shown(player, shape, kind)
    assert not player.faults, "\n".join(player.faults)


def answer_one(player: PracticePlayer, shape: str, kind: str, level: int, seed: int = 1) -> None:
    """Answer an exercise wrongly, ask for hints, and then rightly; look the page over meanwhile."""
    exercise = player.open(shape, kind, level, seed)
    before = len(player.answers)
    player.look_over("at first")
    player.answer(wrong(exercise))
    assert not player.drill.done
    assert player.said()
    player.look_over("after a wrong answer")
    for tier in (1, 2, 3):
        if not player.page.centre.isAncestorOf(player.focus):
            player.press(Key.Key_F6)
        player.press(Key.Key_H)
        assert player.drill.hints == tier
        assert words.say("drill.hint", tier=tier) in player.said()
    player.look_over("with all hints")
    player.answer(right(exercise))
    assert player.drill.done
    assert words.table("practice")["all_right"][words.language()] in player.said()
    player.look_over("after a right answer")
    wrongly, rightly = player.answers[before:]
    assert (wrongly.first, wrongly.correct, wrongly.hints) == (True, False, 0)
    assert (rightly.first, rightly.correct, rightly.hints) == (False, True, 3)
    player.press(Key.Key_Return)
    assert player.drill.round.over
    player.look_over("at the end")


def have_one_shown(player: PracticePlayer, shape: str, kind: str) -> None:
    """Have the solution of an exercise shown, and go a step through it where there are any."""
    player.open(shape, kind, 1, 2)
    before = len(player.answers)
    player.press(Key.Key_F9, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert player.drill.shown_how
    assert player.sheet.solved
    assert player.said()
    player.look_over("with its solution")
    if player.exercise.at:
        playback = player.page.playback
        assert player.page.player.isVisible()
        assert playback.terms == 1
        start = playback.position
        player.press(Key.Key_Right, modifiers=Qt.KeyboardModifier.AltModifier)
        assert playback.position == start + 1
        player.look_over("while it is played")
    (answer,) = player.answers[before:]
    assert (answer.shown, answer.counts) == (True, False)


# --- whole rounds --------------------------------------------------------------------------------


def go_right(player: PracticePlayer) -> None:
    player.answer(right(player.exercise))


def go_wrong_then_right(player: PracticePlayer) -> None:
    player.answer(wrong(player.exercise))
    player.answer(right(player.exercise))


def ask_for_a_hint(player: PracticePlayer) -> None:
    player.press(Key.Key_H)
    player.answer(right(player.exercise))


def have_it_shown(player: PracticePlayer) -> None:
    player.answer(wrong(player.exercise))
    player.press(Key.Key_F9, modifiers=Qt.KeyboardModifier.ControlModifier)


def skip(player: PracticePlayer) -> None:
    player.press(Key.Key_N, modifiers=Qt.KeyboardModifier.AltModifier)


def give_up(player: PracticePlayer) -> None:
    player.answer(wrong(player.exercise))
    player.press(Key.Key_N, modifiers=Qt.KeyboardModifier.AltModifier)


EXPECTED = {
    go_right: ([(True, True, 0, False)], True),
    go_wrong_then_right: ([(True, False, 0, False), (False, True, 0, False)], False),
    ask_for_a_hint: ([(True, True, 1, False)], False),
    have_it_shown: ([(True, False, 0, False), (False, None, 0, True)], False),
    skip: ([], None),
    give_up: ([(True, False, 0, False)], False),
}
"""For each way what is stored, as (first, correct, hints, shown), and how the round shows it.

None stands for what is neither: of a solution that is shown nobody asks whether it was right.
"""


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_round_of_ten_from_its_beginning_to_its_end(player, language) -> None:
    player.window.set_language(language)
    player.press(Key.Key_F9)
    settle()
    assert len(player.drill.round.results) == 10
    ways = itertools.cycle(EXPECTED)
    results: list[bool | None] = []
    for place in range(10):
        assert player.drill.round.place == place
        item, before = player.drill.item, len(player.answers)
        assert item is not None
        if item.stage == WORKED:
            # It was stored when it came, as the first one of its skill.
            assert player.answers[-1].shown
            assert tuple(decode(player.answers[-1].code))[3] == item.seed
            results.append(player.drill.round.results[place])
            player.press(Key.Key_Return)
            continue
        way = next(ways)
        way(player)
        kept, result = EXPECTED[way]
        stored = [answer for answer in player.answers[before:] if _of(answer.code, item)]
        assert len(stored) == len(kept), way.__name__
        for answer, (first, correct, hints, shown) in zip(stored, kept, strict=True):
            assert (answer.first, answer.hints, answer.shown) == (first, hints, shown)
            assert correct in (None, answer.correct), way.__name__
            assert answer.skill == item.skill
        assert player.drill.round.results[place] is result
        results.append(result)
        if player.drill.round.place == place:
            assert player.drill.done
            player.press(Key.Key_Return)
    assert player.drill.round.over
    assert player.drill.round.results == tuple(results)
    player.look_over("at the end")
    counted = str(results.count(True))
    assert counted in player.said("prompt")
    player.press(Key.Key_Return)  # and another one
    assert player.drill.round.place == 0
    assert player.exercise
    assert not player.faults, "\n".join(player.faults)


def _of(code: str, item: Any) -> bool:
    return tuple(decode(code)) == (item.shape, item.kind, item.level, item.seed)


# --- everything ----------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize(("shape", "kind"), [(s, k) for s in shapes() for k in kinds(s)])
def test_every_kind_is_answered_at_every_level(player, shape, kind) -> None:
    for level in LEVELS:
        language, theme = PAIRS[level % len(PAIRS)]
        player.window.set_language(language)
        player.window.set_theme(theme)
        answer_one(player, shape, kind, level, seed=level + 3)
    assert not player.faults, "\n".join(player.faults)
