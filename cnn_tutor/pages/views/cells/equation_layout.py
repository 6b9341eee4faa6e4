"""Where everything on a board goes: an equation of grids, its products under the filter.

Plain arithmetic without Qt's widgets, so that it can be tested as such.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cnn_tutor.pages.views.shrinking import shrunk
from cnn_tutor.widgets.style.sizes import SCROLL_BAR

Size = tuple[int, int]
"""Rows and columns."""

TITLE = 28
"""Height of a grid's title, in pixels."""

GAP = 54
"""Width of the strip between two columns, where the signs and the lines are."""

SUM_LINE = 40
_MARGIN = 4
_LARGEST, _SMALLEST = 80, 20
_LETTER, _MOST_LETTERS = 6.6, 10
_PRODUCT_WIDTH, _PRODUCT_HEIGHT = 1.36, 1.0
_SMALLEST_PRODUCT = (48, 38)
_SIGN = 30
_BETWEEN = 22


@dataclass(frozen=True)
class Box:
    """A place on the board in pixels; where there is no room left it is empty, never negative."""

    x: int
    y: int
    width: int
    height: int

    def __post_init__(self) -> None:
        for side in ("width", "height"):
            object.__setattr__(self, side, max(0, getattr(self, side)))

    @property
    def right(self) -> int:
        """The pixel after the last one."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The pixel under the last one."""
        return self.y + self.height


@dataclass(frozen=True)
class BoardSizes:
    """How many rows and columns every grid has; those of ``x`` with its padding.

    ``titles`` is how wide each grid's title is in pixels, in the order x, ports, products,
    output; ``letters`` how long the longest number of each, in the order x, ports, output.
    """

    x: Size
    ports: tuple[Size, ...]
    products: Size
    output: Size
    titles: tuple[int, ...] = ()
    letters: tuple[int, ...] = ()


@dataclass
class Places:
    """The result: a box for every grid and sign, and the sizes of the cells."""

    cells: tuple[Size, ...] = ()
    """Width and height of a cell, in the order x, ports, output."""
    product_cell: Size = (0, 0)
    x: Box = Box(0, 0, 0, 0)
    ports: list[Box] = field(default_factory=list)
    signs: list[Box] = field(default_factory=list)
    """The sign before each port, then the one before the output."""
    products: Box = Box(0, 0, 0, 0)
    sum_line: Box = Box(0, 0, 0, 0)
    output: Box = Box(0, 0, 0, 0)


def arrange(sizes: BoardSizes, width: int, height: int) -> Places:
    """Return the largest arrangement that fits; grids that still don't are to scroll."""
    for cell in range(_LARGEST, _SMALLEST - 1, -1):
        wanted = _Wanted(sizes, cell)
        if wanted.width <= width - 2 * _MARGIN and wanted.height <= height:
            return _placed(wanted, width, height)
    return _placed(_Wanted(sizes, _SMALLEST), width, height)


class _Wanted:
    """How much room everything takes when the cells have a certain size."""

    def __init__(self, sizes: BoardSizes, cell: int) -> None:
        titles = self.titles = sizes.titles or (0,) * (3 + len(sizes.ports))
        letters = sizes.letters or (1,) * (2 + len(sizes.ports))
        self.cells = tuple((max(cell, cell_width(n)), cell) for n in letters)
        # A product is written as both its factors with a sign between them.
        self.product_cell = (
            max(
                _SMALLEST_PRODUCT[0], round(cell * _PRODUCT_WIDTH), cell_width(sum(letters[:2]) + 2)
            ),
            max(_SMALLEST_PRODUCT[1], round(cell * _PRODUCT_HEIGHT)),
        )
        self.x = _pixels(sizes.x, self.cells[0])
        self.output = _pixels(sizes.output, self.cells[-1])
        self.ports = [
            _pixels(port, cell) for port, cell in zip(sizes.ports, self.cells[1:], strict=False)
        ]
        self.products = _pixels(sizes.products, self.product_cell)
        self.port_steps = [
            max(w, title) for (w, _), title in zip(self.ports, titles[1:], strict=False)
        ]
        self.ports_width = sum(self.port_steps) + _SIGN * max(len(self.ports) - 1, 0)
        self.columns = (
            max(self.x[0], titles[0]),
            max(
                self.ports_width,
                self.products[0],
                titles[-2],
            ),
            max(self.output[0], titles[-1]),
        )
        self.ports_height = TITLE + max(h for _, h in self.ports) if self.ports else 0
        self.products_height = TITLE + self.products[1] + SUM_LINE
        between = _BETWEEN if self.ports else 0
        self.middle_height = self.ports_height + between + self.products_height

    @property
    def width(self) -> int:
        return sum(self.columns) + 2 * GAP

    @property
    def height(self) -> int:
        return max(TITLE + self.x[1], self.middle_height, TITLE + self.output[1])


