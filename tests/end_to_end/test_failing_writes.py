"""Whatever can't be written is said, what was there stays, and the work is still open."""

from __future__ import annotations

import itertools
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSaveFile, QStandardPaths
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.app.files.saving import save
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.settings.settings_file import NAME
from cnn_tutor.app.worksheet.worksheet import Worksheet, write_worksheet
from tests.helpers.hanging import HANGS
from tests.helpers.powerless import read_only
from tests.helpers.settings_place import emptied
from tests.helpers.unsaved import change

posix = sys.platform != "win32"


@dataclass
class Write:
    """One way in which the program writes: where, how it is asked to, and what it says then."""

    path: Path
    do: Callable[[], object]
    said: Callable[[], str]


def place(name: str) -> Path:
    return Path(QStandardPaths.writableLocation(getattr(QStandardPaths.StandardLocation, name)))


@pytest.fixture(scope="module")
def shared(qapp: object) -> Iterator[MainWindow]:
    """One window for many tests, which takes long to make."""
    emptied()
    window = MainWindow(Preferences())
    window.show()
    # Work is kept when a test has it kept: not by the clock, which may fail in the midst of one.
    window.autosave._timer.setInterval(HANGS * 1000)
    yield window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(shared: MainWindow) -> Iterator[MainWindow]:
    hide_what_is_said(shared)
    change(shared, 8)
    yield shared
    for box in shared.findChildren(QDialog):
        box.close()


def hide_what_is_said(window: QWidget) -> None:
    for name in ("notice", "page_notice"):
        for label in window.findChildren(QLabel, name):
            label.hide()


def visible(window: QWidget, *names: str) -> str:
    labels = [label for name in names for label in window.findChildren(QLabel, name)]
    return " ".join(label.text() for label in labels if label.isVisible())


def project(window: MainWindow, folder: Path) -> Write:
    path = folder / "mine.cnnt"
    change(window, 8)
    window.files._save_to(str(path))
    change(window, 9)

    def said() -> str:
        assert window.isWindowModified()
        assert window.files.file.path == str(path)
        assert window.document.project.x[0, 0, 0] == 9
        return visible(window, "notice", "page_notice")

    return Write(path, window.files.save, said)


def autosave(window: MainWindow, folder: Path) -> Write:
    assert window.autosave is not None
    work = window.autosave
    change(window, 8)
    work.keep()
    change(window, 9)

    def said() -> str:
        assert window.isWindowModified()
        assert window.document.project.x[0, 0, 0] == 9
        return visible(window, "page_notice")

    (path,) = Path(work.folder).glob("*.work")
    return Write(path, work._timer.timeout.emit, said)


def preferences(window: MainWindow, folder: Path) -> Write:
    assert window._preferences is not None
    path = place("AppConfigLocation") / NAME
    kept = window._preferences
    kept.theme = "light"
    kept.flush()
    steps = itertools.count(len(kept.lessons.get("lesson_convolution", "")))

    def do() -> None:
        done = "slide 14 " + "meet " * next(steps)
        kept.lessons["lesson_convolution"] = done
        kept.flush()
        assert kept.lessons["lesson_convolution"] == done

    return Write(path, do, lambda: visible(window, "page_notice"))


def worksheet(window: MainWindow, folder: Path) -> Write:
    sheet, path = Worksheet("output_size", 1, 7, "en"), folder / "sheet.pdf"
    write_worksheet(str(path), sheet)

    def said() -> str:
        boxes = [b for b in window.findChildren(QMessageBox, "saving_failed") if b.isVisible()]
        text = " ".join(box.text() for box in boxes)
        for box in boxes:
            box.close()
        return text

    def do() -> None:
        save(window, "title", str(path), lambda name: write_worksheet(name, sheet))

    return Write(path, do, said)


WRITES = [project, autosave, preferences, worksheet]
"""One of each way: what is exported is all written as a worksheet is."""

# --- what is in the way ------------------------------------------------------------------------


@contextmanager
def no_room(path: Path) -> Iterator[None]:
    """Let no file get any larger than some bytes, as on a full disk."""
    import resource  # not on Windows

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only_folder(path: Path) -> Iterator[None]:
    with read_only(path.parent):
        yield


@contextmanager
def file_for_a_folder(path: Path) -> Iterator[None]:
    """As where a disk was taken away, and something else has its place."""
    aside = path.parent.with_name("folder aside")
    path.parent.rename(aside)
    path.parent.write_text("in the way")
    yield
    assert path.parent.read_text() == "in the way"
    path.parent.unlink()
    aside.rename(path.parent)


WAYS = [no_room, read_only_folder, file_for_a_folder]


@pytest.mark.skipif(not posix, reason="the ways of failing are those of other systems")
@pytest.mark.parametrize("make", WRITES)
def test_a_write_that_fails_is_said_and_changes_nothing(
    window: MainWindow, tmp_path: Path, make: Callable[[MainWindow, Path], Write]
) -> None:
    for way in WAYS:  # all in one test, for a window takes long to get ready for the next
        folder = tmp_path / way.__name__
        folder.mkdir()
        write = make(window, folder)
        before = write.path.read_bytes()
        names = {path.name for path in write.path.parent.iterdir()}
        hide_what_is_said(window)
        assert write.said() == "", way
        with way(write.path):
            write.do()
            said = write.said()
        assert re.search(r"can't be (saved|kept|backed up)", said), (way, said)
        assert "Unknown error" not in said, way
        assert write.path.read_bytes() == before, way
        assert {path.name for path in write.path.parent.iterdir()} == names, way
        write.do()  # and all is well again
        hide_what_is_said(window)
        write.do()
        assert visible(window, "notice", "page_notice") == "", way


@pytest.mark.parametrize("make", [w for w in WRITES if w is not preferences])
def test_a_write_that_qt_reports_as_failed_is_said(
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[MainWindow, Path], Write],
) -> None:
    write = make(window, tmp_path)
    before = write.path.read_bytes()
    hide_what_is_said(window)
    with monkeypatch.context() as patch:
        patch.setattr(QSaveFile, "commit", lambda _: False)
        write.do()
    assert "can't be" in write.said()
    assert write.path.read_bytes() == before


@pytest.mark.skipif(not posix, reason="there are no such files")
def test_a_device_is_not_replaced(window: MainWindow, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.cnnt"
    os.mkfifo(pipe)
    window.files._save_to(str(pipe))
    assert "device" in visible(window, "notice", "page_notice")
    assert pipe.is_fifo()
    window.files.load(str(pipe))  # nor waited for
    assert "pipe.cnnt" in visible(window, "notice", "page_notice")


# --- at the end --------------------------------------------------------------------------------


def test_who_was_told_at_the_start_is_not_kept_from_closing(qtbot: QtBot) -> None:
    config = emptied()
    config.rmdir()
    config.write_text("in the way")
    preferences = Preferences()
    assert [notice.reason for notice in preferences.notices] == ["settings_not_saved"]
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    assert window.close()
    config.unlink()
