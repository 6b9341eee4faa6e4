"""Where units and their labels go."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QFont

from cnn_tutor.widgets.units.unit_figure import UnitFigure, arrange, labelled
from cnn_tutor.widgets.units.units import LEFT, RIGHT, Caption, Unit


@pytest.mark.parametrize("count", [1, 3, 25, 64, 100])
def test_units_stay_apart_and_inside(count) -> None:
    places = arrange([0] * count, [n // 5 for n in range(count)], 360, 40)
    assert places.centres[:, 1].min() >= 0
    assert places.centres[:, 1].max() <= 360
    gaps = np.hypot(*(places.centres[:, None] - places.centres[None]).transpose(2, 0, 1))
    np.fill_diagonal(gaps, np.inf)
    assert gaps.min() >= 2 * places.radius


def test_labels_are_left_out_where_they_would_touch() -> None:
    assert labelled([0] * 4, np.arange(4) * 20.0, 12) == [0, 1, 2, 3]
    assert labelled([0, 0, 1, 1], np.arange(4) * 8.0, 12) == [0, 2]
    assert labelled([0] * 6, np.arange(6) * 5.0, 12) == [0, 3]


def figure(left: int, right: int, size: tuple[int, int]) -> UnitFigure:
    units = {LEFT: (Unit("0"),) * left, RIGHT: (Unit("0"),) * right}
    return UnitFigure(units, {LEFT: Caption("Input"), RIGHT: Caption("Output")}, size, QFont())


def test_a_few_units_grow_with_the_room_and_fill_most_of_it(qapp) -> None:
    heights = figure(4, 3, (800, 800)).points(LEFT)[:, 1]
    assert np.ptp(heights) > 400
    assert figure(4, 3, (800, 800)).label > figure(4, 3, (400, 400)).label


def test_one_unit_beside_many_small_ones_is_of_the_usual_size(qapp) -> None:
    places = figure(75, 1, (800, 800)).places
    assert places[RIGHT].radius <= 28


def test_what_the_legend_needs_is_kept_free_below_the_units(qapp) -> None:
    units = {LEFT: (Unit("0"),) * 30, RIGHT: (Unit("0"),) * 30}
    captions = {LEFT: Caption(""), RIGHT: Caption("")}
    for lines in (1, 3):
        found = UnitFigure(units, captions, (300, 300), QFont(), lines)
        box = found.legend_box()
        assert box.height() == 20 * lines
        assert box.bottom() <= 300
        assert found.points(LEFT)[:, 1].max() + found.places[LEFT].radius <= box.top()
