"""The columns of a board: everything has its place, and nothing lies over anything else."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.pages.views.boxes import Box
from cnn_tutor.pages.views.cells import columns_layout
from cnn_tutor.pages.views.cells.columns_layout import (
    Column,
    Placed,
    Style,
    columns_style,
    equation_style,
)

pytestmark = pytest.mark.usefixtures("qapp")

SIGN, GAP, PICKER = 30, 54, 30
TOTAL, SUM_LINE = 108, 31
SMALLEST = 16
"""Cells do not get smaller than this many pixels."""


def arrange(
    columns: Sequence[Column], width: int, height: int, equation: bool = False
) -> list[Placed]:
    return columns_layout.arrange(columns, width, height, style_of(equation))


def style_of(equation: bool) -> Style:
    return equation_style() if equation else columns_style()


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
        Column(kernel, channels, 2, 60, 50, foot=SUM_LINE, text=True, gap=SIGN, factors=48),
        added(filters),
        Column(output, filters, letters, 80, gap=GAP, in_rows=False),
    ]


def added(filters: int) -> Column:
    """The bias with the total under it."""
    text = {"foot": 96, "text": True, "inset": SIGN, "in_rows": False}
    return Column((filters, 1), 1, 1, 40, TOTAL, gap=GAP - 10, **text)


def fits(columns: list[Column], width: int, height: int) -> bool:
    """Say whether everything has room at once, by the least that each column needs."""
    least, apart = columns_style().smallest, columns_style().between
    wide = sum(c.width(least) + c.gap for c in columns) + 12
    rows = [c.reach(least) for c in columns if c.in_rows]
    rise, fall = (max(reach) for reach in zip(*rows, strict=True))
    half = (columns[0].count - 1) * (rise + fall + apart) / 2
    singles = [c.reach(least) for c in columns if not c.in_rows and c.count == 1]
    above = max(half + rise, *(over for over, _ in singles), 0)
    below = max(half + fall, *(under for _, under in singles), 0)
    stacks = [c.count * c.pitch(least) for c in columns if not c.in_rows]
    return wide <= width and max(above + below + 1, *stacks) <= height


def equation(
    x: tuple[int, int],
    ports: list[tuple[int, int]],
    output: tuple[int, int],
    letters: int = 1,
    long: int = 1,
) -> list[Column]:
    """The columns of a board of single planes; ``long`` is how long outputs are."""
    over = [Column(n, 1, letters, 80, gap=SIGN if k else 0) for k, n in enumerate(ports)]
    size = ports[0] if ports else (1, 1)
    products = Column(
        size,
        title=170,
        foot=SUM_LINE,
        text=True,
        gap=GAP,
        in_rows=False,
        factors=48,
        stretch=1.36,
        over=tuple(over),
    )
    return [
        Column(x, 1, letters, 120, in_rows=False, window=size[1]),
        products,
        Column(output, 1, long, 80, gap=GAP, in_rows=False),
    ]


USUAL = equation((7, 7), [(3, 3), (1, 1)], (5, 5))


def boxes(columns: Sequence[Column], placed: Sequence[Placed], equation: bool = False) -> list[Box]:
    """Every box that is drawn: grids, the titles over them, text and pickers."""
    found, title = [], style_of(equation).title
    for column, place in zip(columns, placed, strict=True):
        for grid in place.boxes:
            found += [grid, Box(grid.x, grid.y - title, grid.width, title)]
        texts = place.texts if not column.size[0] or column.foot else []
        found += [box for box in (*texts, place.picker) if box is not None]
        found += boxes(column.over, place.over, equation)
    return found


def apart(a: Box, b: Box) -> bool:
    return a.right <= b.x or b.right <= a.x or a.bottom <= b.y or b.bottom <= a.y


def assert_nothing_overlaps(
    columns: list[Column], placed: list[Placed], equation: bool = False
) -> None:
    for a, b in itertools.combinations(boxes(columns, placed, equation), 2):
        assert apart(a, b), (a, b)


def assert_inside(
    columns: list[Column], placed: list[Placed], width: int, height: int, equation: bool = False
) -> None:
    for box in boxes(columns, placed, equation):
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
BOARDS = st.builds(board, SIZE, SIZE, SIZE, st.integers(1, 5), st.integers(1, 6), st.integers(1, 7))


@given(BOARDS, st.integers(640, 1800), st.integers(420, 1200))
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
def test_every_plane_is_placed_or_can_be_picked(columns, width, height) -> None:
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


@given(BOARDS, st.integers(716, 1800), st.integers(500, 1200))
def test_rows_stand_beside_each_other(columns: list[Column], width: int, height: int) -> None:
    placed = arrange(columns, width, height)
    rows = [place.boxes for column, place in zip(columns, placed, strict=True) if column.in_rows]
    assert len({len(boxes) for boxes in rows}) == 1
    for row in zip(*rows, strict=True):
        top, bottom = max(box.y for box in row), min(box.bottom for box in row)
        assert top < bottom


@given(BOARDS, st.integers(716, 1800), st.integers(500, 1200))
def test_all_that_is_computed_with_stands_on_one_axis(columns, width, height) -> None:
    if not fits(columns, width, height):
        return
    placed = arrange(columns, width, height)
    rows = [place.boxes for column, place in zip(columns, placed, strict=True) if column.in_rows]
    axes = [{(box.y + box.bottom) // 2 for box in row} for row in zip(*rows, strict=True)]
    assert all(max(axis) - min(axis) <= 1 for axis in axes)
    board = (min(axes[0]) + min(axes[-1])) / 2
    for column, place in zip(columns, placed, strict=True):
        if not column.in_rows and column.count == 1:
            (box,) = place.boxes
            assert abs((box.y + box.bottom) / 2 - board) <= 1.5


@given(
    st.tuples(*[st.integers(1, 12)] * 2),
    st.lists(st.tuples(*[st.integers(1, 7)] * 2), min_size=1, max_size=2),
    st.tuples(*[st.integers(1, 12)] * 2),
    st.integers(700, 2000),
    st.integers(500, 1200),
)
def test_an_equation_stands_on_one_axis_and_its_products_below(x, ports, out, w, h) -> None:
    columns = equation(x, ports, out)
    if not columns_layout.fits(columns, w, h, equation_style()):
        return
    x, products, output = arrange(columns, w, h, True)
    on_axis = [place.boxes[0] for place in (x, *products.over, output)]
    middles = [(box.y + box.bottom) / 2 for box in on_axis]
    assert max(middles) - min(middles) <= 1
    lowest = max(place.boxes[0].bottom for place in products.over)
    assert products.boxes[0].y >= lowest + equation_style().title


@given(BOARDS, st.integers(716, 1500), st.integers(500, 1000))
def test_more_room_never_makes_cells_smaller(columns, width, height) -> None:
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


@pytest.mark.parametrize(
    ("columns", "equation"), [(board((5, 5), (3, 3), (3, 3), channels=2), False), (USUAL, True)]
)
def test_the_board_sits_in_the_middle(columns: list[Column], equation: bool) -> None:
    placed = arrange(columns, 1500, 800, equation)
    left, right = placed[0].left, 1500 - (placed[-1].left + placed[-1].width)
    assert abs(left - right) <= 1
    found = boxes(columns, placed, equation)
    top, bottom = min(box.y for box in found), max(box.bottom for box in found)
    assert abs(top - (800 - bottom)) <= style_of(equation).between + 1


@pytest.mark.parametrize(
    ("columns", "equation"),
    [
        (board((5, 5), (3, 3), (3, 3), letters=7), False),
        (equation((7, 7), [(3, 3), (1, 1)], (5, 5), long=9), True),
    ],
)
def test_a_long_number_widens_its_column_alone(columns: list[Column], equation: bool) -> None:
    cells = [place.cell for place in arrange(columns, 900, 420, equation)]
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
    middle = arrange(columns, 732, 494)[0].boxes[1]
    assert abs(box.y + box.bottom - middle.y - middle.bottom) <= 2


# --- of single planes: an equation ---


@pytest.mark.parametrize(("width", "height"), [(708, 500), (1300, 900), (2400, 1400)])
def test_a_usual_equation_fits_and_grows_with_the_window(width: int, height: int) -> None:
    placed = arrange(USUAL, width, height, True)
    assert_inside(USUAL, placed, width, height, True)
    assert_nothing_overlaps(USUAL, placed, True)
    smaller = arrange(USUAL, width - 200, height - 100, True)
    assert smaller[0].cell[0] < placed[0].cell[0] or placed[0].cell == (120, 120)


def test_products_stand_under_the_filter() -> None:
    products = arrange(USUAL, 1300, 900, True)[1]
    kernel, bias = products.over
    assert kernel.boxes[0].bottom < products.boxes[0].y - equation_style().title
    assert kernel.boxes[0].right < bias.boxes[0].x
    middles = [place.boxes[0].y + place.boxes[0].bottom for place in products.over]
    assert abs(middles[0] - middles[1]) <= 2


def test_a_huge_input_scrolls_and_leaves_the_others_whole() -> None:
    columns = equation((64, 64), [(3, 3), (1, 1)], (62, 62))
    placed = arrange(columns, 708, 500, True)
    assert not whole(columns[0], placed[0])
    assert whole(columns[1], placed[1])
    assert all(map(whole, columns[1].over, placed[1].over))


def test_a_grid_that_is_only_too_wide_has_no_bar_beside_it() -> None:
    columns = equation((12, 40), [(3, 3), (1, 1)], (10, 38))
    for place, rows in zip(arrange(columns, 708, 500, True)[::2], (12, 10), strict=True):
        assert place.boxes[0].height > rows * place.cell[1]


def test_all_of_a_window_is_seen_as_long_as_there_is_room() -> None:
    columns = equation((9, 9), [(7, 7), (1, 1)], (3, 3), letters=2)
    x = arrange(columns, 580, 440, True)[0]
    assert x.boxes[0].width >= 7 * x.cell[0]


@given(
    st.tuples(*[st.integers(1, 80)] * 2),
    st.lists(st.tuples(*[st.integers(1, 11)] * 2), max_size=2),
    st.tuples(*[st.integers(1, 80)] * 2),
    st.integers(700, 2000),
    st.integers(420, 1200),
    st.integers(1, 12),
)
def test_nothing_of_an_equation_overlaps_or_leaves_the_board_at_the_right(
    x, ports, out, width, height, letters
) -> None:
    columns = equation(x, ports, out, letters, letters)
    placed = arrange(columns, width, height, True)
    found = [box for box in boxes(columns, placed, True) if box.height != equation_style().title]
    for a, b in itertools.combinations(found, 2):
        assert apart(a, b), (a, b)
    for box in found:
        assert box.width > 0
        assert box.height > 0
        assert box.right <= width
