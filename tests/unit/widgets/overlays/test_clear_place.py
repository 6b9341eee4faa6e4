"""Where a message finds room: near what it is about, over nothing that is to be read."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from cnn_tutor.widgets.overlays.clear_place import GAP, clear_place

ROOM = QRect(0, 0, 800, 600)
CELL = QRect(400, 300, 40, 40)
SIZE = QSize(200, 50)

rects = st.builds(
    QRect, st.integers(0, 780), st.integers(0, 580), st.integers(1, 300), st.integers(1, 200)
)


def test_it_is_under_the_middle_or_with_something_below_above() -> None:
    place = clear_place([SIZE], CELL, ROOM, [])
    assert place.top() == CELL.bottom() + 1 + GAP
    assert abs(place.center().x() - CELL.center().x()) <= 1
    place = clear_place([SIZE], CELL, ROOM, [QRect(0, 350, 800, 250)])
    assert place.bottom() + 1 + GAP == CELL.top()


def test_with_something_below_and_above_it_goes_to_a_side() -> None:
    kept = [QRect(0, 342, 800, 258), QRect(0, 0, 800, 298)]
    place = clear_place([QSize(200, 30)], CELL, ROOM, kept)
    assert not any(place.intersects(rect) for rect in [*kept, CELL])


def test_it_is_made_narrower_where_only_that_has_room() -> None:
    kept = [QRect(0, 0, 300, 600), QRect(540, 0, 260, 600)]
    wide, narrow = QSize(320, 50), QSize(190, 75)
    assert clear_place([wide, narrow], CELL, ROOM, []).size() == wide
    place = clear_place([wide, narrow], CELL, ROOM, kept)
    assert place.size() == narrow
    assert not any(place.intersects(rect) for rect in [*kept, CELL])


def test_it_goes_a_little_further_to_spare_cells_but_not_far() -> None:
    some, board = QRect(400, 340, 40, 40), QRect(100, 100, 640, 440)
    assert not clear_place([SIZE], CELL, ROOM, [], [some]).intersects(some)
    near = clear_place([SIZE], QRect(400, 300, 40, 40), ROOM, [], [board])
    assert near.adjusted(-60, -60, 60, 60).intersects(CELL)


@given(rects, st.lists(rects, max_size=8), st.lists(rects, max_size=4))
def test_it_stays_in_the_room_and_covers_no_more_than_it_must(
    near: QRect, kept: list[QRect], spared: list[QRect]
) -> None:
    near &= ROOM
    place = clear_place([SIZE], near, ROOM, kept, spared)
    assert ROOM.contains(place)
    assert place.size() == SIZE

    def free(at: QRect, distance: int = 0) -> bool:
        around = at.adjusted(-distance, -distance, distance, distance)
        return not any(around.intersects(rect) for rect in [*kept, near])

    corners = itertools.product(range(0, 601, 20), range(0, 551, 10))
    if any(free(QRect(x, y, SIZE.width(), SIZE.height()), GAP) for x, y in corners):
        assert free(place)
