"""A label whose wrapped text always has the height it needs, and no more."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.wrapped_label import WrappedLabel
from tests.widgets.helpers import in_window

LONG = "A filter slides over the input. " * 12


def needed(text: str, width: int) -> int:
    """Return the height that a text takes in a width."""
    label = QLabel(text)
    label.setWordWrap(True)
    return label.heightForWidth(width)


def shown(qtbot: QtBot, text: str, width: int) -> tuple[QWidget, WrappedLabel]:
    label = WrappedLabel()
    label.setText(text)
    window = in_window(qtbot, label, size=(width, 500))
    window.layout().addStretch(1)
    return window, label


@pytest.mark.parametrize("width", [200, 400, 900])
def test_a_long_text_gets_its_height(qtbot: QtBot, width: int) -> None:
    _, label = shown(qtbot, LONG, width)
    qtbot.waitUntil(lambda: label.height() >= needed(LONG, label.width()))


def test_a_longer_text_gets_more_height(qtbot: QtBot) -> None:
    _, label = shown(qtbot, "short", 300)
    label.setText(LONG)
    qtbot.waitUntil(lambda: label.height() >= needed(LONG, label.width()))


def test_a_narrower_label_gets_more_height(qtbot: QtBot) -> None:
    window, label = shown(qtbot, LONG, 800)
    window.resize(300, 500)
    qtbot.waitUntil(lambda: label.width() < 300)
    qtbot.waitUntil(lambda: label.height() >= needed(LONG, label.width()))


def test_a_shorter_text_gives_height_back(qtbot: QtBot) -> None:
    _, label = shown(qtbot, LONG, 300)
    qtbot.waitUntil(lambda: label.height() >= needed(LONG, label.width()))
    label.setText("short")
    assert label.minimumHeight() == needed("short", label.width())


def test_a_wider_label_gives_height_back(qtbot: QtBot) -> None:
    window, label = shown(qtbot, LONG, 300)
    qtbot.waitUntil(lambda: label.height() >= needed(LONG, label.width()))
    window.resize(900, 500)
    qtbot.waitUntil(lambda: label.width() > 800)
    assert label.minimumHeight() == needed(LONG, label.width())
