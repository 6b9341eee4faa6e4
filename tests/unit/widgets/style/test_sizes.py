from __future__ import annotations

from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.style.sizes import scaled


def test_a_font_is_scaled_in_its_own_measure_and_left_as_it_was(qtbot: QtBot) -> None:
    pixels, points = QFont(), QFont()
    pixels.setPixelSize(20)
    points.setPointSizeF(10)
    assert scaled(pixels, 0.5).pixelSize() == 10
    assert scaled(points, 1.25).pointSizeF() == 12.5
    assert pixels.pixelSize() == 20
