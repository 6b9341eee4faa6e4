"""The small picture of a tensor: all planes fit, and each cell is where it can be pointed at."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnn_tutor.engine.window import Pair
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.plane_map import PlaneMap
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import Shading
from tests.helpers.widgets import LEFT, NONE, in_window, pixels


@pytest.mark.parametrize("pads", [((0, 0), (0, 0)), ((1, 2), (0, 1))])
@pytest.mark.parametrize("shape", [(4, 6, 1), (5, 3, 3), (12, 12, 7)])
def test_every_cell_fits_and_is_found_where_it_is(
    qtbot: QtBot, shape: tuple[int, int, int], pads: tuple[Pair, Pair]
) -> None:
    planes = PlaneMap()
    in_window(qtbot, planes, size=(320, 360))
    planes.show_planes(np.arange(np.prod(shape)).reshape(shape), pads, "abcdefg"[: shape[2]])
    room = planes.wanted(planes.width(), planes.height())
    assert room.width() <= planes.width()
    assert room.height() <= planes.height()
    said: list[object] = []
    planes.hovered.connect(said.append)
    planes.pinned.connect(said.append)
    corners = [(0, 0, 0), (shape[0] - 1, shape[1] - 1, shape[2] - 1)]
    for index in corners:
        assert planes.rect().contains(planes.cell_rect(index).toRect())
        QTest.mouseClick(planes, LEFT, NONE, planes.cell_rect(index).center().toPoint())
    assert said == corners


def test_marked_cells_stand_out(qtbot: QtBot) -> None:
    planes = PlaneMap()
    in_window(qtbot, planes, size=(300, 300))
    planes.show_planes(np.zeros((5, 5, 1)), ((0, 0), (0, 0)), ["x"])
    before = pixels(planes.grab().toImage())
    planes.set_marks({(1, 1, 0): Mark.READ, (1, 2, 0): Mark.READ})
    ys, xs = np.nonzero(pixels(planes.grab().toImage()) != before)
    around = planes.cell_rect((1, 1, 0)).united(planes.cell_rect((1, 2, 0)))
    assert around.adjusted(-3, -3, 3, 3).contains(xs.min(), ys.min())
    assert around.adjusted(-3, -3, 3, 3).contains(xs.max(), ys.max())


@pytest.mark.parametrize("strange", [np.nan, np.inf, -np.inf])
def test_numbers_without_an_end_are_painted_too(qtbot, strange) -> None:
    picture = PlaneMap()
    in_window(qtbot, picture)
    values = np.arange(9.0).reshape(3, 3, 1)
    values[1, 1, 0] = strange
    picture.show_planes(values, ((0, 0), (0, 0)), ())
    picture.set_shading(Shading(8.0))
    image = picture.grab().toImage()
    ratio = image.devicePixelRatio()
    found, zero, largest = (
        image.pixelColor((picture.cell_rect(index).center() * ratio).toPoint())
        for index in ((1, 1, 0), (0, 0, 0), (2, 2, 0))
    )
    if np.isnan(strange):
        assert found == zero
    elif strange > 0:
        assert found == largest
    else:
        assert found not in (zero, largest)


def test_its_cells_have_the_quiet_tint_of_those_of_a_grid(qtbot: QtBot) -> None:
    picture = PlaneMap()
    in_window(qtbot, picture)
    picture.show_planes(np.array([[-2.0, 0.0, 1.0, 2.0]])[..., None], ((0, 0), (0, 0)), ())
    theme, centres = colours.current(), []
    for shading in (None, Shading(2.0), Shading(2.0, picture=True)):
        picture.set_shading(shading)
        image = picture.grab().toImage()
        ratio = image.devicePixelRatio()
        for column, value in enumerate((-2.0, 0.0, 1.0, 2.0)):
            at = (picture.cell_rect((0, column, 0)).center() * ratio).toPoint()
            ground = shading.ground(value, theme) if shading else None
            assert image.pixelColor(at) == (ground or colours.colour(theme.cell))
            centres.append(image.pixelColor(at).name())
    assert len(set(centres)) == 6
