"""How a skill stands: how far its bar is filled, and what marks it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from cnn_tutor.widgets.charts.skill_marks import (
    mark_width,
    paint_bar,
    paint_conditions,
    paint_mark,
)
from cnn_tutor.widgets.style import colours
from tests.helpers.widgets import inks, pixels


def painted(paint) -> QImage:
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        paint(painter)
    return image


def filled(share: float, mastered: bool) -> int:
    """Return how many pixels of the bar's middle are in the colour of what is done."""
    image = painted(lambda painter: paint_bar(painter, QRectF(0, 0, 200, 40), share, mastered))
    return int((pixels(image)[20] == colours.colour(colours.current().written).rgb()).sum())


def test_a_bar_is_filled_to_its_share_and_full_only_when_mastered(qapp: QApplication) -> None:
    assert filled(0, False) == 0
    assert filled(0.5, False) == pytest.approx(100, abs=4)
    assert 0 < filled(0.001, False) < filled(0.5, False) < filled(1.0, False) < 190
    image = painted(lambda painter: paint_bar(painter, QRectF(0, 0, 200, 40), 1.0, True))
    assert inks(image, "written", "written_text") == {"written", "written_text"}


def test_each_condition_has_its_part_of_the_bar_and_a_tick_when_it_is_met(qapp) -> None:
    def parts(*met: float) -> list[tuple[int, bool]]:
        image = painted(lambda p: paint_conditions(p, QRectF(0, 0, 198, 40), met))
        done = pixels(image)[20] == colours.colour(colours.current().written).rgb()
        thirds = [image.copy(n * 67, 0, 67, 40) for n in range(3)]
        ticked = ["written_text" in inks(third, "written_text") for third in thirds]
        return [(int(done[n * 67 : n * 67 + 67].sum()), ticked[n]) for n in range(3)]

    assert parts(0, 0, 0) == [(0, False)] * 3
    half, third, none = parts(0.5, 1 / 3, 0)
    assert half == (pytest.approx(31, abs=3), False)
    assert third == (pytest.approx(21, abs=3), False)
    assert none == (0, False)
    assert [ticked for _, ticked in parts(1, 0.9, 1)] == [True, False, True]


def test_a_mark_ends_where_it_is_put_and_is_as_wide_as_it_says(qapp: QApplication) -> None:
    image = painted(lambda painter: paint_mark(painter, 190, 20, "due", QFont()))
    columns = (pixels(image) != 0xFFFFFFFF).any(0).nonzero()[0]
    assert columns.max() == pytest.approx(190, abs=1)
    assert columns.max() - columns.min() == pytest.approx(mark_width("due", QFont()), abs=2)
