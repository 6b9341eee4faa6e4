"""Alt and another key, with a screen reader that gets each key before the program does."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from cnn_tutor.app.menus.alt_key import AltKey

ALT = Qt.KeyboardModifier.AltModifier


def shown(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.menuBar().addMenu("&File").addAction("New")
    window.show()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    AltKey(window.windowHandle())
    return window


def test_an_alt_that_is_sent_again_leaves_the_keyboard_where_it_is(qtbot: QtBot) -> None:
    window = shown(qtbot)
    for kind, held in ((QEvent.Type.KeyPress, ALT), (QEvent.Type.KeyRelease, ALT)):
        again = QKeyEvent(kind, Qt.Key.Key_Alt, held)
        QCoreApplication.sendEvent(window.windowHandle(), again)
    assert not window.menuBar().hasFocus()


def test_alt_alone_brings_it_to_the_menus(qtbot: QtBot) -> None:
    window = shown(qtbot)
    QTest.keyPress(window.windowHandle(), Qt.Key.Key_Alt, ALT)
    QTest.keyRelease(window.windowHandle(), Qt.Key.Key_Alt, ALT)
    assert window.menuBar().hasFocus()
