"""What is said to an answer, and what can be written at all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLineEdit,
)

from cnn_tutor.study import words
from cnn_tutor.study.mistakes.catalogue import catalogue
from cnn_tutor.study.practice.mastery.standing import LAST_STEP
from tests.helpers.lesson_window import click, part, press
from tests.helpers.practice_player import mistaken, outcome_of, right, wrong
from tests.helpers.practice_window import CELL, GRID, LINE, on_round
from tests.helpers.widgets import OFFSCREEN

pytestmark = OFFSCREEN

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("facts", [CELL, LINE])
def test_what_is_no_number_is_asked_about_and_never_wrong(player, facts) -> None:
    exercise = player.open(*facts)
    first = exercise.blanks[0]
    for text in ("abc", "1,000", "3²", "nan", "1_000"):
        player.go_to(first)
        if isinstance(player.focus, QLineEdit):
            player.press(Key.Key_A, modifiers=CTRL)
        player.type(text)
        player.press(Key.Key_Return)
        assert text in player.said()
        assert text != "1,000" or "1000" in player.said()
        assert "✗" not in player.said()
        assert player.sheet.state(first.name) != "wrong"
        assert player.answers == ()
        assert player.drill.round.results == (None,)
    player.answer(right(exercise))
    assert player.drill.done
    assert player.drill.round.results == (True,)
    (answer,) = player.answers
    assert answer.counts


def test_numbers_are_read_as_people_write_them(player) -> None:
    full_width = str.maketrans("0123456789.", "０１２３４５６７８９．")
    for facts in (CELL, LINE):
        for sign in "-−－ー–":
            exercise = player.open(*facts)
            for blank in exercise.blanks:
                text = right(exercise)[blank.name].translate(full_width).replace("-", sign)
                player.go_to(blank)
                player.type(text)
                player.press(Key.Key_Tab)
            player.press(Key.Key_Return)
            assert player.drill.done, (facts, sign)


def test_an_empty_exercise_is_not_wrong(player) -> None:
    player.open(*GRID)
    player.press(Key.Key_Return)
    assert player.answers == ()
    assert "✗" not in player.said()
    assert "wrong" not in {player.sheet.state(blank.name) for blank in player.exercise.blanks}


# --- what is said to wrong answers ---------------------------------------------------------------


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_mistake_is_named_and_for_sure_only_when_it_comes_again(player, language) -> None:
    player.window.set_language(language)
    name = catalogue()["flipped_kernel"].name[language]
    looks, sure = (words.table("practice")[key][language] for key in ("looks", "sure"))

    def lead(text: str) -> str:
        return text.partition("{work}")[0].format(name=name)

    on_round(player, CELL, (*CELL[:3], 2), (*CELL[:3], 3))
    for expected in (looks, sure):
        exercise = player.exercise
        player.answer(mistaken(exercise, outcome_of(exercise, "flipped_kernel")))
        assert lead(expected) in player.said()
        player.press(Key.Key_Return)  # the same number again is not another answer
        assert lead(expected) in player.said()
        click(player.window, "next_exercise")
    assert [answer.mistakes[0] for answer in player.answers if answer.mistakes] == [
        "flipped_kernel"
    ] * 2


def test_one_mistake_that_explains_the_whole_grid_is_said_once(player) -> None:
    exercise = player.open(*GRID)
    outcome = outcome_of(exercise, "flipped_kernel")
    assert len(outcome.entries) > 2
    player.answer(mistaken(exercise, outcome))
    assert words.pick(catalogue()["flipped_kernel"].name) in player.said()
    assert len(player.said().splitlines()) == 2  # how many are right, and the mistake
    assert player.grade.mistakes[0].id == "flipped_kernel"
    assert not player.grade.mistakes[0].certain  # one exercise is no proof


def test_what_no_mistake_explains_is_said_of_one_cell_after_what_is_known(player) -> None:
    exercise = player.open("output_size", "conv2d", 3, 5)
    known = next(o for o in exercise.outcomes if o.mistake == "size_kernel_copied")
    entries = {blank.name: str(blank.answer + 40) for blank in exercise.blanks}
    player.answer(entries | {name: str(number) for name, number in known.entries.items()})
    _, first, second = player.said().splitlines()
    assert catalogue()["size_kernel_copied"].name["en"] in first
    assert second.startswith("Padded length n + 2p is not ")


def test_what_no_mistake_explains_is_said_once(player) -> None:
    exercise = player.open(*CELL)
    player.answer(wrong(exercise))
    sentences = [line.strip("✗ ") for line in player.said().splitlines()]
    assert len(sentences) == len(set(sentences))
    first = sentences[0].split(".")[0]
    assert player.said().count(first) == 1


def test_the_panel_counts_the_mistake_and_the_cells_at_once(player) -> None:
    exercise = player.open(*CELL)
    player.answer(mistaken(exercise, outcome_of(exercise, "flipped_kernel")))
    name = words.pick(catalogue()["flipped_kernel"].name)
    assert name in part(player.window, "usual_mistakes").accessibleName()
    said = part(player.window, "today").accessibleName()
    assert words.say("results.cells", right=0, of=1) in said


def test_what_was_said_of_an_answer_is_taken_back_when_it_is_undone(window, player) -> None:
    player.open(*CELL)
    player.answer(wrong(player.exercise))
    assert part(window, "feedback_card").property("tone") == "wrong"
    press(window, "Ctrl+Z")
    assert part(window, "feedback_card").property("tone") == ""
    assert player.said() == words.say("drill.keys")


def test_who_forgets_what_is_asked_is_told_the_rule_where_there_is_no_way_to_show(
    window, player
) -> None:
    on_round(player, ("flatten_position", "flatten", 1, 3), stage=LAST_STEP)
    assert words.pick(player.exercise.rule) in part(window, "feedback").text()
