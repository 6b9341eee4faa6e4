"""What becomes of a file that another program or window writes, replaces or removes meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.document.document import Document
from cnn_tutor.document.files import DocumentFile, read
from cnn_tutor.project import limits
from tests.helpers.hanging import HANGS
from tests.helpers.lesson_window import settle
from tests.helpers.unsaved import (
    change,
    crash,
    first_start,
    listed,
    next_start,
    notice,
    pick,
    press,
    value,
)
from tests.helpers.widgets import OFFSCREEN

pytestmark = OFFSCREEN


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A window with a file of its own that has a 5 in one cell."""
    window = first_start(qtbot)
    change(window, 5)
    window.files._save_to(str(tmp_path / "mine.cnnt"))
    assert not window.isWindowModified()
    return window


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mine.cnnt"


def other_window(path: Path, number: float) -> bytes:
    """Write a file as another window does that has it open, too; return what is in it then."""
    document = Document(read(str(path)))
    file = DocumentFile(document)
    file.open(str(path))
    at = document.project.address(document.project.network.nodes[-1].name, "x")
    document.edit(at, {(0, 0, 0): number}, "edit")
    file.save(str(path))
    return path.read_bytes()


def saved(path: Path) -> float:
    return float(read(str(path)).x[0, 0, 0])


def back_to(window: MainWindow) -> None:
    """Come back to a window from another program."""
    elsewhere = QWidget()
    elsewhere.show()
    elsewhere.activateWindow()
    assert QTest.qWaitForWindowActive(elsewhere, HANGS * 1000)
    elsewhere.close()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, HANGS * 1000)
    elsewhere.deleteLater()
    settle()


def save(window: MainWindow) -> None:
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, HANGS * 1000)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()


def question(window: MainWindow) -> QMessageBox | None:
    found = [b for b in window.findChildren(QMessageBox, "file_changed") if b.isVisible()]
    return found[0] if found else None


def answer(window: MainWindow, button: str) -> None:
    box = question(window)
    assert box is not None
    (found,) = [b for b in box.buttons() if b.objectName() == button]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    settle()
    assert question(window) is None


def choose(window: MainWindow, path: Path) -> None:
    dialog = window.findChild(QFileDialog, "file_dialog")
    dialog.fileSelected.emit(str(path))
    dialog.close()
    settle()


# --- saving --------------------------------------------------------------------------------------


def same_length(path: Path) -> bytes:
    """Write what looks alike from outside: as long, and of the same time."""
    before = path.stat()
    data = other_window(path, 6)
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    return data


def by_another_program(path: Path) -> bytes:
    path.write_bytes(b"not a project at all")
    return path.read_bytes()


def too_large(path: Path) -> bytes:
    """Write more than the program ever reads."""
    path.write_bytes(b"x" * (limits.MAX_FILE_BYTES + 1))
    return path.read_bytes()


def by_a_window(path: Path) -> bytes:
    return other_window(path, 7)


CHANGES = [by_a_window, same_length, by_another_program, too_large]


@pytest.mark.parametrize("edited", [True, False])
@pytest.mark.parametrize("written", CHANGES)
def test_what_somebody_else_has_written_is_not_overwritten_unasked(
    window: MainWindow, path: Path, written: Callable[[Path], bytes], edited: bool
) -> None:
    data = written(path)
    if edited:
        change(window, 8)
    save(window)
    box = question(window)
    assert box is not None
    assert "mine.cnnt" in box.text()
    assert box.defaultButton().objectName() == "save_as"
    assert path.read_bytes() == data
    QTest.keyClick(box, Qt.Key.Key_Escape)
    settle()
    assert question(window) is None
    assert path.read_bytes() == data
    assert window.isWindowModified()
    assert value(window) == (8 if edited else 5)


@pytest.mark.parametrize("written", [by_a_window, too_large])
def test_who_wants_to_overwrite_it_can(
    window: MainWindow, path: Path, written: Callable[[Path], bytes]
) -> None:
    written(path)
    change(window, 8)
    save(window)
    answer(window, "overwrite")
    assert saved(path) == 8
    assert not window.isWindowModified()
    change(window, 9)
    save(window)  # and from then on it is its own again
    assert question(window) is None
    assert saved(path) == 9


