"""How the cells of a network's maps are painted."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from cnn_tutor.widgets.maps.map_columns import Place
from tests.helpers.widgets import picture, pixels
from tests.unit.widgets.maps.test_map_columns import Sheet


def test_numbers_are_written_only_where_they_have_room(qtbot) -> None:
    large = Sheet(qtbot, [(3, 3, 1), (2, 2, 1)])
    assert large.maps.cell_rect(Place("v0", (0, 0, 0))).height() >= 22
    large.values[0][:] = 8
    large.maps.refresh()
    rect = large.maps.cell_rect(Place("v0", (1, 1, 0))).toRect().adjusted(2, 2, -2, -2)
    assert len(np.unique(pixels(picture(large.maps).copy(rect)))) > 1
    small = Sheet(qtbot, [(40, 40, 1), (40, 40, 1)])
    small.values[0][:] = 8
    small.maps.refresh()
    first = small.maps.cell_rect(Place("v0", (0, 0, 0)))
    inside = QRectF(first.topLeft(), small.maps.cell_rect(Place("v0", (4, 4, 0))).bottomRight())
    # Only the lines between the cells: no letters.
    assert len(np.unique(pixels(picture(small.maps).copy(inside.toRect())))) <= 4


@pytest.mark.parametrize("side", [3, 30])
def test_numbers_without_an_end_have_the_colours_at_the_ends_of_the_scale(qtbot, side) -> None:
    sheet = Sheet(qtbot, [(side, side, 1), (2,)])
    values = sheet.values[0]
    values[:] = 0
    values[0, :2, 0] = 5, -5
    values[1, :3, 0] = np.inf, -np.inf, np.nan
    sheet.values[1][:] = np.nan
    sheet.maps.refresh()
    image = picture(sheet.maps)
    colour = {}
    for index in np.ndindex(2, 3):
        corner = sheet.maps.cell_rect(Place("v0", (*index, 0))).bottomLeft().toPoint()
        colour[index] = image.pixelColor(corner.x() + 2, corner.y() - 2).name()
    assert colour[1, 0] == colour[0, 0]
    assert colour[1, 1] == colour[0, 1]
    assert colour[1, 2] == colour[0, 2]
    assert len(set(colour.values())) == 3
