"""What one cell reads of every earlier value: the boxes and the rays between them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF

from cnn_tutor.widgets.maps.map_columns import Place
from tests.helpers.widgets import picture, pixels
from tests.unit.widgets.maps.test_map_columns import Sheet


def boxes(*parts: tuple[tuple[int, int], ...]) -> list[tuple[slice, ...]]:
    return [tuple(slice(a, b) for a, b in part) for part in parts]


def test_boxes_are_outlined_in_every_map_and_rays_meet_their_corners(qtbot) -> None:
    sheet = Sheet(qtbot, [(4, 4, 3), (3, 3, 4)])
    read = boxes(((0, 3), (1, 4), (0, 3)), ((1, 2), (1, 2), (2, 3)))
    sheet.maps.highlight(read, {"v0": "3×3×3", "v1": "[1,1,2]"})
    first, cell = sheet.maps.frustum.boxes
    assert len(first) == 3
    assert list(cell) == [sheet.maps.cell_rect(Place("v1", (1, 1, 2)))]
    for channel, rect in enumerate(first):
        top = sheet.maps.cell_rect(Place("v0", (0, 1, channel)))
        end = sheet.maps.cell_rect(Place("v0", (2, 3, channel)))
        assert rect == QRectF(top.topLeft(), end.bottomRight())
    (ray,) = sheet.maps.frustum.rays
    assert (ray[0], ray[1]) in [(r.topRight(), r.bottomRight()) for r in first]
    assert (ray[3], ray[2]) == (cell[0].topLeft(), cell[0].bottomLeft())
    sheet.window.resize(1200, 700)
    qtbot.waitUntil(lambda: sheet.maps.width() > 1000)
    assert sheet.maps.frustum.boxes[1][0] == sheet.maps.cell_rect(Place("v1", (1, 1, 2)))
    sheet.maps.highlight(boxes(((0, 0),) * 3, ((1, 2), (1, 2), (2, 3))), {})
    assert sheet.maps.frustum.boxes[0] == ()
    assert sheet.maps.frustum.rays == ()  # nothing is read there


def test_rays_end_at_the_edge_of_every_map_and_leave_all_its_cells_as_they_are(qtbot) -> None:
    sheet = Sheet(qtbot, [(9, 9, 6), (7, 7, 6)])
    stacks = sheet.maps._plan.stacks
    assert all(stack.across > 1 for stack in stacks)  # others stand in the way
    old = pixels(picture(sheet.maps))
    sheet.maps.highlight(boxes(((2, 5), (2, 5), (0, 1)), ((2, 3), (2, 3), (5, 6))), {})
    changed = pixels(picture(sheet.maps)) != old
    between = slice(round(stacks[0].rect.right()) + 2, round(stacks[1].rect.left()) - 2)
    assert changed[:, between].any()  # there they are
    for rect in (box for rects in sheet.maps.frustum.boxes for box in rects):
        around = rect.adjusted(-6, -6, 6, 6).toRect()
        changed[around.top() : around.bottom() + 1, around.left() : around.right() + 1] = False
    for stack in stacks:
        for plane in range(stack.planes):
            for part in (stack.plane_rect(plane), stack.foot_rect(plane)):
                at = part.toRect()
                inside = changed[at.top() : at.bottom() + 1, at.left() : at.right() + 1]
                assert not np.any(inside)
