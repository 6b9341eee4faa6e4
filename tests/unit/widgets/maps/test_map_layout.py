"""Where the maps of a network are, and where each of their cells is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from cnn_tutor.widgets.maps.map_layout import Foot, Spot, planned, scaled
from tests.unit.widgets.maps.test_map_columns import SHAPES


@pytest.mark.parametrize("shapes", SHAPES)
@pytest.mark.parametrize("size", [(716, 200), (1350, 560)])
@pytest.mark.parametrize("foot", [Foot(), Foot(24, 70)])
def test_nothing_sticks_out_or_lies_over_another(shapes, size, foot) -> None:
    titles = [60.0] * len(shapes)
    plan = planned(shapes, titles, size[0], 50, size[1], [foot] * len(shapes))
    rects = [stack.rect for stack in plan.stacks]
    for rect, slot in zip(rects, plan.slots, strict=True):
        assert rect.top() >= 49
        assert rect.bottom() <= 51 + size[1]
        assert slot.left() - 1 <= rect.left() <= rect.right() <= slot.right() + 1
    for a, b in itertools.pairwise(rects):
        assert b.left() - a.right() > 20  # room for the lines


def test_maps_have_one_scale_so_that_smaller_ones_look_smaller() -> None:
    plan = planned(SHAPES[0], [60.0] * 3, 1350, 50, 560)
    assert len({stack.cell for stack in plan.stacks}) == 1
    sides = [stack.plane_rect(0).width() for stack in plan.stacks]
    assert sides[0] > sides[1] > sides[2]
    assert plan.stacks[0].across == 1
    assert plan.stacks[2].across > 1  # ten of them would be too small in one column


@pytest.mark.parametrize("shape", [(4, 6, 3), (3, 3, 2), (5, 7), (9,), (700,)])
def test_every_cell_has_its_own_place_and_is_found_there(shape) -> None:
    stack = scaled(shape, 7, 200, 48)
    found = set()
    for index in np.ndindex(shape):
        ((plane, rect),) = stack.rects(tuple(slice(i, i + 1) for i in index))
        assert stack.at(rect.center()) == index
        assert stack.index(stack.spot(index)) == index
        assert stack.spot(index).plane == plane
        found.add((rect.x(), rect.y()))
    assert len(found) == np.prod(shape)
    assert stack.at(QPointF(stack.rect.right() + 5, stack.rect.top())) is None


def test_a_long_vector_is_folded_and_a_box_of_it_lies_in_several_strips() -> None:
    stack = scaled((100,), 8, 240, 48)
    assert (stack.rows, stack.planes) == (25, 4)
    rects = stack.rects((slice(20, 60),))
    assert [plane for plane, _ in rects] == [0, 1, 2]
    assert [round(rect.height() / stack.cell) for _, rect in rects] == [5, 25, 10]
    assert stack.index(Spot(3, 24, 0)) == (99,)


@pytest.mark.parametrize("shape", [(2, 2, 6), (9, 9, 5), (30, 30, 1), (8,), (300,)])
def test_what_stands_under_a_map_is_over_nothing_else(shape) -> None:
    stack = scaled(shape, 4, 220, 48, Foot(24, 70))
    maps = [stack.plane_rect(plane) for plane in range(stack.planes)]
    feet = [stack.foot_rect(plane) for plane in range(1 if stack.flat else stack.planes)]
    parts = [*maps, *feet]
    for a, b in itertools.combinations(parts, 2):
        assert not a.adjusted(1, 1, -1, -1).intersects(b)
    for part in parts:
        assert stack.rect.adjusted(-1, -1, 1, 1).contains(part)
        assert sum(line.adjusted(-1, -1, 1, 1).contains(part) for line in stack.lines) == 1
    for foot in feet:
        assert (foot.width() >= 70, foot.height()) == (True, 24)
