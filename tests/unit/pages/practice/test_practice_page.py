"""Practice in the window: how it is opened and answered, with keys and mouse."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QTableView,
)

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercises.code import encode
from cnn_tutor.study.practice import PRACTICE, RESULTS
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.mastery.standing import LAST_STEP
from cnn_tutor.widgets.grids.fitting import fit
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.helpers.lesson_window import choose, click, part, press, settle
from tests.helpers.practice_player import right, wrong
from tests.helpers.practice_window import CELL, GRID, LINE, MARKS, entered, on_round, title
from tests.helpers.widgets import OFFSCREEN

pytestmark = OFFSCREEN

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


# --- opening -------------------------------------------------------------------------------------


def test_the_chapter_list_opens_it_by_a_click(window, player) -> None:
    choose(window, title(PRACTICE))
    assert window.practice.on == PRACTICE
    assert player.exercise
    assert len(player.drill.round.results) == 10
    assert part(window, "chapters").currentItem().text(0) == title(PRACTICE)
    choose(window, title(RESULTS))
    assert window.practice.on == RESULTS
    assert part(window, "results_page").isVisible()
    assert part(window, "chapters").currentItem().text(0) == title(RESULTS)


def test_keys_open_a_round_and_the_results_from_anywhere(window, player) -> None:
    press(window, "F9")
    settle()
    assert window.practice.on == PRACTICE
    first = player.exercise
    press(window, "Ctrl+R")
    settle()
    assert window.practice.on == RESULTS
    press(window, "F9")
    settle()
    assert window.practice.on == PRACTICE
    assert player.exercise is not first


def test_a_skill_of_the_panel_is_practised_by_a_click(window, player) -> None:
    choose(window, title(PRACTICE))
    listed = part(window, "skills")
    place = list(skills()).index("parameters")
    rect = listed.visualItemRect(listed.item(place))
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    settle()
    assert player.drill.item.skill == "parameters"
    assert len(player.drill.round.results) == 10


def test_the_keyboard_is_where_the_answer_is_written(player) -> None:
    player.open(*GRID)
    assert player.focus.objectName() == "output"
    player.open(*LINE)
    assert player.focus.objectName() == "answer"
    player.open(*MARKS)
    assert player.focus.objectName() == "x"


def test_opening_an_exercise_opens_no_window_of_its_own(window, player) -> None:
    before = set(QApplication.topLevelWidgets())
    for facts in (GRID, LINE, MARKS, ("shape_chain", "conv2d", 4, 1)):
        player.open(*facts)
        assert window.isActiveWindow()
        assert {w for w in QApplication.topLevelWidgets() if w.isVisible()} <= before


# --- codes ---------------------------------------------------------------------------------------


def asked_for_a_code(window: MainWindow) -> tuple[QDialog, QLineEdit]:
    press(window, "Ctrl+G")
    settle()
    dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
    return dialog, dialog.findChild(QLineEdit)


def type_code(field: QLineEdit, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Key.Key_Return)
    settle()


def test_a_code_opens_an_exercise_and_a_mistyped_one_is_refused_in_place(window, player) -> None:
    code = encode(CELL)
    dialog, field = asked_for_a_code(window)
    other = "7" if code[3] != "7" else "8"
    assert field.accessibleName() == "Code"
    unknown = encode(("shape_chain", "relu", -1, 5))  # the decks ask no such thing
    older = "00000-00000-0000"
    for mistyped in (code[:3] + other + code[4:], unknown, "hello", "", older):
        type_code(field, mistyped)
        assert dialog.isVisible()
        refusal = dialog.findChild(QLabel, "refusal")
        assert refusal.isVisible()
        assert refusal.text()
        assert ("older" in refusal.text()) is (mistyped == older)
        assert window.practice.on == ""
    QTest.keyClicks(field, "1")
    assert not refusal.isVisible()
    type_code(field, code.lower().replace("-", " "))
    assert not [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert window.practice.on == PRACTICE
    assert (player.exercise.shape, player.exercise.seed) == (CELL[0], CELL[3])
    assert part(window, "exercise_code").text() == code


def test_a_fault_of_a_layer_is_not_taken_for_an_exercise_that_there_is_not(
    window, monkeypatch
) -> None:
    def fail(*_: object) -> None:
        raise fault

    window.practice.set_one(*LINE)
    with monkeypatch.context() as broken:
        broken.setattr(Conv2D, "forward", fail)
        for fault in (KeyError("no such weight"), ValueError("no such number")):
            with pytest.raises(type(fault), match="no such"):
                window.practice.set_one(*CELL)
    with pytest.raises(Refusal, match="exercise_unknown"):
        window.practice.set_one("find_filter", "relu", 0, 1)


def test_the_code_on_the_card_opens_the_same_numbers_again(player) -> None:
    player.open(*GRID)
    answers = [blank.answer for blank in player.exercise.blanks]
    code = part(player.window, "exercise_code").text()
    player.open(*LINE)
    player.window.open_chapter(code)
    assert [blank.answer for blank in player.exercise.blanks] == answers


# --- answering -----------------------------------------------------------------------------------


def test_enter_checks_what_was_typed_and_goes_on_when_it_is_right(player) -> None:
    on_round(player, CELL, LINE)
    (blank,) = player.exercise.blanks
    player.go_to(blank)
    player.type(right(player.exercise)[blank.name])
    player.press(Key.Key_Return)  # with the editor of the cell still open
    assert player.drill.done
    assert player.drill.round.results == (True, None)
    player.press(Key.Key_Return)
    assert player.drill.round.place == 1
    assert player.focus.objectName() == "answer"


def test_the_buttons_do_what_the_keys_do(window, player) -> None:
    on_round(player, CELL, LINE, GRID)
    player.fill(wrong(player.exercise))
    click(window, "check")
    assert player.grade.cells[player.exercise.blanks[0].name] == "wrong"
    click(window, "hint")
    assert player.drill.hints == 1
    click(window, "show_solution")
    assert player.drill.done
    click(window, "try_again")
    assert player.drill.round.place == 0
    assert not player.drill.done
    click(window, "next_exercise")
    assert player.drill.round.place == 1
    click(window, "next_exercise")
    assert player.drill.round.place == 2


def test_a_button_that_has_the_keyboard_does_its_own_thing_on_enter(player) -> None:
    player.open(*CELL)
    button = part(player.window, "hint")
    for _ in range(60):
        if player.focus is button:
            break
        in_grid = isinstance(player.focus, QTableView)
        player.press(Key.Key_Tab, modifiers=CTRL if in_grid else Qt.KeyboardModifier.NoModifier)
    assert player.focus is button
    player.press(Key.Key_Return)
    assert (player.drill.hints, player.drill.grade) == (1, None)
    player.press(Key.Key_Space)
    assert player.drill.hints == 2


def test_hints_come_in_three_tiers(player) -> None:
    exercise = player.open(*CELL)
    texts = []
    for tier in (1, 2, 3):
        player.press(Key.Key_H)
        assert part(player.window, "feedback_card").property("tone") == "hint"
        texts.append(player.said())
        assert words.say("drill.hint", tier=tier) in texts[-1]
    assert len(set(texts)) == 3
    assert words.pick(exercise.rule).replace("**", "") in texts[1]
    answer = f"{exercise.blanks[0].answer:g}".replace("-", "−")
    assert answer in texts[2]
    player.press(Key.Key_H)
    assert player.said() == texts[2]
    assert player.drill.hints == 3


def test_a_hint_can_be_asked_for_while_a_number_is_being_typed(player) -> None:
    player.open(*GRID)
    player.type("12")
    player.press(Key.Key_H)
    assert player.drill.hints == 1
    player.press(Key.Key_Return)
    assert list(entered(player).values()) == ["12"]


def test_the_solution_is_played_step_by_step(window, player) -> None:
    player.open(*CELL)
    playback = player.page.playback
    before = window.lab.playback.position
    press(window, "Alt+Right")
    press(window, "F5")
    assert not playback.playing  # there is nothing to play yet
    assert not window.lab.playback.playing
    assert not part(window, "player").isVisible() or window.practice.on
    press(window, "Ctrl+F9")
    settle()
    assert player.page.player.isVisible()
    assert playback.terms == 1
    press(window, "Alt+Right")
    assert playback.terms == 2
    assert player.page.state.highlight.shown == 2
    press(window, "F5")
    assert playback.playing
    press(window, "F5")
    assert not playback.playing
    assert window.lab.playback.position == before


def test_playing_stops_when_the_learner_goes_on(window, player) -> None:
    on_round(player, CELL, GRID)
    press(window, "Ctrl+F9")
    press(window, "F5")
    assert player.page.playback.playing
    press(window, "Alt+N")
    settle()
    assert player.drill.round.place == 1
    assert not player.page.playback.playing
    assert not player.page.player.isVisible()


def test_what_is_typed_when_the_exercise_is_skipped_does_not_go_into_the_next(player) -> None:
    for first, second in ((LINE, ("output_size", "conv2d", 3, 2)), (GRID, (*GRID[:3], 2))):
        on_round(player, first, second)
        player.type("12")
        click(player.window, "next_exercise")
        assert player.drill.round.place == 1
        assert entered(player) == {}
        texts = [box.text() for box in player.page.findChildren(QLineEdit) if box.isVisible()]
        assert set(texts) <= {""}


def test_a_round_ends_with_what_came_of_it_and_enter_begins_another(player) -> None:
    on_round(player, CELL, (*CELL[:3], 2))
    player.answer(right(player.exercise))
    player.press(Key.Key_Return)
    player.answer(wrong(player.exercise))
    click(player.window, "next_exercise")
    assert player.drill.round.over
    said = words.say("drill.round_over", right=1, count=2)
    assert player.said("prompt") == said
    assert not part(player.window, "check").isVisible()
    player.press(Key.Key_Return)
    assert player.exercise
    assert player.drill.round.place == 0


def test_no_key_is_taken_twice(window, player) -> None:
    player.open(*GRID)
    for language in words.LANGUAGES:
        window.set_language(language)
        settle()
        taken: dict[str, set[str]] = defaultdict(set)
        for action in window.findChildren(QAction):
            for keys in action.shortcuts():
                taken[keys.toString()].add(action.text())
        for label in window.findChildren(QLabel):
            if label.buddy() is not None:
                taken[QKeySequence.mnemonic(label.text()).toString()].add(label.text())
        for menu in window.menuBar().actions():
            taken[QKeySequence.mnemonic(menu.text()).toString()].add(menu.text())
        twice = {keys: by for keys, by in taken.items() if keys and len(by) > 1}
        assert not twice


def test_a_question_of_the_decks_has_no_other_numbers(window, player) -> None:
    player.open("output_size", "conv2d", -1, 0)
    before = player.exercise
    player.answer(right(before))
    assert not part(window, "try_again").isVisible()
    press(window, "Shift+F9")
    settle()
    assert player.exercise is before


def test_what_is_worked_out_but_for_the_last_step_stands_there_and_stays(window, player) -> None:
    on_round(player, LINE, stage=LAST_STEP)
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


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("shape", ["one_output_cell", "stages_of_a_cell", "whole_output"])
def test_numbers_of_several_channels_are_large_enough_to_be_read(
    window, player, shape, language
) -> None:
    window.set_language(language)
    window.resize(1280, 720)
    for level in (4, 5):
        player.open(shape, "conv2d", level)
        seen = [grid for grid in window.findChildren(TensorGrid) if grid.isVisible()]
        assert len(seen) > 4
        for grid in seen:
            room, size = grid.itemDelegate().letters(*grid.cell_size())
            model = grid.tensor_model
            for row, column in product(range(model.rowCount()), range(model.columnCount())):
                number = model.number(row, column)
                if number is not None:
                    bold = grid.itemDelegate().bold
                    _, font = fit(number, room, size, grid.font().family(), bold)
                    assert font.pixelSize() >= 12, (grid.objectName(), number)


@pytest.mark.parametrize("seed", range(1, 4))
@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ("one_output_cell", "conv2d"),
        ("whole_output", "conv2d"),
        ("missing_inputs", "average_pooling2d"),
    ],
)
def test_the_board_shows_the_planes_that_the_first_blank_needs(
    window, player, shape, kind, seed
) -> None:
    window.resize(1280, 720)
    exercise = player.open(shape, kind, 5, seed)
    settle()
    first = exercise.blanks[0]
    needed = {(first.port, first.index[2:])}
    if first.port == "output":
        explained = exercise.layer.explain(exercise.tensors, first.index)
        needed |= {(p, c.index[2:]) for p in ("x", "kernel") for c in explained.cells(p)}
    for port, plane in needed:
        grid = player.page.board.findChild(QTableView, f"{port}[{','.join(map(str, plane))}]")
        assert grid is not None, (port, plane)
        assert grid.isVisible(), (port, plane)