def _placed(wanted: _Wanted, width: int, height: int) -> Places:
    room = width - 2 * _MARGIN - 2 * GAP
    middle = min(
        wanted.columns[1], max(room * 2 // 5, room - wanted.columns[0] - wanted.columns[2])
    )
    x_width, out_width = _share(wanted.columns[0], wanted.columns[2], room - middle)
    tall = height - TITLE

    def top_of(high: int) -> int:
        return max(0, (height - high) // 2)

    places = Places(wanted.cells, wanted.product_cell)
    left = max(_MARGIN, (width - x_width - middle - out_width - 2 * GAP) // 2)
    x_top = top_of(TITLE + min(wanted.x[1], tall)) + TITLE
    places.x = _grid(left, x_top, wanted.x, x_width, tall)
    left += x_width + GAP

    top = top_of(wanted.middle_height)
    line = (
        top + TITLE + (wanted.ports_height - TITLE if wanted.ports else wanted.middle_height) // 2
    )
    places.signs.append(Box(left - GAP, line - _SIGN, GAP, 2 * _SIGN))
    at = left + max(0, (middle - wanted.ports_width) // 2)
    steps = shrunk(wanted.port_steps, middle - _SIGN * max(len(wanted.ports) - 1, 0))
    for n, (port, step) in enumerate(zip(wanted.ports, steps, strict=True)):
        if n:
            places.signs.append(Box(at, line - _SIGN, _SIGN, 2 * _SIGN))
            at += _SIGN
        places.ports.append(_grid(at, line - port[1] // 2, port, step, port[1]))
        at += step
    below = top + (wanted.ports_height + _BETWEEN if wanted.ports else 0) + TITLE
    most = max(height - below - SUM_LINE, wanted.product_cell[1])
    inset = max(0, (middle - max(wanted.products[0], wanted.titles[-2])) // 2)
    places.products = _grid(left + inset, below, wanted.products, middle - inset, most)
    places.sum_line = Box(left + inset, places.products.bottom, middle - inset, SUM_LINE)
    left += middle
    places.signs.append(Box(left, line - _SIGN, GAP, 2 * _SIGN))
    out_top = top_of(TITLE + min(wanted.output[1], tall)) + TITLE
    places.output = _grid(left + GAP, out_top, wanted.output, out_width, tall)
    return places


def cell_width(letters: int) -> int:
    """Return how wide a cell must be for a number of so many letters to be written in full."""
    return round(min(letters, _MOST_LETTERS) * _LETTER) + 8


def _pixels(size: Size, cell: Size) -> Size:
    """Width and height in pixels of so many rows and columns."""
    return (size[1] * cell[0], size[0] * cell[1])


def _share(first: int, second: int, room: int) -> Size:
    """Share the room between two columns: what both want, or each its part and never nothing."""
    if first + second <= room:
        return first, second
    half = room // 2
    if second <= half:
        return room - second, second
    if first <= half:
        return first, room - first
    return half, half


def _grid(x: int, y: int, wanted: Size, most_wide: int, most_high: int) -> Box:
    """A grid's box: all of it, or what there is room for with scroll bars at its sides."""
    high = wanted[1] > most_high
    wide = wanted[0] + (SCROLL_BAR if high else 0) > most_wide
    high = wanted[1] + (SCROLL_BAR if wide else 0) > most_high
    return Box(
        x,
        y,
        min(wanted[0] + (SCROLL_BAR if high else 0), most_wide),
        min(wanted[1] + (SCROLL_BAR if wide else 0), most_high),
    )
