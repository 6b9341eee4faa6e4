"""What the start says of work that it has put back."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.widgets.overlays.notice import Notice
from tests.helpers.lesson_window import choose
from tests.helpers.unsaved import change, crash, first_start, listed, next_start, started, value
from tests.helpers.widgets import OFFSCREEN

pytestmark = OFFSCREEN


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return first_start(qtbot)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_after_a_crash_it_says_that_the_work_is_there_and_from_when(
    qtbot: QtBot, window: MainWindow, language: str
) -> None:
    change(window, 8)
    crash(window)
    window.set_language(language)
    again, said = next_start(qtbot)
    assert again.document.project.x[0, 0, 0] == 8
    assert again.isWindowModified()
    assert words.table("kept")["crashed"][language].partition("{")[0] in said
    assert re.search(r"\b\d{1,2}:\d\d\b", said, re.ASCII)
    assert not re.search(r"\d{4}", said)  # it is of today


def test_work_of_another_day_comes_with_the_day(qtbot: QtBot, window: MainWindow) -> None:
    change(window, 8)
    crash(window)
    (copy,) = Path(window._preferences.work_folder).glob("*.work")
    os.utime(copy, (1e9, 1e9))
    _, said = next_start(qtbot)
    assert re.search(r"9/[89]/(20)?01", said)


@pytest.mark.parametrize(("end", "edited"), [(MainWindow.close, True), (crash, False)])
def test_without_a_crash_or_without_work_nothing_is_said(
    qtbot: QtBot, window: MainWindow, end: Callable[[MainWindow], object], edited: bool
) -> None:
    if edited:
        change(window, 8)
    end(window)
    again, said = next_start(qtbot)
    assert (value(again) == 8, again.isWindowModified()) == (edited, edited)
    assert said == ""


@pytest.mark.parametrize("end", [crash, MainWindow.close])
def test_work_of_a_file_is_said_to_be_its_after_a_crash(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, end: Callable[[MainWindow], object]
) -> None:
    window.files.file.save(str(tmp_path / "mine.cnnt"))
    change(window, 8)
    end(window)
    again, said = next_start(qtbot)
    assert (again.files.file.name, again.isWindowModified()) == ("mine.cnnt", True)
    assert value(again) == 8
    assert ("mine.cnnt does not have it yet" in said) == (end is crash)


@pytest.mark.parametrize("end", [crash, MainWindow.close])
@pytest.mark.parametrize(
    ("happens", "hint"),
    [
        (Path.unlink, "mine.cnnt, is gone"),
        (lambda path: path.write_bytes(path.read_bytes() + b" "), "under another name"),
    ],
    ids=["gone", "changed"],
)
def test_work_whose_file_is_not_as_it_was_is_in_none(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    happens: Callable[[Path], object],
    hint: str,
    end: Callable[[MainWindow], object],
) -> None:
    window.files.file.save(str(tmp_path / "mine.cnnt"))
    change(window, 8)
    end(window)
    happens(tmp_path / "mine.cnnt")
    again, said = next_start(qtbot)
    assert (again.files.file.path, again.isWindowModified()) == ("", True)
    assert value(again) == 8
    assert hint in said


def test_what_is_said_at_the_start_goes_with_what_it_was_about(qtbot, window) -> None:
    window.report("Your work is here again.")
    said = window.findChild(Notice, "page_notice")
    assert said.isVisible()
    window.open_chapter("blur")
    assert not said.isVisible()


# --- work that does not come back by itself -------------------------------------------------------


@pytest.fixture
def blurred(qtbot: QtBot) -> MainWindow:
    return first_start(qtbot, open="blur")


def two_wait(qtbot: QtBot, blurred: MainWindow) -> None:
    """Leave two works, as two programs do that end at once."""
    other = started(qtbot, Preferences(), open="blur")
    change(blurred, 81)
    change(other, 82)
    crash(blurred)
    crash(other)


def test_a_second_work_is_mentioned_until_it_is_looked_after(
    qtbot: QtBot, blurred: MainWindow
) -> None:
    two_wait(qtbot, blurred)
    again, said = next_start(qtbot)
    assert value(again) == 82
    assert "Your work from" in said
    assert "More unsaved work is under File ▸ Unsaved work (1)." in said
    assert len(listed(again)) == 1


@pytest.mark.parametrize("options", [{"open": "width_quiz"}, {"file": "mine.cnnt"}])
def test_it_is_mentioned_where_something_else_was_asked_for(
    qtbot: QtBot, blurred: MainWindow, tmp_path: Path, options: dict[str, str]
) -> None:
    blurred.files.file.save(str(tmp_path / "mine.cnnt"))
    blurred.files.file.attach("")
    two_wait(qtbot, blurred)
    if "file" in options:
        options = {"file": str(tmp_path / "mine.cnnt")}
    again, said = next_start(qtbot, **options)
    assert not again.isWindowModified()
    assert "Unsaved work from before is under File ▸ Unsaved work (2)." in said


@pytest.mark.parametrize("end", [crash, MainWindow.close])
def test_a_file_is_opened_with_the_changes_that_were_not_saved(
    qtbot: QtBot, blurred: MainWindow, tmp_path: Path, end: Callable[[MainWindow], object]
) -> None:
    path = tmp_path / "mine.cnnt"
    blurred.files.file.save(str(path))
    change(blurred, 81)
    end(blurred)
    again, said = next_start(qtbot, file=str(path))
    assert (value(again), again.files.file.path) == (81, str(path))
    assert again.isWindowModified()
    assert "mine.cnnt" in said
    assert "here again" in said


def test_a_file_that_was_written_since_is_opened_as_it_is(
    qtbot: QtBot, blurred: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "mine.cnnt"
    blurred.files.file.save(str(path))
    change(blurred, 81)
    crash(blurred)
    path.write_bytes(path.read_bytes() + b" ")
    again, said = next_start(qtbot, file=str(path))
    assert value(again) != 81
    assert not again.isWindowModified()
    assert "Unsaved work (1)" in said


@pytest.mark.parametrize("options", [{}, {"open": "width_quiz"}])
@pytest.mark.parametrize("data", [b"", b"junk\n{}"])
def test_work_that_cannot_be_read_is_said_to_be_there(
    qtbot: QtBot, blurred: MainWindow, options: dict[str, str], data: bytes
) -> None:
    assert blurred.autosave is not None
    folder = Path(blurred.autosave.folder)
    (folder / "bad.work").write_bytes(data)
    blurred.close()
    _, said = next_start(qtbot, **options)
    assert said == f"Some unsaved work can't be read. It stays where it is: {folder}"


def test_what_was_left_for_another_chapter_is_only_mentioned_beside_other_work(
    qtbot: QtBot, blurred: MainWindow
) -> None:
    change(blurred, 81)
    choose(blurred, presets()["width_quiz"].title)
    crash(blurred)
    again, said = next_start(qtbot)
    assert said == ""
    change(again, 82)
    crash(again)
    _, said = next_start(qtbot)
    assert "More unsaved work" in said
