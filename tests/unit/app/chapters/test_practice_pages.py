"""Practice is left and come back to: nothing is lost, and nothing else is touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from cnn_tutor.app.chapters.chapter_list import ChapterList
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.pages.exam.exam_page import ExamPage
from cnn_tutor.project.file import encode as file_of
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.exam import EXAM
from cnn_tutor.study.exercises.code import decode
from cnn_tutor.study.practice import PRACTICE, RESULTS
from cnn_tutor.study.practice.record.store import Store
from tests.helpers.failing_record import failing
from tests.helpers.lesson_window import choose, click, opened, part, press, read, settle, write
from tests.helpers.practice_player import PracticePlayer, right, wrong
from tests.helpers.practice_window import (
    CELL,
    GRID,
    LAB,
    LINE,
    MARKS,
    Location,
    entered,
    notices,
    on_round,
    title,
)
from tests.helpers.widgets import OFFSCREEN

pytestmark = OFFSCREEN

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


# --- undo ----------------------------------------------------------------------------------------


def test_undo_on_the_page_of_exercises_is_about_the_answers_alone(window, player) -> None:
    write(window, "x", 0, 0, "7")
    lab = window.document.undo_stack.count()
    player.open(*GRID)
    assert not window.undo_group.canUndo()
    first, second = player.exercise.blanks[:2]
    player.write(first, "5")
    player.write(second, "6")
    player.press(Key.Key_Z, modifiers=CTRL)
    assert entered(player) == {first.name: "5"}
    press(window, "Ctrl+Shift+Z")
    assert entered(player) == {first.name: "5", second.name: "6"}
    for _ in range(4):
        press(window, QKeySequence.StandardKey.Undo)
    assert entered(player) == {}
    assert window.document.undo_stack.index() == lab
    choose(window, title(RESULTS))
    assert not window.undo_group.canUndo()


def test_undo_in_the_lab_leaves_the_answers_alone(window, player) -> None:
    write(window, "x", 0, 0, "7")
    player.open(*GRID)
    blank = player.exercise.blanks[0]
    player.write(blank, "5")
    choose(window, "Convolution")
    settle()
    window.lab.board.first_part.setFocus()
    press(window, QKeySequence.StandardKey.Undo)
    assert read(window.lab, "x")[0][0] == "0"
    assert entered(player) == {blank.name: "5"}
    press(window, "Ctrl+Shift+Z")
    assert read(window.lab, "x")[0][0] == "7"


# --- leaving and coming back ---------------------------------------------------------------------


@pytest.mark.parametrize("other", [LAB, "1 Convolution", "results"])
def test_the_round_waits_while_something_else_is_looked_at(window, player, other) -> None:
    on_round(player, GRID, CELL)
    blank = player.exercise.blanks[1]
    player.write(blank, "5")
    player.press(Key.Key_H)
    before = player.exercise
    choose(window, title(RESULTS) if other == "results" else other)
    assert window.practice.on != PRACTICE
    assert not player.page.isVisible()
    assert part(window, "chapters").currentItem().text(0) in (other, title(RESULTS))
    choose(window, title(PRACTICE))
    assert player.exercise is before
    assert entered(player) == {blank.name: "5"}
    assert (player.drill.hints, player.drill.round.place) == (1, 0)
    assert part(window, "chapters").currentItem().text(0) == title(PRACTICE)


def test_opening_a_file_shows_the_lab(window, player, tmp_path) -> None:
    path = tmp_path / "mine.cnnt"
    path.write_bytes(file_of(presets()["blur"].project()))
    player.open(*GRID)
    window.open_path(str(path))
    settle()
    assert window.practice.on == ""
    assert window.lab.isVisible()
    assert window.windowTitle().startswith("mine.cnnt")


def test_language_and_theme_change_in_the_middle_and_everything_stays(window, player) -> None:
    for facts in (CELL, MARKS):
        exercise = player.open(*facts)
        blank = next(b for b in exercise.blanks if b.answer)
        player.write(blank, "1" if blank.mark else "5")
        player.press(Key.Key_Return, Key.Key_H)
        before, tier = entered(player), player.drill.hints
        english, said = player.said(), player.said("prompt")
        window.set_language("ja")
        window.set_theme("dark")
        settle()
        assert player.exercise is exercise
        assert (entered(player), player.drill.hints) == (before, tier)
        assert player.said() not in (english, "")
        assert player.said("prompt") not in (said, "")
        assert words.say("drill.hint", tier=1) in player.said()
        window.set_language("en")
        window.set_theme("light")
        settle()
        assert (player.said(), player.said("prompt")) == (english, said)
        assert player.sheet.state(blank.name) in ("right", "wrong")


def test_what_is_being_typed_survives_another_language(window, player) -> None:
    for facts, other in ((GRID, "ja"), (LINE, "en")):
        player.open(*facts)
        player.type("12")
        window.set_language(other)
        settle()
        player.type("3")
        player.press(Key.Key_Tab)
        assert "123" in entered(player).values(), facts


def test_f6_goes_round_the_parts_of_the_page(window, player) -> None:
    player.open(*GRID)
    seen = []
    for keys in ("F6", "F6", "F6", "Shift+F6", "Shift+F6"):
        press(window, keys)
        seen.append(QApplication.focusWidget().objectName())
    assert seen == ["skills", "chapters", "output", "chapters", "skills"]
    press(window, "Ctrl+F9")  # now there is a player, too
    player.open(*CELL)
    press(window, "Ctrl+F9")
    settle()
    part(window, "skills").setFocus()
    press(window, "F6")
    assert player.page.player.isAncestorOf(QApplication.focusWidget())
    press(window, "Ctrl+R")
    settle()
    part(window, "chapters").setFocus()
    press(window, "F6")
    assert part(window, "results_page").isAncestorOf(QApplication.focusWidget())


# --- the record ----------------------------------------------------------------------------------


def test_without_preferences_nothing_is_kept_on_disk(window, player, tmp_path) -> None:
    data = Path(QStandardPaths.writableLocation(Location.AppDataLocation))
    shutil.rmtree(data, ignore_errors=True)
    player.open(*CELL)
    player.answer(right(player.exercise))
    assert len(player.answers) == 1
    assert window.practice.store.path is None
    window.close()
    assert not list(data.glob("practice*"))


def test_what_was_answered_is_there_at_the_next_start(qtbot, preferences) -> None:
    window = opened(qtbot, MainWindow(preferences))
    player = PracticePlayer(window)
    player.open(*CELL)
    player.answer(right(player.exercise))
    window.close()
    with Store.open(preferences.practice_path) as store:  # which the window has let go of
        (learner,) = store.learners()
        (answer,) = store.answers(learner.id)
        assert tuple(decode(answer.code)) == CELL
    again = PracticePlayer(opened(qtbot, MainWindow(Preferences())))
    choose(again.window, title(PRACTICE))
    assert len(again.answers) >= 1
    assert again.answers[0] == answer


def test_a_second_window_says_that_it_keeps_nothing_and_works(qtbot, preferences) -> None:
    holder = Store.open(preferences.practice_path)
    try:
        window = opened(qtbot, MainWindow(preferences))
        player = PracticePlayer(window)
        choose(window, title(PRACTICE))
        settle()
        (said,) = notices(window)
        assert words.say("drill.not_kept") in said
        player.open(*CELL)
        player.answer(right(player.exercise))
        assert player.drill.done
        window.close()
    finally:
        holder.close()


def test_another_learner_begins_anew(window, player) -> None:
    on_round(player, GRID, CELL)
    player.answer(dict(list(wrong(player.exercise).items())[:2]))
    first = window.practice.practice.learner
    other = window.practice.store.add_learner("花子")
    window.practice.use_learner(other.id)
    settle()
    assert player.drill.exercise is None
    assert player.drill.round.results == ()
    assert window.practice.practice.learner == other
    assert player.answers == ()
    left = window.practice.store.answers(first.id)
    assert [answer.first for answer in left] == [False, True]
    choose(window, title(RESULTS))
    box = part(window, "learner")
    assert box.currentText() == "花子"
    box.setFocus()
    QTest.keyClick(box, Key.Key_Up)
    settle()
    assert window.practice.practice.learner == first


def test_the_same_learner_with_another_name_goes_on(window, player) -> None:
    on_round(player, GRID, CELL)
    before = player.exercise
    learner = window.practice.practice.learner
    window.practice.store.rename_learner(learner.id, "Mei")
    window.practice.use_learner(learner.id)
    assert player.exercise is before
    assert window.practice.practice.learner.name == "Mei"


# --- a round that waits --------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["F9", "skill", "restart"])
def test_an_unfinished_round_is_offered_and_gone_on_with(qtbot, preferences, way) -> None:
    player = PracticePlayer(opened(qtbot, MainWindow(preferences)))
    window = player.window
    on_round(player, CELL, GRID, LINE)
    player.answer(right(player.exercise))
    player.press(Key.Key_Return)
    blank = player.exercise.blanks[1]
    player.write(blank, "5")
    if way == "F9":
        press(window, "F9")
    elif way == "skill":
        skills = part(window, "skills")
        QTest.mouseClick(
            skills.viewport(),
            Qt.MouseButton.LeftButton,
            pos=skills.visualItemRect(skills.item(3)).center(),
        )
    else:
        window.close()
        player = PracticePlayer(opened(qtbot, MainWindow(Preferences())))
        window = player.window
        choose(window, title(PRACTICE))
        assert player.drill.exercise is None
        assert window.focusWidget() is part(window, "resume_round")
        assert player.said("prompt") == words.say("drill.round_waits")
    settle()
    offer = part(window, "resume_round")
    assert offer.isVisible()
    assert "2 of 3" in offer.text()
    if way == "restart":
        player.press(Key.Key_Return)
    else:
        click(window, "resume_round")
    assert not offer.isVisible()
    assert player.exercise.facts == GRID
    assert entered(player) == {blank.name: "5"}
    assert player.drill.round.results == (True, None, None)
    window.close()


def test_the_menu_goes_on_with_the_round_that_waits(window, player) -> None:
    action = next(a for a in window.findChildren(QAction) if a.text() == "Go on with your &round")
    assert not action.isEnabled()
    on_round(player, CELL, LINE)
    player.press(Key.Key_H)
    player.open(*GRID)
    assert action.isEnabled()
    choose(window, LAB)
    action.trigger()
    settle()
    assert window.practice.on == PRACTICE
    assert player.exercise.facts == CELL
    assert player.drill.hints == 1
    assert not action.isEnabled()


# --- lessons -------------------------------------------------------------------------------------


def ticks(window: MainWindow) -> str:
    item = part(window, "chapters").of_key("lesson_convolution")
    return str(item.toolTip(0))


def begun(window: MainWindow, lesson: str) -> tuple[str, ...]:
    """Do the first step of a lesson that has nothing to do; return what is done of it."""
    window.open_chapter(lesson)
    settle()
    click(window, "lesson_next")
    return window.guide.progress.done(lesson)


def test_each_learner_has_their_own_way_through_the_lessons(qtbot, preferences) -> None:
    preferences.lessons["lesson_pooling"] = "meet 4 meet"  # from before there were learners
    window = opened(qtbot, MainWindow(preferences))
    choose(window, title(RESULTS))
    assert preferences.lessons == {}  # taken over by the first one
    first = window.practice.practice.learner.id
    assert window.guide.progress.done("lesson_pooling") == ("meet",)
    done = begun(window, "lesson_convolution")
    assert len(done) == 1
    other = window.practice.store.add_learner("花子").id
    window.practice.use_learner(other)
    assert window.guide.progress.done("lesson_pooling") == ()
    assert ticks(window) == "1 Convolution"
    assert begun(window, "lesson_dense")
    window.close()
    again = opened(qtbot, MainWindow(Preferences()))
    assert again.guide.progress.done("lesson_dense")
    assert again.guide.progress.done("lesson_convolution") == ()
    again.practice.use_learner(first)
    assert again.guide.progress.done("lesson_convolution") == done
    assert again.guide.progress.done("lesson_dense") == ()
    assert "1 of " in ticks(again)
    again.close()


def test_lessons_go_on_without_a_word_where_the_record_can_not_be_opened(
    qtbot, preferences
) -> None:
    holder = Store.open(preferences.practice_path)
    try:
        window = opened(qtbot, MainWindow(preferences))
        done = begun(window, "lesson_convolution")
        assert done
        assert notices(window) == []
        window.close()
    finally:
        holder.close()
    again = opened(qtbot, MainWindow(Preferences()))
    assert again.guide.progress.done("lesson_convolution") == done
    choose(again, title(RESULTS))
    assert again.guide.progress.done("lesson_convolution") == done
    again.close()


def test_lessons_go_on_without_a_word_where_the_record_can_not_be_written(
    qtbot, preferences
) -> None:
    window = opened(qtbot, MainWindow(preferences))
    choose(window, title(RESULTS))
    with failing(window.practice.store, "INSERT"):
        done = begun(window, "lesson_convolution")
        assert done
        assert notices(window) == []
    window.close()
    again = opened(qtbot, MainWindow(Preferences()))
    assert again.guide.progress.done("lesson_convolution") == done
    again.close()


def test_the_chapter_list_counts_what_is_due(window, player, monkeypatch) -> None:
    choose(window, title(PRACTICE))
    monkeypatch.setattr(window.practice.practice, "due", lambda: ("products", "padding"))
    window.practice.changed.emit()
    chapters = part(window, "chapters")
    spoken = chapters.currentItem().data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert words.say("results.reviews", left=2) in spoken


def test_the_labs_views_and_steps_are_not_touched_from_the_page_of_exercises(
    window, player
) -> None:
    player.open(*GRID)
    before = window.lab.playback.position, window.lab.state.view
    for keys in ("Alt+Home", "Alt+Left", "Ctrl+2", "F5"):
        press(window, keys)
    assert (window.lab.playback.position, window.lab.state.view) == before
    assert not window.lab.playback.playing


def test_the_keyboard_is_not_left_in_a_view_that_is_put_away(window) -> None:
    window.open_chapter("im2col")
    window.lab.state.show_view("matrices")
    settle()
    window.findChild(QTableView, "matrix[x]").setFocus()
    window.open_chapter(PRACTICE)
    settle()
    window.open_chapter("lesson_convolution")
    settle()
    assert window.lab.views.isVisible()
    assert QApplication.focusWidget().isVisible()


@pytest.mark.parametrize("page", [PRACTICE, EXAM, RESULTS])
def test_the_keyboard_comes_to_the_first_part_of_a_page_that_it_has_not_been_on(
    window, page
) -> None:
    part(window, "output").setFocus()
    window.open_chapter(page)
    settle()
    assert window.pages.currentWidget().isAncestorOf(QApplication.focusWidget())


def test_the_keyboard_stays_in_the_list_when_a_page_is_chosen_there(window) -> None:
    chapters = window.findChild(ChapterList)
    chapters.setFocus()
    choose(window, title(RESULTS))
    assert chapters.hasFocus()


# --- the exam ------------------------------------------------------------------------------------


@pytest.fixture
def _exam_drawn(monkeypatch) -> None:
    monkeypatch.setattr("cnn_tutor.pages.exam.exam_run.secrets.randbelow", lambda below: 7)


def begin_exam(window: MainWindow) -> ExamPage:
    choose(window, title(EXAM))
    click(window, "begin_exam")
    page = window.pages.currentWidget()
    assert isinstance(page, ExamPage)
    return page


@pytest.mark.usefixtures("_exam_drawn")
def test_the_exam_is_opened_by_key_and_its_first_answer_can_be_undone(window) -> None:
    press(window, "Ctrl+E")
    settle()
    assert window.practice.on == EXAM
    assert part(window, "chapters").currentItem().text(0) == title(EXAM)
    page = begin_exam(window)
    press(window, "2")
    assert part(window, "choice[2]").isChecked()
    press(window, QKeySequence.StandardKey.Undo)
    assert not part(window, "choice[2]").isChecked()
    assert page.run.exam.done == 0


@pytest.mark.usefixtures("_exam_drawn")
def test_the_exam_goes_on_while_something_else_is_looked_at(window) -> None:
    page = begin_exam(window)
    click(window, "question[3]")
    choose(window, LAB)
    assert window.practice.on == ""
    assert page.run.on
    choose(window, title(EXAM))
    assert page.run.on
    assert page.run.exam.place == 2
    assert part(window, "question_row").isVisible()


@pytest.mark.usefixtures("_exam_drawn")
def test_an_unfinished_exam_is_there_at_the_next_start(qtbot, preferences) -> None:
    window = opened(qtbot, MainWindow(preferences))
    page = begin_exam(window)
    press(window, "2")
    before = page.run.exam.answers
    window.close()
    again = opened(qtbot, MainWindow(Preferences()))
    choose(again, title(EXAM))
    assert part(again, "begin_exam").text().startswith("Go on (1 of 20, ")
    assert begin_exam(again).run.exam.answers == before
    assert part(again, "choice[2]").isChecked()
    again.close()


@pytest.mark.usefixtures("_exam_drawn")
def test_an_exam_belongs_to_its_learner(window) -> None:
    page = begin_exam(window)
    press(window, "2")
    first = window.practice.practice.learner
    window.practice.store.rename_learner(first.id, "Mei")
    window.practice.use_learner(first.id)
    assert page.run.on
    other = window.practice.store.add_learner("花子")
    window.practice.use_learner(other.id)
    settle()
    assert page.run.exam is None
    assert not page.run.on
    assert part(window, "begin_exam").text() == "Begin the exam"
    window.practice.use_learner(first.id)
    settle()
    assert page.run.exam.done == 1
    assert part(window, "begin_exam").text().startswith("Go on (1 of 20, ")


@pytest.mark.usefixtures("_exam_drawn")
def test_an_exam_goes_with_its_learner(window) -> None:
    page = begin_exam(window)
    first = window.practice.practice.learner
    other = window.practice.store.add_learner("花子")
    window.practice.store.remove_learner(first.id)
    press(window, "2")  # it can't be kept any more
    settle()
    assert len(notices(window)) == 1
    window.practice.use_learner(other.id)
    settle()
    assert not page.run.on
    assert part(window, "begin_exam").text() == "Begin the exam"
    click(window, "begin_exam")
    assert page.run.exam.done == 0


@pytest.mark.usefixtures("_exam_drawn")
def test_a_skill_is_practised_from_the_review(window, player) -> None:
    page = begin_exam(window)
    page.run.hand_in()
    settle()
    listed = part(window, "exam_answers")
    listed.setFocus()
    QTest.keyClick(listed, Key.Key_Return)
    settle()
    click(window, "practise_skill")
    assert window.practice.on == PRACTICE
    assert {one.skill for one in player.drill.round.items} == {page.run.exam.questions[0].skill}


@pytest.mark.usefixtures("_exam_drawn")
def test_the_time_that_is_up_is_said_wherever_the_learner_is(window) -> None:
    page = begin_exam(window)
    choose(window, LAB)
    page.run._since -= 40 * 60
    page.run.tick()
    settle()
    assert notices(window) == [words.say("exam.time_up")]
    choose(window, title(EXAM))
    assert part(window, "exam_answers").isVisible()
