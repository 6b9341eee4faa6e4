"""A lesson in the window, worked through with real keys and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QToolButton

from cnn_tutor.app.chapters.chapter_list import ChapterList
from cnn_tutor.study import words
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.study.practice import PRACTICE
from cnn_tutor.study.practice.mastery.skills import skills
from tests.helpers.boards import plain, setting
from tests.helpers.lesson_window import (
    answer,
    caption,
    choose,
    click,
    part,
    press,
    read,
    settle,
    write,
)
from tests.helpers.widgets import OFFSCREEN


def test_it_goes_on_and_back_by_its_buttons(lesson) -> None:
    assert caption(lesson).startswith("The four cells")
    assert part(lesson, "lesson_place").text() == "1 / 3"
    assert read(lesson, "output") == [["11", ""], ["", ""]]
    assert not part(lesson, "lesson_back").isEnabled()
    click(lesson, "lesson_next")
    assert caption(lesson) == "The filter has moved one cell to the right."
    click(lesson, "lesson_back")
    assert part(lesson, "lesson_place").text() == "1 / 3"


def test_the_menu_of_steps_goes_to_any_of_them(lesson) -> None:
    menu = lesson.findChild(QToolButton, "lesson_place").menu()
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions()]
    assert texts[3:] == ["", "Free lab on this topic"]
    assert "3  You can change" in texts[2]
    menu.actions()[2].trigger()
    assert lesson.guide.place == 2


def test_anything_can_be_changed_and_put_back(lesson) -> None:
    restore = part(lesson, "lesson_restore")
    assert not restore.isEnabled()
    write(lesson, "x", 0, 0, "7")
    settle()
    click(lesson, "lesson_restore")
    assert read(lesson, "x")[0] == ["1", "2", "0"]
    assert not restore.isEnabled()
    lesson.lab.inspector.wanted.emit(setting("size:x"), (5, 5), 0)
    press(lesson, "F8")
    assert len(read(lesson, "x")) == 3
    press(lesson, QKeySequence.StandardKey.Undo)
    assert len(read(lesson, "x")) == 5


def test_undo_goes_back_to_the_step_before_with_what_was_done_there(lesson) -> None:
    write(lesson, "x", 0, 1, "9")
    press(lesson, "Alt+PgDown")
    assert read(lesson, "x")[0] == ["1", "2", "0"]
    lesson.findChild(QTableView, "x").setFocus()
    press(lesson, QKeySequence.StandardKey.Undo)
    assert lesson.guide.place == 0
    assert read(lesson, "x")[0] == ["1", "9", "0"]
    press(lesson, QKeySequence("Ctrl+Shift+Z"))
    assert lesson.guide.place == 1


def test_the_list_says_how_far_one_has_come(lesson) -> None:
    chapters = lesson.findChild(ChapterList)
    item = chapters.currentItem()
    assert item.text(0) == "A first lesson"
    assert item.toolTip(0) == "A first lesson"
    click(lesson, "lesson_next")
    answer(lesson, 0, 1, "14")
    assert item.toolTip(0) == "A first lesson\n2 of 3 steps done"
    assert "2 of 3 steps done" in item.data(0, Qt.ItemDataRole.AccessibleTextRole)
    click(lesson, "lesson_next")
    click(lesson, "lesson_next")
    click(lesson, "lesson_show")
    assert plain(part(lesson, "lesson_task")).startswith("This is one way")
    assert (
        item.toolTip(0) == "A first lesson\n2 of 3 steps done"
    )  # to be shown is not to have done it
    press(lesson, "F8")
    for row, column in ((0, 0), (1, 1)):
        write(lesson, "kernel", row, column, "0")
        settle()
    assert item.toolTip(0) == "A first lesson\nfinished"
    assert lesson.guide.progress.finished("own_first")
    assert not part(lesson, "lesson_next").isEnabled()  # it is the last of all


def test_the_end_names_the_steps_that_were_only_shown_and_leads_to_them(lesson) -> None:
    end = part(lesson, "caption")
    assert "Practise this now" not in plain(end)
    click(lesson, "lesson_next")
    click(lesson, "lesson_next")  # which is not done yet
    click(lesson, "lesson_show")
    click(lesson, "lesson_next")
    assert lesson.guide.place == 2
    assert "Practise this now" not in plain(end)  # its own task comes first
    for row, column in ((0, 0), (1, 1)):
        write(lesson, "kernel", row, column, "0")
        settle()
    assert plain(end).startswith("Step 2 was shown to you. Do it yourself to complete the lesson.")
    end.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(end, Qt.Key.Key_Return)
    assert lesson.guide.place == 1
    answer(lesson, 0, 1, "14")
    assert lesson.guide.progress.finished("own_first")
    lesson.guide.go_to(2)
    settle()
    for row, column in ((0, 0), (1, 1)):
        write(lesson, "kernel", row, column, "0")
        settle()
    assert plain(end).startswith("Practise this now")


def test_the_end_says_what_was_learned_and_leads_to_practice(window) -> None:
    window.open_chapter("lesson_pooling")
    lesson = window.guide.lesson
    window.guide.go_to(len(lesson.steps) - 1)
    settle()
    while window.guide.attempt.task is not None and not window.guide.solved:
        click(window, "lesson_next")
        click(window, "lesson_show")
    end = part(window, "caption")
    assert words.pick(lesson.learned) in plain(end)
    assert "Steps 1, 2, 3" in plain(end)
    end.setFocus(Qt.FocusReason.BacktabFocusReason)
    QTest.keyClick(end, Qt.Key.Key_Return)
    settle()
    assert window.practice.on == PRACTICE
    asked = [item.skill for item in window.practice.page.drill.round.items]
    assert asked[:4] == ["max_pooling", "average_pooling"] * 2


def test_a_lesson_that_names_no_skills_is_practised_by_its_layers(lesson) -> None:
    lesson.follow_link("practise:own_first")
    settle()
    items = lesson.practice.page.drill.round.items
    assert {item.kind for item in items} == {"conv2d"}
    lesson.follow_link("practise:own_that_is_gone")
    assert lesson.practice.on == PRACTICE


@pytest.mark.parametrize("key", list(Library()))
def test_every_lesson_of_the_program_says_what_was_learned(key) -> None:
    lesson = Library()[key].lesson
    assert set(lesson.learned) == set(words.LANGUAGES)
    assert lesson.practise
    assert set(lesson.practise) <= set(skills())


def test_a_lesson_opens_from_the_list_where_it_was_left(window) -> None:
    choose(window, "1 Convolution")
    assert window.guide.step.key == "meet"
    click(window, "lesson_next")
    choose(window, "Blur")
    assert window.guide.lesson is None
    assert not part(window, "lesson_next").isVisible()
    choose(window, "1 Convolution")
    assert window.guide.step.key == "first_cell"
    choose(window, "1 Convolution")
    assert window.guide.step.key == "first_cell"


def test_the_way_from_a_lesson_to_the_free_lab_and_back(window) -> None:
    choose(window, "1 Convolution")
    menu = window.findChild(QToolButton, "lesson_place").menu()
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    assert window.document.project.origin == "convolution"
    assert "Lesson" in caption(window)
    link = part(window, "caption")
    link.setFocus(Qt.FocusReason.BacktabFocusReason)
    QTest.keyClick(link, Qt.Key.Key_Return)
    assert window.guide.lesson.key == "lesson_convolution"


@OFFSCREEN
def test_a_term_in_a_caption_opens_the_glossary(window) -> None:
    choose(window, "1 Convolution")
    text = part(window, "caption")
    text.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(text, Qt.Key.Key_Return)
    glossary = part(window, "glossary")
    assert glossary.isVisible()
    glossary.close()


def test_the_language_changes_in_the_middle_of_a_step(lesson) -> None:
    click(lesson, "lesson_next")
    answer(lesson, 0, 1, "8")
    lesson.set_language("ja")
    settle()
    assert caption(lesson) == "フィルタが1マス右へ動きました。"
    assert part(lesson, "lesson_next").text() == "次へ →"
    assert lesson.guide.place == 1
    assert lesson.lab.questions.entry((0, 1, 0)) == 8


def test_steps_that_are_only_looked_at_are_not_done(window) -> None:
    for key in ("lesson_padding", "lesson_activation"):
        window.open_chapter(key)
        lesson = window.guide.lesson
        for place in range(len(lesson.steps)):
            window.guide.go_to(place)
            settle()
        assert window.guide.progress.done(key) == ()
        while window.document.undo_stack.canUndo():
            window.document.undo_stack.undo()
        while window.document.undo_stack.canRedo():
            window.document.undo_stack.redo()
        assert window.guide.progress.done(key) == ()


def test_back_to_the_lesson_is_a_change_of_an_open_file(lesson, tmp_path) -> None:
    write(lesson, "x", 0, 0, "9")
    path = tmp_path / "mine.cnnt"
    lesson.files.file.save(str(path))
    assert not lesson.isWindowModified()
    press(lesson, "F8")
    assert read(lesson, "x")[0][0] == "1"
    assert lesson.isWindowModified()
    assert lesson.files.file.path == str(path)


def test_no_button_stays_half_hidden_when_the_layers_find_room(window) -> None:
    window.resize(1280, 720)
    window.open_chapter("lesson_network")
    for place in (8, 9):  # the row gets wider as the tabs beside it get fewer
        window.guide.go_to(place)
        settle()
    for name in ("chain_back", "chain_forth"):
        button = part(window, name)
        assert button.isVisible() != button.isHidden()
