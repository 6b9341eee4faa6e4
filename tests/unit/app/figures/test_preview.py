"""The preview shows a picture whole, and that one sees through it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage

from cnn_tutor.app.figures.preview import Preview


@pytest.fixture
def preview(qtbot) -> Preview:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(500, 400)
    return preview


def picture(width: int, height: int, colour: str) -> QImage:
    made = QImage(width, height, QImage.Format.Format_ARGB32)
    made.fill(QColor(colour))
    return made


def test_a_large_picture_is_made_smaller_and_a_small_one_is_left(preview) -> None:
    for size, red in (((2000, 1000), 450 * 200), ((40, 30), 40 * 30)):
        preview.show_picture(picture(*size, "#ff0000"), QColor("#ffffff"))
        seen = preview.grab().toImage()
        count = sum(
            seen.pixelColor(x, y) == QColor("#ff0000")
            for x in range(seen.width())
            for y in range(seen.height())
        )
        assert count == pytest.approx(red, rel=0.4)


@pytest.mark.parametrize("ground", ["#f6f7f9", "#14181f"])
def test_where_nothing_is_painted_there_are_chequers(preview, ground) -> None:
    preview.show_picture(picture(300, 300, "#00000000"), QColor(ground))
    seen = preview.grab().toImage()
    inside = {seen.pixelColor(x, 200).name() for x in range(200, 300)}
    assert ground in inside
    assert len(inside) == 2
