"""Frames with a triangle that points at them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.overlays.pointing_frame import PointingFrame, pointing_frame
from tests.helpers.widgets import pixels

BOX = QRect(60, 60, 80, 40)


def covered(frame: PointingFrame) -> QRect:
    """Return the box around the triangle."""
    xs, ys = [x for x, _ in frame.tip], [y for _, y in frame.tip]
    left, top = round(min(xs)), round(min(ys))
    return QRect(left, top, round(max(xs)) - left, round(max(ys)) - top)


def test_the_triangle_points_from_above_else_from_the_left_then_from_below_then_the_right() -> None:
    above = pointing_frame(BOX, 4, lambda _: True)
    assert above.tip[0] == (100, 58)
    assert covered(above).bottom() < BOX.top()
    beside = pointing_frame(BOX, 4, lambda place: place.top() >= BOX.top())
    assert beside.tip[0] == (58, 80)
    assert covered(beside).right() < BOX.left()
    below = pointing_frame(BOX, 4, lambda place: place.top() > BOX.bottom())
    assert covered(below).top() > BOX.bottom()
    right = pointing_frame(BOX, 4, lambda place: place.left() > BOX.right())
    assert covered(right).left() > BOX.right()


def test_it_steps_aside_for_what_stands_over_the_middle() -> None:
    title = QRect(40, 30, 70, 28)
    frame = pointing_frame(BOX, 4, lambda at: at.bottom() < BOX.top() and not at.intersects(title))
    assert covered(frame).bottom() < BOX.top()
    assert frame.tip[0][0] > title.right()


@pytest.mark.parametrize("near", [1, 2, 3])
def test_where_nothing_is_free_it_is_small_and_at_the_corner(near: int) -> None:
    frame = pointing_frame(BOX, near, lambda _: False)
    place = covered(frame)
    assert place.right() <= BOX.left() + 1
    assert place.bottom() <= BOX.top() + 1
    assert max(place.width(), place.height()) <= 10


@pytest.mark.parametrize("near", [1, 2, 3, 4])
def test_all_that_is_painted_is_on_its_ground(qtbot: QtBot, near: int) -> None:
    frame = pointing_frame(BOX, near, lambda _: True)
    ground = frame.ground()
    for swelling in (0.0, 1.0):
        images = []
        for clipped in (False, True):
            picture = QPixmap(200, 160)
            picture.fill("white")
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if clipped:
                painter.setClipRegion(ground)
            frame.paint(painter, swelling)
            painter.end()
            images.append(pixels(picture.toImage()))
        assert (images[0] == images[1]).all()
        assert not ground.contains(BOX.center())
