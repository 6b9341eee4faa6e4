"""Work that is left for another chapter waits under File ▸ Unsaved work, and comes back from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.project.file import encode
from cnn_tutor.study.boards.presets import presets
from tests.helpers.lesson_window import choose
from tests.helpers.unsaved import (
    change,
    crash,
    first_start,
    listed,
    next_start,
    notice,
    opened_menu,
    pick,
    press,
    value,
)
from tests.helpers.widgets import OFFSCREEN

pytestmark = OFFSCREEN

BUTTONS = QMessageBox.StandardButton
FIRST, SECOND = "blur", "width_quiz"


def title(key: str) -> str:
    return presets()[key].title


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return first_start(qtbot, open=FIRST)


def test_work_that_is_left_by_a_click_on_a_chapter_comes_back(window: MainWindow) -> None:
    change(window, 81)
    choose(window, title(SECOND))
    assert window.document.project.origin == SECOND
    (entry,) = listed(window)
    assert re.fullmatch(rf"\d{{1,2}}:\d\d.*  {title(FIRST)}", entry, re.ASCII | re.DOTALL)
    pick(window, 0)
    assert (value(window), window.document.project.origin) == (81, FIRST)
    assert window.isWindowModified()
    assert listed(window) == []


@pytest.mark.parametrize("end", [crash, MainWindow.close])
def test_work_that_came_back_after_a_crash_is_not_lost_by_a_click(
    qtbot: QtBot, window: MainWindow, end: Callable[[MainWindow], object]
) -> None:
    change(window, 81)
    crash(window)
    again, _ = next_start(qtbot)
    choose(again, title(SECOND))
    end(again)
    third, said = next_start(qtbot)
    assert said == ""
    pick(third, 0)
    assert value(third) == 81


def test_the_newest_stands_first_and_each_is_asked_for_by_itself(window: MainWindow) -> None:
    change(window, 81)
    choose(window, title(SECOND))
    change(window, 82)
    choose(window, title(FIRST))
    assert [entry.partition("  ")[2] for entry in listed(window)] == [title(SECOND), title(FIRST)]
    pick(window, 1)
    assert (value(window), window.document.project.origin) == (81, FIRST)


def test_unsaved_changes_are_asked_about_before_another_work_opens(window: MainWindow) -> None:
    change(window, 81)
    choose(window, title(SECOND))
    change(window, 82)
    pick(window, 0)
    assert value(window) == 82
    press(window, BUTTONS.Cancel)
    assert value(window) == 82
    pick(window, 0)
    press(window, BUTTONS.Discard)
    assert value(window) == 81
    assert listed(window) == []  # what is given up on purpose is not kept


def test_a_lessons_step_is_no_work(qtbot: QtBot) -> None:
    window = first_start(qtbot)
    assert window.guide.lesson is not None
    change(window, 81)
    choose(window, title(SECOND))
    assert listed(window) == []


def test_nothing_waits_where_nothing_was_changed_or_it_was_given_up(
    window: MainWindow, tmp_path: Path
) -> None:
    choose(window, title(SECOND))
    window.files._save_to(str(tmp_path / "mine.cnnt"))
    change(window, 81)
    choose(window, title(FIRST))
    press(window, BUTTONS.Discard)
    assert window.document.project.origin == FIRST
    change(window, 82)
    window.files.new()
    press(window, BUTTONS.Discard)
    assert listed(window) == []
    (grey,) = opened_menu(window).actions()
    assert (grey.text(), grey.isEnabled()) == ("None", False)


def test_where_it_cannot_be_kept_the_learner_is_asked(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(window.autosave), "put_aside", lambda _: False)
    monkeypatch.setattr(window.files, "put_aside", lambda: False)
    change(window, 81)
    choose(window, title(SECOND))
    assert value(window) == 81
    press(window, BUTTONS.Discard)
    assert window.document.project.origin == SECOND


def test_one_that_cannot_be_read_is_said_and_what_is_open_stays(window: MainWindow) -> None:
    change(window, 81)
    choose(window, title(SECOND))
    assert window.autosave is not None
    (path,) = Path(window.autosave.folder).glob("*.work")
    path.write_bytes(path.read_bytes()[:-20])
    pick(window, 0)
    assert window.document.project.origin == SECOND
    assert window.autosave.folder in notice(window)
    assert listed(window) == []
    assert path.exists()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_name_of_a_file_is_shown_whole_and_harmless(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, language: str
) -> None:
    path = tmp_path / "R&D \u202etxt.cnnt"
    path.write_bytes(encode(window.document.project))
    window.files.load(str(path))
    change(window, 81)
    crash(window)
    again, _ = next_start(qtbot, open=FIRST)
    again.set_language(language)
    (entry,) = listed(again)
    assert "R&&D" in entry
    assert "\u202e" not in entry
    pick(again, 0)
    assert (value(again), again.files.file.path) == (81, str(path))
