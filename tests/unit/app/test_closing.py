"""Closing the window loses nothing, whatever fails on the way, and says how to close it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from pytestqt.qtbot import QtBot

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.document.autosave.autosave import Autosave
from tests.helpers.unsaved import change, crash, first_start, next_start, notice, value


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return first_start(qtbot, open="blur")


def fail(*_: object, **__: object) -> None:
    raise RuntimeError("broken")


def geometry(window: MainWindow, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Preferences, "geometry", property(fail, fail))


def typing(window: MainWindow, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(window.files, "finish_typing", fail)


def playing(window: MainWindow, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(type(window.lab.playback), "pause", fail)


def practice(window: MainWindow, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(window.practice, "close", fail)


@pytest.mark.parametrize("broken", [geometry, typing, playing, practice])
def test_an_error_at_closing_loses_nothing(
    qtbot: QtBot,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    broken: Callable[[MainWindow, pytest.MonkeyPatch], None],
) -> None:
    with monkeypatch.context() as patch, qtbot.captureExceptions() as caught:
        broken(window, patch)
        change(window, 81)
        assert window.close()
    assert [str(error) for _, error, _ in caught] == ["broken"]
    again, said = next_start(qtbot)
    assert value(again) == 81
    assert said == ""  # it was closed, and did not crash


def test_an_error_in_keeping_the_work_stops_the_first_close(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(window, 81)
    with monkeypatch.context() as patch, qtbot.captureExceptions():
        patch.setattr(Autosave, "keep", fail)
        assert not window.close()
        assert "RuntimeError" in notice(window)
        assert "Close again" in notice(window)
    assert window.close()
    assert value(next_start(qtbot)[0]) == 81


def test_work_that_can_not_be_kept_stops_the_first_close_and_says_so(window: MainWindow) -> None:
    change(window, 81)
    work = Path(window.autosave.folder)
    shutil.rmtree(work)
    work.write_text("in the way")
    assert not window.close()
    assert "Close again" in notice(window)
    change(window, 82)
    assert not window.close()  # of this work nothing has been said yet
    assert window.close()
    work.unlink()


def test_a_close_that_was_refused_is_none(qtbot: QtBot, window: MainWindow) -> None:
    change(window, 81)
    config = Path(
        QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    )
    shutil.rmtree(config)
    config.write_text("in the way")
    assert not window.close()
    assert "Settings" in notice(window)
    assert "Close again" in notice(window)
    config.unlink()
    window.autosave.release()  # as the end of the process does
    again, said = next_start(qtbot)
    assert value(again) == 81
    assert "ended unexpectedly" in said
    crash(again)
