from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from cnn_tutor.pages.views.boxes import Box
from cnn_tutor.pages.views.matrices.matrix_layout import TITLE, MatrixPlaces, MatrixSizes, arrange

SIZES = MatrixSizes(
    rows=9,
    taps=9,
    filters=2,
    added=True,
    letters=(2, 2, 3),
    names=(40, 40),
    tap=34,
    heads=(24, 18),
    titles=(110, 90, 90),
    short=(60, 50, 50),
    map=(120, 120),
)
WITHOUT_MAP = replace(SIZES, map=(0, 0))


def boxes(places: MatrixPlaces) -> list[Box]:
    grids = (places.map, places.patches, places.filters, places.added, places.output)
    return [box for box in grids if box.width]


def apart(a: Box, b: Box) -> bool:
    return a.right <= b.x or b.right <= a.x or a.bottom <= b.y or b.bottom <= a.y


@pytest.mark.parametrize("sizes", [SIZES, WITHOUT_MAP])
@pytest.mark.parametrize(("width", "height"), [(1100, 520), (1700, 900), (640, 420)])
def test_nothing_lies_over_anything_else_or_outside(sizes, width: int, height: int) -> None:
    found = boxes(arrange(sizes, width, height))
    for box in found:
        assert box.x >= 0
        assert box.y >= TITLE
        assert box.right <= width
        assert box.bottom <= height
    assert all(apart(a, b) for a, b in itertools.combinations(found, 2))


def test_all_is_seen_where_there_is_room_and_cells_are_as_large_as_may_be() -> None:
    roomy = arrange(SIZES, 1700, 900)
    assert roomy.share == 1
    assert roomy.cells[0][1] == 64
    assert roomy.map.right < roomy.patches.x
    assert roomy.patches.right < roomy.filters.x < roomy.output.x
    assert roomy.added.y > roomy.filters.bottom


def test_of_a_large_product_a_part_is_seen() -> None:
    places = arrange(replace(WITHOUT_MAP, rows=400, taps=75), 900, 500)
    assert 0 < places.share < 1
    assert places.cells[0][1] == 20


def test_in_a_narrow_board_the_patches_have_a_line_of_their_own() -> None:
    places = arrange(replace(WITHOUT_MAP, taps=16, rows=3), 640, 700)
    assert places.share == 1
    assert places.filters.y > places.patches.bottom
