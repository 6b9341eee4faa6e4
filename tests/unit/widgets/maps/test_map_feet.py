"""The lines under the maps: how far each scale goes, and the filter that made the map."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont, QImage
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.maps.map_columns import MapColumn, MapColumns
from cnn_tutor.widgets.maps.map_feet import MapFeet, Scale, scales
from cnn_tutor.widgets.maps.map_layout import Foot, MapStack
from cnn_tutor.widgets.style.shades import shade
from tests.helpers.widgets import in_window, picture

PLANES = np.array([[[-3.0, 8.0]], [[0.0, 2.0]]])


def test_every_map_has_its_own_scale_or_all_the_same() -> None:
    assert scales(PLANES, shared=False) == [Scale(-3, 8), Scale(0, 2)]
    assert scales(PLANES, shared=True) == [Scale(-3, 8)] * 2
    assert Scale(-9, 8).end == 9


def test_numbers_that_are_hidden_or_endless_are_on_no_scale() -> None:
    planes = np.array([[[np.nan, 4.0, np.inf]], [[np.nan, np.nan, np.nan]]])
    assert scales(planes, shared=False) == [Scale(4, 4), None]


def test_there_is_room_under_each_of_some_maps_and_none_under_many(qtbot: QtBot) -> None:
    few, many = ([Scale(0, 1)] * count for count in (6, 200))
    plain = MapFeet(QFont(), few, None).foot
    assert plain.high > 8
    assert plain.wide > 8
    filtered = MapFeet(QFont(), few, np.ones((5, 5, 3, 6))).foot
    assert filtered.high > 20
    assert filtered.wide > plain.wide + 20
    assert MapFeet(QFont(), many, np.ones((5, 5, 3, 200))).foot == Foot()


def column(stack_width: int, channels: int) -> MapColumns:
    """A picture of one map over a filter whose planes are +1, −1, +1, ..."""
    signs = np.array([1.0, -1.0] * channels)[:channels]
    filters = np.ones((3, 3, channels, 1)) * signs[:, None]
    values = np.zeros((stack_width, stack_width, 1))
    maps = MapColumns()
    maps.show_columns([MapColumn("v", "Value", "", values, filters)], "v")
    return maps


def patches(maps: MapColumns, image: QImage) -> list[str]:
    """The colours of the patches beside each other under the map, from left to right."""
    stack: MapStack = maps._plan.stacks[0]
    foot: QRect = stack.foot_rect(0).toRect()
    full = {shade(value, 1.0).name(): name for value, name in ((1.0, "+"), (-1.0, "-"))}
    middle, found, last = foot.center().y() + 2, [], ""
    for x in range(foot.left(), foot.right() + 1):
        name = full.get(image.pixelColor(x, middle).name(), "")
        if name and name != last:
            found.append(name)
        last = name
    return found


@pytest.mark.parametrize(("channels", "seen"), [(1, ["+"]), (3, ["+", "-", "+"]), (40, ["+"])])
def test_a_map_wears_its_filter_plane_by_plane_as_far_as_there_is_room(
    qtbot: QtBot, channels: int, seen: list[str]
) -> None:
    maps = column(6, channels)
    in_window(qtbot, maps, size=(500, 420))
    assert patches(maps, picture(maps)) == seen


def test_a_filter_goes_into_the_corner_where_it_would_make_the_maps_much_smaller(
    qtbot: QtBot,
) -> None:
    filters = np.ones((3, 3, 2, 12))
    columns = [
        MapColumn(f"v{n}", "Value", "", np.full((24, 24, 12), -1000.5), filters) for n in range(3)
    ]
    roomy, narrow = MapColumns(), MapColumns()
    for maps, size in ((roomy, (1900, 900)), (narrow, (560, 300))):
        maps.show_columns(columns, "v0")
        in_window(qtbot, maps, size=size)
    assert roomy._plan.stacks[0].foot.high > 0
    assert narrow._plan.stacks[0].foot.high == 0
    assert narrow.minimumWidth() <= narrow.width()  # nothing is out of sight for it
    rect = narrow._plan.stacks[1].plane_rect(0)
    corner = picture(narrow).pixelColor(rect.topRight().toPoint() + QPoint(-4, 4))
    assert corner.name() == shade(1.0, 1.0).name()
    inside = picture(narrow).pixelColor(rect.center().toPoint())
    assert inside.name() == shade(-1.0, 1.0).name()
