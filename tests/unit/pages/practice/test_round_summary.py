"""What a round came to, and exercises that are worked out but for their last step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cnn_tutor.app.style import language
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercises.code import encode
from cnn_tutor.study.mistakes.catalogue import catalogue
from cnn_tutor.study.practice.mastery.standing import LAST_STEP, WORKED
from tests.helpers.drilling import with_stage
from tests.helpers.lesson_window import click, part, press, settle
from tests.helpers.practice_player import mistaken, outcome_of, right
from tests.helpers.practice_window import CELL, LINE, on_round
from tests.helpers.programs import one_line, tutor
from tests.helpers.widgets import OFFSCREEN

pytestmark = OFFSCREEN


def begun(player, *items) -> None:
    """Begin a round of planned items."""
    given = player.window.practice.practice
    given.round, given.adjusted = lambda skill="": items, lambda one: one
    press(player.window, "F9")
    settle()
    del given.round


def summary(window) -> str:
    return part(window, "round_summary").accessibleName()


def test_the_end_of_a_round_tells_how_each_exercise_went(window, player) -> None:
    on_round(player, CELL, CELL, LINE)
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
    begun(player, with_stage(CELL, WORKED), with_stage(LINE, WORKED))
    player.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert summary(window).count(words.say("drill.went_seen")) == 2
    assert part(window, "prompt").text() == words.say("drill.round_over_none")
    assert window.practice.practice.today().of == 0


def test_what_is_worked_out_but_for_the_last_step_stands_there_and_stays(window, player) -> None:
    begun(player, with_stage(LINE, LAST_STEP))
    exercise = player.exercise
    assert exercise.filled
    boxes = [part(window, "answer"), *(window.findChildren(type(part(window, "answer"))))]
    for blank in exercise.filled:
        told = [b for b in boxes if b.objectName() in ("answer", f"answer[{blank.name}]")]
        texts = {numbers.parse(box.text()) for box in told if box.isReadOnly()}
        assert blank.answer in texts
    (last,) = exercise.blanks
    assert player.focus.objectName() in ("answer", f"answer[{last.name}]")
    assert not player.focus.isReadOnly()
    player.answer(right(exercise))
    assert player.drill.done


def test_who_forgets_what_is_asked_is_told_the_rule_where_there_is_no_way_to_show(
    window, player
) -> None:
    begun(player, with_stage(("flatten_position", "flatten", 1, 3), LAST_STEP))
    assert words.pick(player.exercise.rule) in part(window, "feedback").text()


@pytest.mark.parametrize("answer", ["29", "abc"])
def test_an_answer_can_be_given_on_the_command_line(tmp_path, answer: str) -> None:
    picture = tmp_path / "answered.png"
    code = encode(("one_output_cell", "conv2d", 3, 4))
    run = tutor("--open", code, "--answer", answer, "--screenshot", picture)
    assert (run.returncode, run.stderr.count("Traceback")) == (0, 0)
    assert picture.stat().st_size > 10_000


def test_answers_past_the_last_blank_are_refused(tmp_path) -> None:
    picture = tmp_path / "answered.png"
    code = encode(("one_output_cell", "conv2d", 3, 4))
    run = tutor("--open", code, "--answer", "29", "30", "--screenshot", picture, "--lang", "en")
    assert run.returncode == 2
    assert f"{code}: 2 answers are too many: this exercise has 1" in one_line(run.stderr)
    assert not picture.exists()


def test_a_code_of_what_the_decks_do_not_ask_is_a_fault(tmp_path) -> None:
    picture = tmp_path / "nothing.png"
    code = encode(("shape_chain", "relu", -1, 5))
    run = tutor("--open", code, "--screenshot", picture, "--lang", "en")
    assert run.returncode == 2
    assert f"{code}: This CNN Tutor has no such exercise." in one_line(run.stderr)
    assert not picture.exists()


def test_the_title_of_a_grid_is_no_key(window) -> None:
    for label in window.findChildren(QLabel):
        assert not (label.buddy() and "&nbsp;" in label.text())


def test_a_question_of_the_decks_has_no_other_numbers(window, player) -> None:
    player.open("output_size", "conv2d", -1, 0)
    before = player.exercise
    player.answer(right(before))
    assert not part(window, "try_again").isVisible()
    press(window, "Shift+F9")
    settle()
    assert player.exercise is before
