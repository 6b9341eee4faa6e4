"""The list of keys fits every window; where the log is, is said as it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox, QScrollArea
from pytestqt.qtbot import QtBot

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.menus import help as help_boxes


def test_the_list_of_keys_fits_a_small_window_and_scrolls_by_keys(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1280, 720)
    QTest.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(QDialog, "keyboard_help")
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.height() <= 700
    assert any("Ctrl+Z" in label.text() for label in dialog.findChildren(QLabel))
    ground = dialog.findChild(QScrollArea)
    assert ground.horizontalScrollBar().maximum() == 0
    bar = ground.verticalScrollBar()
    assert bar.maximum() > 0
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_End)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_about_box_says_what_may_be_done_with_it(window: MainWindow) -> None:
    title = window.menuBar().actions()[-1]  # PySide before 6.11 takes its menu away with it
    next(a for a in title.menu().actions() if "About" in a.text()).trigger()
    about = window.findChild(QMessageBox, "about")
    assert "MIT" in about.informativeText()
    about.close()


def test_a_folder_that_is_not_there_is_not_said_to_be(qapp, tmp_path, monkeypatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    (tmp_path / "file").write_text("")
    for folder in (f"{tmp_path}/log", f"{tmp_path}/file/log"):
        monkeypatch.setattr(help_boxes, "log_folder", lambda folder=folder: folder)
        help_boxes.show_log_folder(said.append)
    assert said[0] == f"The log is in {tmp_path}/log"
    assert said[1].startswith("There is no log")
