"""The lessons of the last start: as many as may be are opened, and none is forgotten."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cnn_tutor.app.chapters import lesson_files
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.project import limits
from tests.helpers.settings_place import emptied
from tests.unit.study.lessons.written import EXAMPLE


@pytest.fixture
def preferences(qapp: object) -> Preferences:
    emptied()
    return Preferences()


def started(qtbot: QtBot, preferences: Preferences) -> MainWindow:
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    return window


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
