"""The list of keys fits every window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QScrollArea
from pytestqt.qtbot import QtBot

from cnn_tutor.app.main_window import MainWindow


def test_the_list_of_keys_fits_a_small_window_and_scrolls_by_keys(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1280, 720)
    QTest.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(QDialog, "keyboard_help")
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.height() <= 700
    ground = dialog.findChild(QScrollArea)
    assert ground.horizontalScrollBar().maximum() == 0
    bar = ground.verticalScrollBar()
    assert bar.maximum() > 0
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_End)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
