"""A menu keeps its words in the language that is on, and its actions to itself."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cnn_tutor.app.menus.menu import Menu
from cnn_tutor.study import words
from tests.helpers.lesson_window import opened, press

ROLES = QAction.MenuRole


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    window.menuBar()  # the shortcuts of one that is not to be seen do nothing
    return opened(qtbot, window)


def test_texts_icons_and_shortcuts(window: QMainWindow) -> None:
    done: list[str] = []
    menu = Menu(window.menuBar(), words.language)
    action = menu.add(lambda: f"in {words.language()}", lambda: done.append("it"), "F5", "play")
    menu.retranslate()
    menu.restyle()
    assert (menu.title(), action.text(), action.icon().isNull()) == ("en", "in en", False)
    press(window, "F5")
    assert done == ["it"]


def test_only_a_role_takes_an_action_out_of_it(window: QMainWindow) -> None:
    menu = Menu(window.menuBar(), words.language)
    own = menu.add(lambda: "Quit", lambda: None, role=ROLES.QuitRole)
    found = [menu.addAction("Setup"), menu.add(lambda: "Quit", lambda: None), own]
    assert [action.menuRole() for action in found] == [ROLES.NoRole, ROLES.NoRole, ROLES.QuitRole]
