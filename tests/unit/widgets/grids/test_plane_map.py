"""The picture of a tensor's planes."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.widgets.grids.plane_map import PlaneMap
from tests.helpers.widgets import in_window


@pytest.mark.parametrize("strange", [np.nan, np.inf, -np.inf])
def test_numbers_without_an_end_are_painted_too(qtbot, strange) -> None:
    picture = PlaneMap()
    in_window(qtbot, picture)
    values = np.arange(9.0).reshape(3, 3, 1)
    values[1, 1, 0] = strange
    picture.show_planes(values, ((0, 0), (0, 0)), ())
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
