"""Veils and flying numbers over a board."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.overlays.motion_sheet import Flying, MotionSheet, Veil
from tests.helpers.widgets import LEFT, in_window, picture, pixels

RED, BLACK = QColor("#ff0000"), QColor("#000000")


def test_a_veil_covers_its_place_as_far_as_it_is_opaque(qtbot: QtBot) -> None:
    ground = QWidget()
    sheet = MotionSheet(ground)
    in_window(qtbot, ground, size=(240, 240))
    before = pixels(picture(ground))
    sheet.setGeometry(ground.rect())
    sheet.show()
    sheet.draw([Veil(QRect(20, 20, 40, 30), RED, 1.0)], ())
    after = pixels(picture(ground))
    ys, xs = (before != after).nonzero()
    assert (xs.min(), xs.max(), ys.min(), ys.max()) == (20, 59, 20, 49)
    assert QColor(int(after[30, 30])) == RED
    sheet.draw([Veil(QRect(20, 20, 40, 30), RED, 0.0)], ())
    assert (pixels(picture(ground)) == before).all()


def test_a_number_is_where_it_flies(qtbot: QtBot) -> None:
    ground = QWidget()
    sheet = MotionSheet(ground)
    in_window(qtbot, ground, size=(240, 240))
    sheet.setGeometry(ground.rect())
    sheet.show()
    before = pixels(picture(ground))
    for x in (60, 140):
        flying = Flying("12", QFont(), BLACK, QPointF(x, 90), 1.0)
        sheet.draw((), [flying])
        ys, xs = (before != pixels(picture(ground))).nonzero()
        assert abs((xs.min() + xs.max()) / 2 - x) <= 2
        assert flying.rect.contains(QRect(xs.min(), ys.min(), 1, 1))
        assert flying.rect.contains(QRect(xs.max(), ys.max(), 1, 1))


def test_clicks_go_through(qtbot: QtBot) -> None:
    ground = QWidget()
    button = QPushButton("?", ground)
    sheet = MotionSheet(ground)
    in_window(qtbot, ground, size=(240, 240))
    sheet.setGeometry(ground.rect())
    sheet.show()
    sheet.raise_()
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(ground.childAt(button.geometry().center()), LEFT)
