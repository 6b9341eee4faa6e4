"""The window, and how tests work it, with a lesson on or without: with real keys and mouse."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from cnn_tutor.app.chapters.chapter_list import ChapterList
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.widgets.overlays.notice import Notice
from tests.helpers.boards import plain
from tests.helpers.driver import Driver
from tests.helpers.typist import settle

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def opened(qtbot, window: MainWindow, *size: int) -> MainWindow:
    qtbot.addWidget(window)
    if size:
        window.resize(*size)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def part(window: MainWindow, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert found is not None, name
    return found


def click(window: MainWindow, name: str) -> None:
    button = part(window, name)
    assert isinstance(button, QAbstractButton)
    assert button.isVisible(), name
    assert button.isEnabled(), name
    QTest.mouseClick(button, LEFT)
    settle()


def said(window: MainWindow) -> list[str]:
    return [n.text() for n in window.findChildren(Notice) if n.isVisible()]


def caption(window: MainWindow) -> str:
    return plain(part(window, "caption"))


def line(window: MainWindow, text: str) -> QRect:
    """Return where a chapter stands in the list, once it is in sight."""
    chapters = window.findChild(ChapterList)
    (item,) = (item for item in chapters.all_items() if item.text(0) == text)
    chapters.scrollToItem(item)  # which opens its group
    return chapters.visualItemRect(item)


def choose(window: MainWindow, text: str) -> None:
    chapters = window.findChild(ChapterList)
    QTest.mouseClick(chapters.viewport(), LEFT, NONE, line(window, text).center())
    settle()


def enter(text: str) -> None:
    """Type into whatever has the keyboard, letter by letter, and press Enter."""
    for letter in text:
        QTest.keyClicks(QApplication.focusWidget(), letter)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()


def on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


def read(window: QWidget, name: str) -> list[list[str]]:
    return Driver(window).read(name)


def write(window: QWidget, name: str, row: int, column: int, text: str) -> None:
    """Click a cell and write into it."""
    Driver(window).write(name, row, column, text)


def answer(window: MainWindow, row: int, column: int, digits: str) -> None:
    write(window, "output", row, column, digits)
    settle()


def press(window: QWidget, keys: str | QKeySequence.StandardKey) -> None:
    QTest.keySequence(QApplication.focusWidget() or window, QKeySequence(keys))


def drop(window: MainWindow, path: Path) -> bool:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    rest = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, *rest)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, *rest))
    return enter.isAccepted()
