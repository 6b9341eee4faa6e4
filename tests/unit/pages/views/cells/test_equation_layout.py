from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.pages.views.cells.equation_layout import BoardSizes, Box, Places, arrange

USUAL = BoardSizes((7, 7), ((3, 3), (1, 1)), (3, 3), (5, 5), (120, 90, 60, 170, 80), (1, 1, 1, 1))


def boxes(places: Places) -> list[Box]:
    return [places.x, *places.ports, places.products, places.sum_line, places.output]


def apart(a: Box, b: Box) -> bool:
    return a.right <= b.x or b.right <= a.x or a.bottom <= b.y or b.bottom <= a.y


@pytest.mark.parametrize(("width", "height"), [(708, 500), (1300, 900), (2400, 1400)])
def test_a_usual_board_fits_and_grows_with_the_window(width: int, height: int) -> None:
    places = arrange(USUAL, width, height)
    for box in boxes(places):
        assert box.x >= 0
        assert box.right <= width
        assert 0 <= box.y < box.bottom <= height
    smaller = arrange(USUAL, width - 200, height - 100)
    assert smaller.cells[0] < places.cells[0] or places.cells[0] == (80, 80)


def test_the_board_sits_in_the_middle() -> None:
    places = arrange(USUAL, 1300, 900)
    assert abs(places.x.x - (1300 - places.output.right)) <= 2
    assert abs((places.x.y - 28) - (900 - places.x.bottom)) <= 2


def test_a_long_number_widens_its_grid_only() -> None:
    long = BoardSizes(*_without_letters(USUAL), (1, 1, 1, 9))
    cells = arrange(long, 900, 500).cells
    assert cells[-1][0] > cells[-1][1]
    assert cells[0][0] == cells[0][1]


def test_a_huge_input_scrolls_and_leaves_the_others_whole() -> None:
    sizes = BoardSizes((64, 64), ((3, 3), (1, 1)), (3, 3), (62, 62))
    places = arrange(sizes, 708, 500)
    assert places.x.width < 64 * places.cells[0][0]
    assert places.ports[0].width == 3 * places.cells[1][0]
    assert places.products.width == 3 * places.product_cell[0]


@given(
    st.tuples(*[st.integers(1, 80)] * 2),
    st.lists(st.tuples(*[st.integers(1, 11)] * 2), max_size=2),
    st.tuples(*[st.integers(1, 80)] * 2),
    st.integers(640, 2000),
    st.integers(420, 1200),
    st.integers(1, 12),
)
def test_nothing_ever_overlaps_or_leaves_the_board_at_the_right(x, ports, out, width, height, n):
    products = ports[0] if ports else (1, 1)
    titles = (100, *([60] * len(ports)), 160, 80)
    sizes = BoardSizes(x, tuple(ports), products, out, titles, (n,) * (2 + len(ports)))
    places = arrange(sizes, width, height)
    for a, b in itertools.combinations(boxes(places), 2):
        assert apart(a, b), (a, b)
    assert len(places.signs) == max(len(ports), 1) + 1
    for box in boxes(places):
        assert box.width > 0
        assert box.height > 0
        assert box.right <= width


def _without_letters(sizes: BoardSizes):
    return sizes.x, sizes.ports, sizes.products, sizes.output, sizes.titles
