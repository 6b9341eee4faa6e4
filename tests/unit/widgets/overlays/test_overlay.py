"""What floats over its neighbours says so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.overlays.connectors import Connectors
from cnn_tutor.widgets.overlays.notice import Notice
from cnn_tutor.widgets.overlays.overlay import is_overlay, make_overlay


def test_a_widget_is_no_overlay_until_it_is_made_one(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    assert not is_overlay(label)
    make_overlay(label)
    assert is_overlay(label)
    assert label.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_lines_and_notices_are_overlays_and_their_board_is_not(qtbot: QtBot) -> None:
    board = QWidget()
    qtbot.addWidget(board)
    assert is_overlay(Connectors(board))
    assert is_overlay(Notice(board))
    assert not is_overlay(board)
