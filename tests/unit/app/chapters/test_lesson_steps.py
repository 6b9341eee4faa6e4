"""The board, saved as a step of a lesson from the menu."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox

from cnn_tutor.app.chapters.chapter_list import ChapterList
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.study.lessons.reader import read as read_lesson
from tests.helpers.lesson_window import caption, choose, read, settle, write
from tests.unit.study.lessons.written import EXAMPLE


def action(window: MainWindow) -> QAction:
    (found,) = (a for a in window.findChildren(QAction) if "lesson s&tep" in a.text())
    return found


def save_step(window: MainWindow, path: Path) -> None:
    """Choose the command in the menu, and type the name of a file."""
    action(window).trigger()
    dialog = window.findChild(QFileDialog, "lesson_step_dialog")
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    name.setText(str(path))
    QTest.keyClick(name, Qt.Key.Key_Return)
    settle()


def titles(window: MainWindow) -> list[str]:
    chapters = window.findChild(ChapterList)
    return [item.text(0) for item in chapters.all_items()]


def test_a_lesson_is_made_of_boards_one_after_the_other(window, tmp_path) -> None:
    path = tmp_path / "Edges.toml"
    write(window, "x", 0, 0, "7")
    save_step(window, path)
    (box,) = window.findChildren(QMessageBox, "saving_done")
    assert box.informativeText() == str(path)
    QTest.mouseClick(box.button(QMessageBox.StandardButton.Close), Qt.MouseButton.LeftButton)
    assert "Edges" in titles(window)
    assert window.guide.lesson is None  # the board stays for the next step
    window.open_chapter("rgb")
    save_step(window, path)
    for box in window.findChildren(QMessageBox, "saving_done"):
        box.close()
    lesson = read_lesson(path, "k")
    assert lesson.title == "Edges"
    assert lesson.languages == ("en",)
    assert [step.key for step in lesson.steps] == ["step_1", "step_2"]
    assert lesson.scene(0).project.x[0, 0, 0] == 7
    choose(window, "Edges")
    assert caption(window) == "Write here what there is to see."
    assert read(window, "x")[0][0] == "7"


def test_a_step_is_added_to_a_lesson_that_is_there(window, tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("# Mine.\n" + EXAMPLE, "utf-8")
    save_step(window, path)
    assert path.read_text("utf-8").startswith("# Mine.\n" + EXAMPLE)
    for box in window.findChildren(QMessageBox, "saving_done"):
        box.close()
    lesson = read_lesson(path, "k")
    assert len(lesson.steps) == 4
    assert set(lesson.languages) == {"ja", "en"}
    assert "A first lesson" in titles(window)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_no_lesson_stays_as_it_is(window, tmp_path, language: str) -> None:
    window.set_language(language)
    path = tmp_path / "notes.toml"
    path.write_text("a = 1\n", "utf-8")
    window.parts.lesson_steps.save()
    window.findChild(QFileDialog, "lesson_step_dialog").fileSelected.emit(str(path))
    (box,) = window.findChildren(QMessageBox, "saving_failed")
    assert box.text().startswith("notes.toml: ")
    assert path.read_text("utf-8") == "a = 1\n"
    box.close()


def test_there_is_no_board_in_practice(player) -> None:
    window = player.window
    assert action(window).isEnabled()
    window.open_chapter("practice")
    assert not action(window).isEnabled()
    window.open_chapter("convolution")
    assert action(window).isEnabled()
