"""A lesson in the window, worked through with real keys and mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QTableView,
    QToolButton,
    QWidget,
)

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.widgets.notice import Notice
from tests.app.test_main_window import opened, press, read, write
from tests.labs.boards import plain
from tests.study.lessons.example import example
from tests.widgets.helpers import OFFSCREEN

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot) -> MainWindow:
    return opened(qtbot, MainWindow())


@pytest.fixture
def lesson(window, tmp_path) -> MainWindow:
    """The window on the three steps of the example: watch, guess, change."""
    path = tmp_path / "first.toml"
    path.write_text(example(), "utf-8")
    window.open_path(str(path))
    settle()
    return window


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def part(window: MainWindow, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert found is not None, name
    return found


def click(window: MainWindow, name: str) -> None:
    button = part(window, name)
    assert isinstance(button, QAbstractButton)
    assert button.isVisible(), name
    assert button.isEnabled(), name
    QTest.mouseClick(button, LEFT)
    settle()


def said(window: MainWindow) -> list[str]:
    return [n.text() for n in window.findChildren(Notice) if n.isVisible()]


def caption(window: MainWindow) -> str:
    return plain(part(window, "caption"))


def line(window: MainWindow, text: str) -> QRect:
    """Return where a chapter stands in the list, once it is in sight."""
    chapters = window.findChild(QListWidget, "chapters")
    (item,) = (i for n in range(chapters.count()) if (i := chapters.item(n)).text() == text)
    chapters.scrollToItem(item)
    return chapters.visualItemRect(item)


def choose(window: MainWindow, text: str) -> None:
    chapters = window.findChild(QListWidget, "chapters")
    QTest.mouseClick(chapters.viewport(), LEFT, NONE, line(window, text).center())
    settle()


def answer(window: MainWindow, row: int, column: int, digits: str) -> None:
    """Click an output cell and write into it."""
    grid = window.findChild(QTableView, "output")
    place = grid.visualRect(grid.model().index(row, column)).center()
    QTest.mouseClick(grid.viewport(), LEFT, NONE, place)
    enter(digits)


def enter(text: str) -> None:
    """Type into whatever has the keyboard, letter by letter, and press Enter."""
    for letter in text:
        QTest.keyClicks(QApplication.focusWidget(), letter)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()


def test_it_goes_on_and_back_by_its_buttons(lesson) -> None:
    assert caption(lesson).startswith("The four cells")
    assert part(lesson, "lesson_place").text() == "1 / 3"
    assert read(lesson, "output") == [["11", ""], ["", ""]]
    assert not part(lesson, "lesson_back").isEnabled()
    click(lesson, "lesson_next")
    assert caption(lesson) == "The filter has moved one cell to the right."
    click(lesson, "lesson_back")
    assert part(lesson, "lesson_place").text() == "1 / 3"


def test_it_goes_on_and_back_by_keys_from_anywhere(lesson) -> None:
    lesson.findChild(QTableView, "x").setFocus()
    press(lesson, "Alt+PgDown")
    assert lesson.guide.place == 1
    press(lesson, "Alt+PgUp")
    assert lesson.guide.place == 0


def test_the_menu_of_steps_goes_to_any_of_them(lesson) -> None:
    menu = lesson.findChild(QToolButton, "lesson_place").menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions()]
    assert len(texts) == 3
    assert "3  You can change" in texts[2]
    menu.actions()[2].trigger()
    assert lesson.guide.place == 2


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


def test_the_keyboard_waits_where_the_answer_is_to_be_written(lesson) -> None:
    press(lesson, "Alt+PgDown")
    settle()
    enter("14")
    assert lesson.guide.solved


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


def test_anything_can_be_changed_and_put_back(lesson) -> None:
    restore = part(lesson, "lesson_restore")
    assert not restore.isEnabled()
    write(lesson, "x", 0, 0, "7")
    settle()
    click(lesson, "lesson_restore")
    assert read(lesson, "x")[0] == ["1", "2", "0"]
    assert not restore.isEnabled()
    lesson.lab.inspector.wanted.emit("size:x", (5, 5))
    press(lesson, "F8")
    assert len(read(lesson, "x")) == 3
    press(lesson, QKeySequence.StandardKey.Undo)
    assert len(read(lesson, "x")) == 5


def test_the_next_step_begins_with_its_own_board(lesson) -> None:
    write(lesson, "x", 0, 1, "9")
    click(lesson, "lesson_next")
    assert read(lesson, "x")[0] == ["1", "2", "0"]


def test_undo_goes_back_to_the_step_before_with_what_was_done_there(lesson) -> None:
    write(lesson, "x", 0, 1, "9")
    press(lesson, "Alt+PgDown")
    lesson.findChild(QTableView, "x").setFocus()
    press(lesson, QKeySequence.StandardKey.Undo)
    assert lesson.guide.place == 0
    assert read(lesson, "x")[0] == ["1", "9", "0"]
    press(lesson, QKeySequence("Ctrl+Shift+Z"))
    assert lesson.guide.place == 1


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


def test_the_list_says_how_far_one_has_come(lesson) -> None:
    chapters = lesson.findChild(QListWidget, "chapters")
    item = chapters.currentItem()
    assert item.text() == "A first lesson"
    assert item.toolTip() == "A first lesson"
    click(lesson, "lesson_next")
    answer(lesson, 0, 1, "14")
    assert item.toolTip() == "A first lesson\n2 of 3 done"
    assert "2 of 3 done" in item.data(Qt.ItemDataRole.AccessibleTextRole)
    click(lesson, "lesson_next")
    click(lesson, "lesson_next")
    click(lesson, "lesson_show")
    assert item.toolTip() == "A first lesson\nfinished"
    assert lesson.guide.progress.finished("own_first")
    assert not part(lesson, "lesson_next").isEnabled()  # it is the last of all


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
    (action,) = (a for a in window.findChildren(QAction) if a.text().startswith("&Free lab"))
    action.trigger()
    assert window.document.project.origin == "convolution"
    assert "Lesson" in caption(window)
    link = part(window, "caption")
    assert isinstance(link, QLabel)
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


def test_a_number_is_answered_in_its_box(window) -> None:
    window.open_chapter("lesson_padding")
    settle()
    box = window.findChild(QLineEdit, "lesson_number")
    assert box.isVisible()
    assert box.hasFocus()
    QTest.keyClicks(box, "ten")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert "not a number" in said(window)[0]
    box.selectAll()
    QTest.keyClicks(box, "900")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert said(window)
    assert not window.guide.solved
    box.selectAll()
    QTest.keyClicks(box, "1")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert window.guide.solved


def test_a_number_in_the_box_counts_for_who_goes_on_without_enter(window) -> None:
    window.open_chapter("lesson_padding")
    settle()
    QTest.keyClicks(window.findChild(QLineEdit, "lesson_number"), "900")
    click(window, "lesson_next")
    assert (window.guide.place, window.guide.solved) == (0, False)
    box = window.findChild(QLineEdit, "lesson_number")
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "1")
    press(window, "Alt+PgDown")
    assert window.guide.place == 1


def test_what_is_being_typed_counts_for_who_goes_on_by_key(lesson) -> None:
    press(lesson, "Alt+PgDown")
    settle()
    for letter in "14":
        QTest.keyClicks(QApplication.focusWidget(), letter)
    press(lesson, "Alt+PgDown")
    assert lesson.guide.place == 2


def test_the_language_changes_in_the_middle_of_a_step(lesson) -> None:
    click(lesson, "lesson_next")
    answer(lesson, 0, 1, "8")
    lesson.set_language("ja")
    settle()
    assert caption(lesson) == "フィルタが1マス右へ動きました。"
    assert part(lesson, "lesson_next").text() == "次へ →"
    assert lesson.guide.place == 1
    assert lesson.lab.questions.entry((0, 1, 0)) == 8


def test_a_bad_lesson_is_one_message_and_changes_nothing(window, tmp_path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(example().replace("predict =", "predikt ="), "utf-8")
    window.open_path(str(path))
    (box,) = window.findChildren(QMessageBox)
    assert box.text().startswith("bad.toml: line 26, steps[1].task.predikt:")
    assert window.document.project.origin == "convolution"
    assert len(window.guide.library.own) == 0
    box.close()


def test_a_folder_of_lessons_opens_in_order_and_says_which_are_bad(window, tmp_path) -> None:
    for name, text in (("b", example()), ("a", example()), ("c", "x = ")):
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    window.lesson_files.open_folder()
    dialog = window.findChild(QFileDialog, "lesson_dialog")
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    assert list(window.guide.library.own) == ["own_a", "own_b"]
    assert window.guide.lesson.key == "own_a"
    (box,) = (b for b in window.findChildren(QMessageBox) if b.isVisible())
    assert "c.toml: line 1, x" in box.text()
    box.close()


def test_an_empty_folder_says_so(window, tmp_path) -> None:
    window.lesson_files.load_folder(tmp_path)
    (box,) = (b for b in window.findChildren(QMessageBox) if b.isVisible())
    assert tmp_path.name in box.text()
    box.close()


def test_a_lesson_that_was_changed_is_read_anew(lesson, tmp_path) -> None:
    path: Path = tmp_path / "first.toml"
    path.write_text(example().replace("A first lesson", "Another"), "utf-8")
    lesson.open_path(str(path))
    assert lesson.guide.lesson.title == "Another"
    assert [*lesson.guide.library.own] == ["own_first"]
    assert lesson.findChild(QListWidget, "chapters").currentItem().text() == "Another"


def test_a_closed_lesson_leaves_the_list(lesson) -> None:
    lesson.close_lesson()
    assert len(lesson.guide.library.own) == 0
    assert lesson.guide.lesson is None
    assert lesson.document.project.origin == "convolution"


def test_a_lesson_can_be_dropped_on_the_window(window, tmp_path) -> None:
    from tests.app.test_main_window import drop

    path = tmp_path / "first.toml"
    path.write_text(example(), "utf-8")
    assert drop(window, path)
    assert window.guide.lesson.key == "own_first"


def test_a_message_does_not_move_the_board(lesson) -> None:
    click(lesson, "lesson_next")
    grid = lesson.findChild(QTableView, "x")
    before = grid.mapTo(lesson, QPoint())
    answer(lesson, 0, 1, "8")
    assert said(lesson)
    assert grid.mapTo(lesson, QPoint()) == before


def test_a_file_that_was_saved_in_a_lesson_goes_on_there(lesson, tmp_path) -> None:
    click(lesson, "lesson_next")
    path = tmp_path / "half.cnnt"
    lesson.files.file.save(str(path))
    lesson.open_chapter("blur")
    lesson.open_path(str(path))
    assert lesson.guide.step.key == "guess"
    assert read(lesson, "output")[0] == ["11", "?"]


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


def test_the_last_step_of_the_last_lesson_can_be_finished(window, tmp_path) -> None:
    path = tmp_path / "one.toml"
    path.write_text(example().partition('[[steps]]\nid = "guess"')[0], "utf-8")
    window.open_path(str(path))
    settle()
    assert part(window, "lesson_next").text() == "Finish"
    click(window, "lesson_next")
    assert window.guide.progress.finished("own_one")
    assert not part(window, "lesson_next").isEnabled()


def test_back_to_the_lesson_is_a_change_of_an_open_file(lesson, tmp_path) -> None:
    write(lesson, "x", 0, 0, "9")
    path = tmp_path / "mine.cnnt"
    lesson.files.file.save(str(path))
    assert not lesson.isWindowModified()
    press(lesson, "F8")
    assert read(lesson, "x")[0][0] == "1"
    assert lesson.isWindowModified()
    assert lesson.files.file.path == str(path)


def test_closing_a_lesson_asks_about_a_file_with_changes(lesson, tmp_path) -> None:
    lesson.files.file.save(str(tmp_path / "mine.cnnt"))
    write(lesson, "x", 0, 0, "9")
    lesson.close_lesson()
    (box,) = (b for b in lesson.findChildren(QMessageBox) if b.isVisible())
    assert len(lesson.guide.library.own) == 1
    QTest.mouseClick(box.button(QMessageBox.StandardButton.Cancel), LEFT)
    assert len(lesson.guide.library.own) == 1
    assert read(lesson, "x")[0][0] == "9"


def test_a_smaller_board_does_not_make_the_task_smaller(window) -> None:
    window.open_chapter("lesson_convolution")
    window.guide.go_to(13)
    settle()
    assert len(window.lab.questions.asked) == 4
    window.lab.inspector.wanted.emit("size:x", (3, 3))
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


def test_the_keyboard_stays_in_the_box_when_the_number_is_wrong(window) -> None:
    window.open_chapter("lesson_padding")
    settle()
    box = window.findChild(QLineEdit, "lesson_number")
    QTest.keyClicks(box, "900")
    press(window, "Alt+PgDown")
    settle()
    assert QApplication.focusWidget() is box
    window.set_theme("dark")
    window.set_language("ja")
    settle()
    assert box.text() == "900"


def test_many_bad_lessons_are_a_message_that_fits_the_screen(window, tmp_path) -> None:
    for n in range(40):
        (tmp_path / f"{n:02}.toml").write_text("x = ", "utf-8")
    window.lesson_files.load_folder(tmp_path)
    (box,) = (b for b in window.findChildren(QMessageBox) if b.isVisible())
    assert box.sizeHint().height() < 500
    assert "35" in box.text()
    box.close()
