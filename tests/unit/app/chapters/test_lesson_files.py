"""Lessons that are opened from files, closed, and saved halfway."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from cnn_tutor.app.chapters import lesson_files
from cnn_tutor.app.chapters.chapter_list import ChapterList
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.project import limits
from tests.helpers.lesson_window import click, part, read, settle, write
from tests.helpers.unsaved import started
from tests.unit.study.lessons.written import EXAMPLE

LEFT = Qt.MouseButton.LeftButton


def test_a_bad_lesson_is_one_message_and_changes_nothing(window, tmp_path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(EXAMPLE.replace("predict =", "predikt ="), "utf-8")
    window.open_path(str(path))
    (box,) = window.findChildren(QMessageBox)
    assert box.text().startswith("bad.toml: line 26, steps[1].task.predikt:")
    assert window.document.project.origin == "convolution"
    assert len(window.guide.library.own) == 0
    box.close()


def test_a_folder_of_lessons_opens_in_order_and_says_which_are_bad(window, tmp_path) -> None:
    for name, text in (("b", EXAMPLE), ("a", EXAMPLE), ("c", "x = ")):
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
    path.write_text(EXAMPLE.replace("A first lesson", "Another"), "utf-8")
    lesson.open_path(str(path))
    assert lesson.guide.lesson.title == "Another"
    assert [*lesson.guide.library.own] == ["own_first"]
    assert lesson.findChild(ChapterList).currentItem().text(0) == "Another"


def close_lesson(window: MainWindow) -> None:
    (action,) = (a for a in window.findChildren(QAction) if a.text() == "&Close this lesson")
    action.trigger()


def test_a_closed_lesson_leaves_the_list(lesson) -> None:
    close_lesson(lesson)
    assert len(lesson.guide.library.own) == 0
    assert lesson.guide.lesson is None
    assert lesson.document.project.origin == "convolution"


def test_a_file_that_was_saved_in_a_lesson_goes_on_there(lesson, tmp_path) -> None:
    click(lesson, "lesson_next")
    path = tmp_path / "half.cnnt"
    lesson.files.file.save(str(path))
    lesson.open_chapter("blur")
    lesson.open_path(str(path))
    assert lesson.guide.step.key == "guess"
    assert read(lesson, "output")[0] == ["11", "?"]


def test_the_last_step_of_the_last_lesson_can_be_finished(window, tmp_path) -> None:
    path = tmp_path / "one.toml"
    path.write_text(EXAMPLE.partition('[[steps]]\nid = "guess"')[0], "utf-8")
    window.open_path(str(path))
    settle()
    assert part(window, "lesson_next").text() == "Finish"
    click(window, "lesson_next")
    assert window.guide.progress.finished("own_one")
    assert not part(window, "lesson_next").isEnabled()


def test_closing_a_lesson_asks_about_a_file_with_changes(lesson, tmp_path) -> None:
    lesson.files.file.save(str(tmp_path / "mine.cnnt"))
    write(lesson, "x", 0, 0, "9")
    close_lesson(lesson)
    (box,) = (b for b in lesson.findChildren(QMessageBox) if b.isVisible())
    assert len(lesson.guide.library.own) == 1
    QTest.mouseClick(box.button(QMessageBox.StandardButton.Cancel), LEFT)
    assert len(lesson.guide.library.own) == 1
    assert read(lesson, "x")[0][0] == "9"


def test_many_bad_lessons_are_a_message_that_fits_the_screen(window, tmp_path) -> None:
    for n in range(40):
        (tmp_path / f"{n:02}.toml").write_text("x = ", "utf-8")
    window.lesson_files.load_folder(tmp_path)
    (box,) = (b for b in window.findChildren(QMessageBox) if b.isVisible())
    assert box.sizeHint().height() < 500
    assert "35" in box.text()
    box.close()


# --- the lessons of the last start: as many as may be are opened, and none is forgott ---


def teacher(preferences: Preferences, folder: Path, count: int) -> dict[str, str]:
    """Let lessons be remembered that are all there, and return them."""
    paths = {}
    for number in range(count):
        path = folder / f"l{number:02}.toml"
        path.write_text(EXAMPLE, "utf-8")
        paths[f"own_old_{number:02}"] = str(path)
    preferences.lesson_paths = paths
    preferences.flush()
    return paths


def test_no_more_lessons_are_opened_than_of_a_folder_and_none_is_forgotten(
    qtbot: QtBot, preferences: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_FOLDER", 3)
    paths = teacher(preferences, tmp_path, 6)
    window = started(qtbot, preferences)
    library = window.guide.library
    assert [*library.own] == ["own_old_00", "own_old_01", "own_old_02"]
    window.open_path(paths["own_old_04"])  # which has the key that it had before
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "old_05.toml").write_text(EXAMPLE, "utf-8")
    window.open_path(str(tmp_path / "other" / "old_05.toml"))
    assert [*library.own][3:] == ["own_old_04", "own_old_05_2"]
    window.lesson_files.close("own_old_00")
    window.lesson_files.close("own_old_04")
    del paths["own_old_00"], paths["own_old_04"]
    paths["own_old_05_2"] = str(tmp_path / "other" / "old_05.toml")
    preferences.flush()
    assert Preferences().lesson_paths == paths
    again = started(qtbot, Preferences())
    assert [*again.guide.library.own] == ["own_old_01", "own_old_02", "own_old_05_2"]


def test_lessons_that_take_too_long_wait_for_the_next_start(
    qtbot: QtBot, preferences: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = teacher(preferences, tmp_path, 4)
    clock = itertools.count(0, 0.4 * limits.MAX_FOLDER_SECONDS)
    with monkeypatch.context() as patch:
        patch.setattr(lesson_files, "monotonic", lambda: next(clock))
        window = started(qtbot, preferences)
    assert [*window.guide.library.own] == ["own_old_00", "own_old_01"]
    window.open_path(paths["own_old_03"])
    preferences.flush()
    assert Preferences().lesson_paths == paths
    assert len(started(qtbot, Preferences()).guide.library.own) == 4
