"""Windows that remember, and how tests end them and look at File ▸ Unsaved work."""

from __future__ import annotations

import argparse

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from cnn_tutor.app.cli import session
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from tests.helpers.lesson_window import settle
from tests.helpers.settings_place import emptied

OPTIONS = argparse.Namespace(file=None, open=None, step=None, screenshot=None)


def restored(window: MainWindow, preferences: Preferences, **options: object) -> MainWindow:
    """Let a window open what it remembers, as the program does at its start."""
    chosen = argparse.Namespace(**{**vars(OPTIONS), **options})
    assert session.Session(chosen)._open(window, preferences) is None
    return window


def started(qtbot, preferences: Preferences, **options: object) -> MainWindow:
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    return restored(window, preferences, **options)


def change(window: MainWindow, value: float) -> None:
    at = window.document.project.address(window.document.project.network.nodes[-1].name, "x")
    window.lab.board.edited.emit(at, {(0, 0, 0): value}, 0)


def first_start(qtbot: QtBot, **options: object) -> MainWindow:
    """Return the window of a program that was never here before."""
    emptied()
    return next_start(qtbot, **options)[0]


def next_start(qtbot: QtBot, **options: object) -> tuple[MainWindow, str]:
    """Start anew; return the window and what it says."""
    window = started(qtbot, Preferences(), **options)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    settle()  # the message comes with the window's first turn
    return window, notice(window)


def notice(window: MainWindow) -> str:
    label = window.findChild(QLabel, "page_notice")
    return label.text() if label.isVisible() else ""


def crash(window: MainWindow) -> None:
    """Leave what is kept as a program leaves it that just ends."""
    assert window.autosave is not None
    window.autosave._timer.timeout.emit()
    window.autosave.release()


def value(window: MainWindow) -> float:
    return float(window.document.project.x[0, 0, 0])


def opened_menu(window: MainWindow) -> QMenu:
    """Open the menu, as the mouse does that comes by."""
    menu = window.findChild(QMenu, "unsaved_work")
    menu.popup(window.mapToGlobal(QPoint(40, 40)))
    settle()
    return menu


def listed(window: MainWindow) -> list[str]:
    """What the menu offers."""
    menu = opened_menu(window)
    texts = [action.text() for action in menu.actions() if action.isEnabled()]
    menu.close()
    return texts


def pick(window: MainWindow, place: int) -> None:
    """Click on one of the works that are offered."""
    menu = opened_menu(window)
    where = menu.actionGeometry(menu.actions()[place]).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    settle()


def press(window: MainWindow, button: QMessageBox.StandardButton) -> None:
    """Answer the question what becomes of unsaved changes."""
    (box,) = [b for b in window.findChildren(QMessageBox, "unsaved_changes") if b.isVisible()]
    QTest.mouseClick(box.button(button), Qt.MouseButton.LeftButton)
    settle()
    QApplication.processEvents()