def test_what_comes_while_the_question_stands_is_asked_about_again(
    window: MainWindow, path: Path
) -> None:
    other_window(path, 7)
    save(window)
    data = other_window(path, 6)
    answer_once = question(window)
    assert answer_once is not None
    (button,) = [b for b in answer_once.buttons() if b.objectName() == "overwrite"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    assert path.read_bytes() == data
    answer(window, "overwrite")
    assert saved(path) == 5


def test_it_can_be_saved_as_another_file(window: MainWindow, path: Path) -> None:
    other_window(path, 7)
    change(window, 8)
    save(window)
    answer(window, "save_as")
    choose(window, path)
    answer(window, "save_as")  # which is asked as well where it is the same file
    choose(window, path.with_name("both.cnnt"))
    assert (saved(path), saved(path.with_name("both.cnnt"))) == (7, 8)
    assert window.files.file.name == "both.cnnt"
    assert not window.isWindowModified()


def test_reloading_it_loses_nothing_either(window: MainWindow, path: Path) -> None:
    other_window(path, 7)
    change(window, 8)
    save(window)
    answer(window, "reload")
    assert (value(window), saved(path)) == (7, 7)
    assert not window.isWindowModified()
    assert len(listed(window)) == 1
    pick(window, 0)
    assert value(window) == 8


def test_what_can_not_be_reloaded_leaves_the_work_open(window: MainWindow, path: Path) -> None:
    by_another_program(path)
    change(window, 8)
    save(window)
    answer(window, "reload")
    assert value(window) == 8
    assert window.isWindowModified()
    assert path.read_bytes() == b"not a project at all"


def test_saving_before_something_else_is_opened_asks_too(window: MainWindow, path: Path) -> None:
    data = other_window(path, 7)
    change(window, 8)
    window.files.new()
    press(window, QMessageBox.StandardButton.Save)
    assert question(window) is not None
    assert path.read_bytes() == data
    assert value(window) == 8
    answer(window, "overwrite")
    assert saved(path) == 8
    assert window.files.file.path == ""  # and then what was asked for is done


def test_the_same_written_once_more_is_no_change(window: MainWindow, path: Path) -> None:
    path.write_bytes(path.read_bytes())
    back_to(window)
    assert not window.isWindowModified()
    change(window, 8)
    save(window)
    assert question(window) is None
    assert saved(path) == 8


def test_a_file_that_is_gone_is_written_anew(window: MainWindow, path: Path) -> None:
    path.unlink()
    save(window)
    assert question(window) is None
    assert saved(path) == 5
    assert "written anew" in notice(window)
    assert not window.isWindowModified()


# --- noticing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (by_a_window, "has been changed"),
        (too_large, "has been changed"),
        (Path.unlink, "is no longer there"),
    ],
)
def test_what_happened_to_the_file_is_noticed_once_and_the_work_unsaved(
    window: MainWindow, path: Path, happens: Callable[[Path], object], said: str
) -> None:
    happens(path)
    back_to(window)
    assert f"mine.cnnt {said}" in notice(window)
    assert window.isWindowModified()
    window._notice.hide()
    back_to(window)
    assert notice(window) == ""
    window.files.new()  # only after asking
    press(window, QMessageBox.StandardButton.Cancel)
    assert value(window) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="who may make links differs there")
@pytest.mark.parametrize("target", ["nowhere", "mine.cnnt", "/", "/dev/null"])
def test_what_is_no_file_any_more_is_noticed(window: MainWindow, path: Path, target: str) -> None:
    path.unlink()
    path.symlink_to(target)
    back_to(window)
    assert "mine.cnnt" in notice(window)
    assert window.isWindowModified()


@pytest.mark.parametrize("way", ["closed", "crashed"])
@pytest.mark.parametrize("away", [Path.unlink, by_a_window])
def test_work_that_no_file_has_any_more_is_there_at_the_next_start(
    qtbot: QtBot, window: MainWindow, path: Path, away: Callable[[Path], object], way: str
) -> None:
    """It was saved, and would be lost with its file."""
    away(path)
    if way == "crashed":
        back_to(window)
        crash(window)
    else:  # without ever having been left
        assert window.close()
    again, said = next_start(qtbot)
    assert value(again) == 5
    assert again.isWindowModified()
    assert "mine.cnnt" in said
    assert again.files.file.path == ""  # saving can't overwrite what came after it


def test_a_window_without_a_file_looks_for_none(qtbot: QtBot) -> None:
    window = first_start(qtbot)
    change(window, 5)
    back_to(window)
    assert notice(window) == ""
