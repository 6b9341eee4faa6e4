"""The report can be copied, the log found, and all but the report follows the language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from cnn_tutor.app.errors.error_window import ErrorWindow
from cnn_tutor.app.style import language
from tests.helpers.lesson_window import settle


@pytest.fixture
def window(qtbot: QtBot, tmp_path) -> ErrorWindow:
    window = ErrorWindow(str(tmp_path / "log"))
    qtbot.addWidget(window)
    window.show_report("report", None)
    return window


def click(window: ErrorWindow, name: str) -> QPushButton:
    button = window.findChild(QPushButton, name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return button


def test_a_click_copies_the_report(window) -> None:
    QGuiApplication.clipboard().clear()
    assert click(window, "error_copy").text().startswith("Copied")
    assert QGuiApplication.clipboard().text() == "report"
    assert window.isVisible()


def test_the_log_folder_is_opened_or_named(window, tmp_path, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(asked.append(url)))
    button = click(window, "error_log_folder")
    assert [url.toLocalFile() for url in asked] == [str(tmp_path / "log")]
    assert button.text().endswith("/log")


def test_what_is_marked_stays_while_the_error_comes_again(window) -> None:
    text = window.findChild(QPlainTextEdit, "error_text")
    text.selectAll()
    window.show_report("longer report", "disk full")
    assert text.toPlainText() == "report"
    assert "disk full" in window.findChild(QLabel, "error_message").text()
    click(window, "error_copy")
    assert QGuiApplication.clipboard().text() == "longer report"


def test_all_but_the_report_follows_the_language(window) -> None:
    def said() -> list[str]:
        texts = [button.text() for button in window.findChildren(QPushButton)]
        return [window.windowTitle(), window.findChild(QLabel, "error_message").text(), *texts]

    english = said()
    language.apply("ja")
    settle()
    assert not set(english) & set(said())
    assert window.findChild(QPlainTextEdit, "error_text").toPlainText() == "report"
