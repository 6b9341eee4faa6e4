"""A button that opens a menu by every key that one would try."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.controls.buttons import MenuButton
from tests.helpers.widgets import OFFSCREEN, in_window

Key = Qt.Key
pytestmark = OFFSCREEN


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_its_menu_opens_by_key(qtbot: QtBot, key: Qt.Key) -> None:
    button = MenuButton()
    menu = QMenu(button)
    menu.addAction("one")
    button.setMenu(menu)
    in_window(qtbot, button)
    button.setFocus()
    seen = []

    def look() -> None:
        seen.append(menu.isVisible())
        menu.close()

    QTimer.singleShot(0, menu, look)  # the menu has an event loop of its own
    QTest.keyClick(button, key)
    assert seen == [True]
