from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.style.sizes import px, scaled


def test_a_font_is_scaled_in_its_own_measure_and_left_as_it_was(qtbot: QtBot) -> None:
    pixels, points = QFont(), QFont()
    pixels.setPixelSize(20)
    points.setPointSizeF(10)
    assert scaled(pixels, 0.5).pixelSize() == 10
    assert scaled(points, 1.25).pointSizeF() == 12.5
    assert pixels.pixelSize() == 20


@pytest.fixture
def _font_restored(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    yield
    qapp.setFont(before)


@pytest.mark.parametrize("zoom", [0.5, 1, 2])
@pytest.mark.usefixtures("_font_restored")
def test_lengths_follow_the_letters_whether_those_are_in_points_or_in_pixels(
    zoom: float, qapp: QApplication
) -> None:
    points, pixels = QFont(), QFont()
    points.setPointSizeF(10.5 * zoom)  # 14 pixels at 96 dpi, which is what the platform has
    pixels.setPixelSize(round(14 * zoom))
    for font in (points, pixels):
        qapp.setFont(font)
        assert (px(300), px(0)) == (300 * zoom, 0)
