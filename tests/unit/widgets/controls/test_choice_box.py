"""A box of choices: as wide as what it offers now, and deaf to the wheel."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.controls.boxes import ChoiceBox
from tests.helpers.widgets import OFFSCREEN, Key, in_window, press, turn_wheel

pytestmark = OFFSCREEN


def shown(qtbot: QtBot) -> ChoiceBox:
    box, row = ChoiceBox(), QWidget()
    line = QHBoxLayout(row)
    line.addWidget(box)
    line.addStretch(1)
    in_window(qtbot, row)
    return box


def test_it_is_as_wide_as_its_widest_name_even_after_a_wider_one(qtbot: QtBot) -> None:
    box = shown(qtbot)
    box.addItems(["one", "two"])
    QApplication.processEvents()
    narrow = box.width()
    box.setItemText(1, "a good deal wider than two")
    QApplication.processEvents()
    assert box.width() > narrow + 60
    box.setItemText(1, "two")
    QApplication.processEvents()
    assert box.width() == narrow


def test_the_wheel_is_left_to_the_page(qtbot: QtBot) -> None:
    box = shown(qtbot)
    box.addItems(["one", "two", "three"])
    box.setFocus()
    event = turn_wheel(box, QPoint(4, 4), -120)
    assert not event.isAccepted()
    assert box.currentText() == "one"
    press(qtbot, Key.Key_Down)
    assert box.currentText() == "two"
