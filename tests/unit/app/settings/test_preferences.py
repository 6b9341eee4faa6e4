"""What is remembered is there at the next start, and the program starts whatever that is."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cnn_tutor.app.cli import session
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import RECENT_LIMIT, Preferences
from cnn_tutor.app.settings.settings_file import NAME, FigureLook
from tests.helpers.settings_place import aside, assert_real, real


def test_what_is_remembered_is_read_again(folder: Path) -> None:
    data, before = real(folder), (folder / NAME).stat()
    preferences = Preferences()
    assert_real(preferences)
    preferences.language = "ja"  # as it is already
    preferences.flush()
    assert (folder / NAME).read_bytes() == data
    assert (folder / NAME).stat().st_mtime_ns == before.st_mtime_ns
    assert [path.name for path in folder.iterdir()] == [NAME]


def test_what_is_forgotten_stays_so(folder: Path) -> None:
    real(folder)
    preferences = Preferences()
    del preferences.lessons["own_日本"]
    assert list(preferences.lessons) == ["lesson_convolution"]
    preferences.flush()
    assert list(Preferences().lessons) == ["lesson_convolution"]


def test_a_name_that_is_no_text_can_be_remembered(folder: Path) -> None:
    preferences = Preferences()
    preferences.open_path = "/tmp/a\udcff.cnnt"
    preferences.lesson_paths = {"a": "/tmp/\udcff.toml"}
    preferences.add_recent("/tmp/\udcff.cnnt")
    preferences.flush()
    assert preferences.notices == ()
    assert Preferences().open_path == "/tmp/a?.cnnt"
    assert Preferences().lesson_paths == {"a": "/tmp/?.toml"}


def test_the_newest_of_the_files_that_are_still_there_come_first(
    folder: Path, tmp_path: Path
) -> None:
    preferences = Preferences()
    for number in [*range(RECENT_LIMIT + 2), 5]:
        (tmp_path / str(number)).touch()
        preferences.add_recent(str(tmp_path / str(number)))
    (tmp_path / "9").unlink()
    preferences.flush()
    found = [Path(path).name for path in Preferences().recent_files]
    assert found == ["5", "8", "7", "6", "4", "3", "2"]
    preferences.clear_recent()
    assert preferences.recent_files == []


WINDOWS = {
    "damaged": bytes(4096),
    "far away": b'{"geometry": "AdnQywADAAAAAAAAf////3////9/////f////3////9/////f////3////8="}',
    "devices": b'{"open_path": "/dev/zero", "chapter": "../x", "learner": 77}',
    "lessons": b'{"lesson_paths": {"own_1": "/dev/zero", "own_2": "/no"}, "lessons": {"a": ""}}',
}


@pytest.mark.parametrize("data", WINDOWS.values(), ids=WINDOWS.keys())
def test_the_window_opens_and_says_what_happened(qtbot: QtBot, folder: Path, data: bytes) -> None:
    (folder / NAME).write_bytes(data)
    preferences = Preferences()
    assert len(aside(folder)) == (data == WINDOWS["damaged"])
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    options = argparse.Namespace(file=None, open=None, step=None, screenshot=None)
    assert session.Session(options)._open(window, preferences) is None
    window.restoreGeometry(preferences.geometry)
    window.show()
    if aside(folder):
        notice = window.findChild(QLabel, "page_notice")
        qtbot.waitUntil(notice.isVisible)
        assert NAME in notice.text()
    assert window.screen().virtualGeometry().intersects(window.frameGeometry())
    window.close()
    assert Preferences().geometry == preferences.geometry


def test_how_a_figure_was_made_is_read_again(folder: Path) -> None:
    preferences = Preferences()
    preferences.figure = FigureLook("webp", 4, "dark", transparent=True, captioned=True)
    preferences.flush()
    assert Preferences().figure == preferences.figure
