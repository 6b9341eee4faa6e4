"""The tasks of a lesson in the window, done with real keys and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QTableView,
)

from cnn_tutor.study import words
from cnn_tutor.widgets.overlays.notice import Notice
from tests.helpers.boards import plain, setting
from tests.helpers.lesson_window import (
    answer,
    click,
    enter,
    on_screen,
    part,
    press,
    read,
    said,
    settle,
    write,
)


def test_a_task_holds_until_it_is_done_and_says_what_is_wrong(lesson) -> None:
    click(lesson, "lesson_next")
    assert plain(part(lesson, "lesson_task")).startswith("Work out")
    click(lesson, "lesson_next")
    assert lesson.guide.place == 1
    assert said(lesson)
    answer(lesson, 0, 1, "8")
    (text,) = said(lesson)
    assert text.startswith("Was it 2 + 6?")
    assert not lesson.guide.solved
    answer(lesson, 0, 1, "14")
    assert lesson.guide.solved
    assert plain(part(lesson, "lesson_task")) == "Done."
    assert read(lesson, "output")[0] == ["11", "14"]
    click(lesson, "lesson_next")
    assert lesson.guide.place == 2


def test_what_is_no_number_is_said_and_not_counted(lesson) -> None:
    click(lesson, "lesson_next")
    answer(lesson, 0, 1, "abc")
    assert "not a number" in said(lesson)[0]
    assert lesson.lab.questions.entry((0, 1, 0)) is None


def test_who_goes_on_without_an_answer_can_be_shown_it(lesson) -> None:
    click(lesson, "lesson_next")
    assert not part(lesson, "lesson_show").isVisible()
    click(lesson, "lesson_next")
    click(lesson, "lesson_show")
    assert lesson.guide.solved
    assert read(lesson, "output")[0] == ["11", "14"]
    click(lesson, "lesson_next")
    press(lesson, "Ctrl+F8")
    assert lesson.guide.solved
    assert read(lesson, "kernel") == [["0", "0"], ["0", "0"]]
    press(lesson, QKeySequence.StandardKey.Undo)
    assert read(lesson, "kernel") == [["1", "0"], ["0", "2"]]
    assert lesson.guide.place == 2


def test_a_task_of_the_board_is_seen_to_be_done(lesson) -> None:
    lesson.guide.go_to(2)
    settle()
    for row, column in ((0, 0), (1, 1)):
        assert not lesson.guide.solved
        write(lesson, "kernel", row, column, "0")
        settle()
    assert lesson.guide.solved
    write(lesson, "kernel", 0, 0, "5")
    assert lesson.guide.solved  # what was done is done


@pytest.fixture
def box(window) -> QLineEdit:
    """The box of a task that asks for a number, which is 1."""
    window.open_chapter("lesson_padding")
    settle()
    return window.findChild(QLineEdit, "lesson_number")


def test_a_number_is_answered_in_its_box(window, box) -> None:
    assert box.isVisible()
    assert box.hasFocus()
    for text in ("ten", "900"):  # what is typed next takes the wrong number's place
        enter(text)
        assert ("not a number" in said(window)[0]) == (text == "ten")
        assert not window.guide.solved
    enter("1")
    assert box.text() == "1"
    assert window.guide.solved
    press(window, "Alt+PgDown")
    settle()
    press(window, "Alt+PgUp")
    settle()
    assert box.text() == ""


def test_a_number_in_the_box_counts_for_who_goes_on_without_enter(window, box) -> None:
    QTest.keyClicks(box, "900")
    click(window, "lesson_next")
    assert (window.guide.place, window.guide.solved) == (0, False)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "1")
    press(window, "Alt+PgDown")
    settle()
    assert window.guide.place == 1
    assert QApplication.focusWidget().objectName() == "x"


def test_what_is_being_typed_counts_for_who_goes_on_by_key(lesson) -> None:
    press(lesson, "Alt+PgDown")
    settle()
    for letter in "14":
        QTest.keyClicks(QApplication.focusWidget(), letter)
    press(lesson, "Alt+PgDown")
    assert lesson.guide.place == 2


def test_a_smaller_board_does_not_make_the_task_smaller(window) -> None:
    window.open_chapter("lesson_convolution")
    window.guide.go_to(14)
    settle()
    assert len(window.lab.questions.asked) == 4
    window.lab.inspector.wanted.emit(setting("size:x"), (3, 3), 0)
    settle()
    value = window.document.evaluation.value("conv2d_1")[0, 0, 0]
    answer(window, 0, 0, f"{value:g}")
    assert window.lab.questions.right((0, 0, 0))
    assert not window.guide.solved
    click(window, "lesson_next")
    assert "F8" in said(window)[0]
    click(window, "lesson_show")
    assert window.guide.solved
    assert len(window.lab.questions.asked) == 4


def test_the_keyboard_stays_when_one_cannot_go_on_yet(lesson) -> None:
    press(lesson, "Alt+PgDown")
    settle()
    QTest.keyClicks(QApplication.focusWidget(), "8")
    press(lesson, "Alt+PgDown")
    settle()
    assert lesson.guide.place == 1
    assert QApplication.focusWidget() is lesson.findChild(QTableView, "output")
    enter("14")
    assert lesson.guide.solved


def test_the_keyboard_stays_in_the_box_when_the_number_is_wrong(window, box) -> None:
    QTest.keyClicks(box, "900")
    press(window, "Alt+PgDown")
    settle()
    assert QApplication.focusWidget() is box
    window.set_theme("dark")
    window.set_language("ja")
    settle()
    assert box.text() == "900"


def test_a_message_goes_with_what_it_was_about(lesson) -> None:
    click(lesson, "lesson_next")
    for leave in (
        lambda: answer(lesson, 0, 1, "14"),
        lambda: press(lesson, "Ctrl+Z"),
        lambda: lesson.lab.state.show_view("network"),
        lambda: lesson.set_language("ja"),
        lambda: press(lesson, "Alt+PgUp"),
    ):
        lesson.guide.go_to(1)
        settle()
        answer(lesson, 0, 1, "8")
        assert said(lesson)
        leave()
        settle()
        assert said(lesson) == []


def test_a_message_covers_neither_the_cells_nor_the_task(lesson) -> None:
    click(lesson, "lesson_next")
    grid = lesson.findChild(QTableView, "output")
    before = on_screen(grid)
    answer(lesson, 0, 1, "8")
    (notice,) = (n for n in lesson.findChildren(Notice) if n.isVisible())
    assert on_screen(grid) == before
    assert not on_screen(notice).intersects(on_screen(grid))
    click(lesson, "lesson_next")
    lesson.guide.go_to(2)
    settle()
    click(lesson, "lesson_next")
    (notice,) = (n for n in lesson.findChildren(Notice) if n.isVisible())
    assert not on_screen(notice).intersects(on_screen(part(lesson, "caption_card")))


def test_who_has_written_nothing_is_told_no_mistake(lesson) -> None:
    click(lesson, "lesson_next")
    click(lesson, "lesson_next")
    assert said(lesson) == [words.say("lessons.blank")]
    lesson.open_chapter("lesson_padding")
    settle()
    click(lesson, "lesson_next")
    assert said(lesson) == [words.say("lessons.no_number")]


def test_a_step_that_was_done_once_can_be_passed_again(lesson) -> None:
    click(lesson, "lesson_next")
    answer(lesson, 0, 1, "14")
    click(lesson, "lesson_back")
    click(lesson, "lesson_next")
    assert not lesson.guide.solved
    assert read(lesson, "output")[0] == ["11", "?"]
    click(lesson, "lesson_next")
    assert lesson.guide.place == 2


def test_undo_takes_an_answer_back_before_it_leaves_the_step(lesson) -> None:
    click(lesson, "lesson_next")
    answer(lesson, 0, 1, "8")
    answer(lesson, 0, 1, "9")
    for left in (8, None):
        press(lesson, "Ctrl+Z")
        assert lesson.guide.place == 1
        assert lesson.lab.questions.entry((0, 1, 0)) == left
    press(lesson, "Ctrl+Shift+Z")
    assert lesson.lab.questions.entry((0, 1, 0)) == 8
    click(lesson, "lesson_next")
    click(lesson, "lesson_show")
    assert lesson.guide.solved
    press(lesson, "Ctrl+Z")
    assert read(lesson, "output")[0] == ["11", "8"]
    for _ in range(3):
        press(lesson, "Ctrl+Z")
    assert lesson.guide.place == 0


def test_the_mouse_leaves_the_keyboard_where_the_answer_goes(lesson) -> None:
    click(lesson, "lesson_next")
    click(lesson, "lesson_next")
    assert said(lesson)
    enter("14")
    assert lesson.guide.solved
