"""What is remembered from one start to the next."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cnn_tutor.app.cli import session
from cnn_tutor.app.restoring import Restoring
from cnn_tutor.app.settings import settings_file
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.project.file import FileError
from cnn_tutor.widgets.overlays.notice import Notice
from tests.helpers.unsaved import OPTIONS, change, started
from tests.unit.study.lessons.written import EXAMPLE

FIRST = "lesson_convolution/meet"
"""Where a learner begins who has never been here."""


def test_it_starts_afresh_where_nothing_is_remembered(qtbot, preferences) -> None:
    window = started(qtbot, preferences)
    assert window.document.project.origin == FIRST
    assert not window.isWindowModified()


def test_a_saved_file_is_opened_again(qtbot, preferences, tmp_path) -> None:
    window = started(qtbot, preferences)
    change(window, 8)
    window.files.file.save(str(tmp_path / "mine.cnnt"))
    window.close()
    again = started(qtbot, Preferences())
    assert again.files.file.name == "mine.cnnt"
    assert not again.isWindowModified()


def test_what_the_command_line_names_goes_first(qtbot, preferences) -> None:
    window = started(qtbot, preferences)
    change(window, 8)
    window.close()
    again = started(qtbot, Preferences(), open="blur", step=3)
    assert again.document.project.origin == "blur"
    assert again.lab.playback.position == 3


def test_the_place_is_kept_soon(qtbot, preferences, tmp_path) -> None:
    """Not every end is one that the program hears of."""
    window = started(qtbot, preferences)
    window.open_chapter("blur")
    qtbot.waitUntil(lambda: Preferences().chapter == "blur")
    window.files.file.save(str(tmp_path / "mine.cnnt"))
    qtbot.waitUntil(lambda: Preferences().open_path != "")
    assert Preferences().open_path.endswith("mine.cnnt")
    window.open_chapter("lesson_convolution")
    window.guide.next()
    lesson = "lesson_convolution"
    qtbot.waitUntil(lambda: Preferences().lessons[lesson].split()[2:] == ["meet"])


def test_a_message_that_saving_failed_goes_when_it_works(qtbot, preferences, tmp_path) -> None:
    window = started(qtbot, preferences)
    with qtbot.waitActive(window):
        window.show()

    def said() -> list[str]:
        return [notice.text() for notice in window.findChildren(Notice) if notice.isVisible()]

    folder = tmp_path / "here"
    folder.mkdir()
    window.files.file.save(str(folder / "mine.cnnt"))
    change(window, 8)
    shutil.rmtree(folder)
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert len(said()) == 1
    assert window.isWindowModified()
    folder.mkdir()
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert said() == []
    assert not window.isWindowModified()


def test_language_theme_and_files_are_kept_but_no_theme_from_the_command_line(
    qtbot, preferences, tmp_path
) -> None:
    window = started(qtbot, preferences)
    window.set_language("ja")
    window.set_theme("dark")
    window.show_theme("light")
    window.files._save_to(str(tmp_path / "a.cnnt"))
    window.close()
    again = Preferences()
    assert (again.language, again.theme) == ("ja", "dark")
    assert [Path(path).name for path in again.recent_files] == ["a.cnnt"]


def test_a_lesson_goes_on_where_it_was_left(qtbot, preferences) -> None:
    window = started(qtbot, preferences, open="lesson_convolution", step=4)
    assert window.guide.place == 3
    window.guide.back()
    window.close()
    again = started(qtbot, Preferences())
    assert again.document.project.origin == "lesson_convolution/slide"
    again.open_chapter("blur")
    again.open_chapter("lesson_convolution")
    assert again.guide.step.key == "slide"


@pytest.mark.parametrize("junk", ["", "x", "nowhere many 3", "slide -1 meet meet", "\x00 \n"])
def test_spoilt_progress_never_keeps_it_from_starting(qtbot, preferences, junk) -> None:
    preferences.lessons["lesson_convolution"] = junk
    window = started(qtbot, Preferences(), open="lesson_convolution")
    assert window.guide.step is not None


def test_a_teachers_lesson_is_listed_again_at_the_next_start(qtbot, preferences, tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(EXAMPLE, "utf-8")
    window = started(qtbot, preferences)
    window.open_path(str(path))
    assert window.document.project.origin == "own_mine/watch"
    window.close()
    again = started(qtbot, Preferences())
    assert again.guide.lesson.key == "own_mine"
    again.close()
    path.unlink()
    assert started(qtbot, Preferences()).guide.lesson is None


def test_a_lesson_opens_from_the_command_line(qtbot, preferences, tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(EXAMPLE, "utf-8")
    window = started(qtbot, preferences, file=str(path), step=2)
    assert (window.guide.lesson.key, window.guide.place) == ("own_mine", 1)
    path.write_text("title = 3", "utf-8")
    options = argparse.Namespace(**{**vars(OPTIONS), "file": str(path)})
    fault = session.Session(options)._open(window, None)
    assert "mine.toml: line 1, title" in fault


def test_a_restoring_that_fails_is_no_fault_of_the_command_line(
    qtbot, preferences, monkeypatch
) -> None:
    def fail(_: Restoring) -> None:
        raise FileError("file_cut")

    monkeypatch.setattr(Restoring, "restore", fail)
    with pytest.raises(FileError):
        started(qtbot, preferences)


def test_what_is_clicked_waits_for_no_disk(qtbot, preferences, monkeypatch) -> None:
    """However much is changed, the settings are written once, and after the events of the user."""
    window = started(qtbot, preferences)
    preferences.flush()
    written = []
    monkeypatch.setattr(settings_file, "write", lambda path, data, own: written.append(data))
    window.open_chapter("lesson_convolution")
    for _ in range(3):
        window.guide.next()
    window.set_theme("dark")
    window.set_language("ja")
    window.open_chapter("blur")
    assert written == []
    qtbot.waitUntil(lambda: len(written) > 0)
    assert json.loads(written[0])["chapter"] == "blur"
    assert "lesson_convolution" in str(written)
    preferences.flush()
    window.close()
