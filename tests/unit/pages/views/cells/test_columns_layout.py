"""The columns of a board: everything has its place, and nothing lies over anything else."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.pages.views.cells.columns_layout import (
    PICKER,
    SUM_LINE,
    TITLE,
    Column,
    Placed,
    arrange,
)
from cnn_tutor.pages.views.cells.equation_layout import GAP, Box

SIGN = 30
TOTAL = 108
SMALLEST = 18
"""Cells do not get smaller than this many pixels."""


def board(
    x: tuple[int, int],
    kernel: tuple[int, int],
    output: tuple[int, int],
    channels: int = 1,
    filters: int = 1,
    letters: int = 2,
) -> list[Column]:
    """The columns of a convolution: input, filter, products, total over the bias, output."""
    return [
        Column(x, channels, 1, 40),
        Column(kernel, channels, 2, 55, gap=SIGN),
        Column(kernel, channels, 2, 60, 50, foot=SUM_LINE, gap=SIGN, factors=6),
        Column((filters, 1), 1, 1, 40, TOTAL, lead=96, gap=GAP - 10, in_rows=False),
        Column(output, filters, letters, 80, gap=GAP, in_rows=False),
    ]


def fits(columns: list[Column], width: int, height: int) -> bool:
    """Say whether everything has room at once, by the least that each column needs."""
    least = [(c.needs(SMALLEST, False), c) for c in columns]
    wide = sum(need[0] + c.gap for need, c in least) + 12
    pitch = max(need[1] for need, c in least if c.in_rows)
    high = max(c.count * (pitch if c.in_rows else need[1]) for need, c in least)
    return wide <= width and high <= height


def boxes(columns: list[Column], placed: list[Placed]) -> list[Box]:
    """Every box that is drawn: grids, the titles over them, text and pickers."""
    found = []
    for column, place in zip(columns, placed, strict=True):
        for grid in place.boxes:
            found += [grid, Box(grid.x, grid.y - TITLE, grid.width, TITLE)]
        texts = place.texts if not column.size[0] or column.foot else []
        found += [box for box in (*texts, place.lead, place.picker) if box is not None]
    return found


def apart(a: Box, b: Box) -> bool:
    return a.right <= b.x or b.right <= a.x or a.bottom <= b.y or b.bottom <= a.y


def assert_nothing_overlaps(columns: list[Column], placed: list[Placed]) -> None:
    for a, b in itertools.combinations(boxes(columns, placed), 2):
        assert apart(a, b), (a, b)


def assert_inside(columns: list[Column], placed: list[Placed], width: int, height: int) -> None:
    for box in boxes(columns, placed):
        assert box.x >= 0, box
        assert box.y >= 0, box
        assert box.right <= width, box
        assert box.bottom <= height, box


def whole(column: Column, place: Placed) -> bool:
    """Say whether the grids of a column show all of their cells."""
    rows, across = column.size
    size = (across * place.cell[0], rows * place.cell[1])
    return all((box.width, box.height) == size for box in place.boxes)


SIDE = st.integers(1, 9)
SIZE = st.tuples(SIDE, SIDE)
COLUMNS = st.builds(
    board, SIZE, SIZE, SIZE, st.integers(1, 5), st.integers(1, 6), st.integers(1, 7)
)


@given(COLUMNS, st.integers(640, 1800), st.integers(420, 1200))
def test_what_fits_is_wholly_in_sight(columns: list[Column], width: int, height: int) -> None:
    if not fits(columns, width, height):
        return
    placed = arrange(columns, width, height)
    assert_inside(columns, placed, width, height)
    assert_nothing_overlaps(columns, placed)
    for column, place in zip(columns, placed, strict=True):
        assert place.picker is None
        assert len(place.boxes) == (column.count if column.size[0] else 0)
        assert whole(column, place)


@given(
    st.builds(
        board,
        st.tuples(st.integers(1, 64), st.integers(1, 64)),
        st.tuples(st.integers(1, 11), st.integers(1, 11)),
        st.tuples(st.integers(1, 64), st.integers(1, 64)),
        st.integers(1, 16),
        st.integers(1, 16),
        st.integers(1, 7),
    ),
    st.integers(716, 1800),
    st.integers(500, 1200),
)
def test_every_plane_is_placed_or_can_be_picked(
    columns: list[Column], width: int, height: int
) -> None:
    placed = arrange(columns, width, height)
    assert len(placed) == len(columns)
    for column, place in zip(columns, placed, strict=True):
        assert 1 <= len(place.boxes) <= column.count
        assert (place.picker is None) == (len(place.boxes) == column.count)
        assert place.cell[0] >= SMALLEST
        assert place.cell[1] >= SMALLEST
        assert all(box.width > 0 and box.height > 0 for box in place.boxes)
        assert len({(box.width, box.height) for box in place.boxes}) == 1
        if place.picker is not None:
            assert place.picker.bottom <= PICKER


@given(COLUMNS, st.integers(716, 1800), st.integers(500, 1200))
def test_rows_stand_beside_each_other(columns: list[Column], width: int, height: int) -> None:
    placed = arrange(columns, width, height)
    rows = [place.boxes for column, place in zip(columns, placed, strict=True) if column.in_rows]
    assert len({len(boxes) for boxes in rows}) == 1
    for row in zip(*rows, strict=True):
        top, bottom = max(box.y for box in row), min(box.bottom for box in row)
        assert top < bottom


@given(COLUMNS, st.integers(716, 1500), st.integers(500, 1000))
def test_more_room_never_makes_cells_smaller(
    columns: list[Column], width: int, height: int
) -> None:
    columns = [replace(column, factors=0) for column in columns]  # these take room of their own
    if not fits(columns, width, height):
        return
    first = arrange(columns, width, height)
    second = arrange(columns, width + 200, height + 200)
    for small, large in zip(first, second, strict=True):
        assert large.cell[1] >= small.cell[1]


def test_the_deck_s_rgb_board_fits_the_smallest_window_whole() -> None:
    columns = board((7, 7), (3, 3), (5, 5), channels=3, filters=2)
    placed = arrange(columns, 716, 500)
    assert_inside(columns, placed, 716, 500)
    assert_nothing_overlaps(columns, placed)
    assert all(place.picker is None for place in placed)
    assert all(whole(column, place) for column, place in zip(columns, placed, strict=True))


@pytest.mark.parametrize("size", [(716, 500), (1100, 800)])
def test_sixteen_channels_and_filters_are_picked_from(size: tuple[int, int]) -> None:
    columns = board((7, 7), (3, 3), (5, 5), channels=16, filters=16)
    placed = arrange(columns, *size)
    assert_inside(columns, placed, *size)
    assert_nothing_overlaps(columns, placed)
    for column, place in zip(columns, placed, strict=True):
        assert (place.picker is not None) == (column.count > 1)
    assert len(placed[4].boxes) >= 3


@pytest.mark.parametrize(
    "size",
    [(716, 500), (732, 494), (1100, 800), (1700, 1000)],
)
def test_a_picture_of_32_by_32_scrolls_inside_the_board(size: tuple[int, int]) -> None:
    columns = board((32, 32), (5, 5), (28, 28), channels=3, filters=6, letters=4)
    placed = arrange(columns, *size)
    assert_nothing_overlaps(columns, placed)
    assert whole(columns[1], placed[1])
    assert whole(columns[2], placed[2])
    assert_inside(columns, placed, *size)


def test_the_board_sits_in_the_middle() -> None:
    columns = board((5, 5), (3, 3), (3, 3), channels=2)
    placed = arrange(columns, 1500, 700)
    left, right = placed[0].left, 1500 - (placed[-1].left + placed[-1].width)
    assert abs(left - right) <= 1


def test_a_long_number_widens_its_column_alone() -> None:
    columns = board((5, 5), (3, 3), (3, 3), letters=7)
    cells = [place.cell for place in arrange(columns, 900, 420)]
    assert cells[-1][0] > cells[-1][1]
    assert cells[0][0] == cells[0][1]


def test_products_show_their_factors_where_there_is_room_and_drop_them_where_there_is_not() -> None:
    columns = board((5, 5), (3, 3), (3, 3))
    roomy = arrange(columns, 1500, 900)[2].cell
    tight = arrange(board((7, 7), (3, 3), (5, 5), channels=3), 716, 500)[2].cell
    assert roomy[1] >= 38 > tight[1]
    assert roomy[0] >= 48


def test_text_of_its_own_stands_in_the_middle_of_its_column() -> None:
    columns = [
        Column((4, 4), 3, 1, 40),
        Column(wide=244, high=200, gap=30, in_rows=False),
        Column((4, 4), 3, 1, 40, gap=54, in_rows=False),
    ]
    curve = arrange(columns, 732, 494)[1]
    assert not curve.boxes
    (box,) = curve.texts
    assert (box.width, box.height) == (244, 200)
    assert abs(box.y - (494 - box.bottom)) <= 6
