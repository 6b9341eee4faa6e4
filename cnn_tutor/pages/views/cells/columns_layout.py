"""Where everything on a board of several planes goes: columns, with a row for each channel.

Plain arithmetic without Qt's widgets, so that it can be tested as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cnn_tutor.pages.views.cells.equation_layout import Box, Size, cell_width
from cnn_tutor.widgets.style.sizes import SCROLL_BAR

TITLE = 21
"""Height of the title over each grid, in pixels."""

PICKER = 30
"""Height of the line in which planes are picked that don't all fit."""

SUM_LINE = 30
"""Height of the sum under a grid of products."""

_BETWEEN = 6
_MARGIN = 6
_LARGEST, _SMALLEST, _SCROLLED = 64, 18, 24
_LEAST_SEEN, _FEWEST_SEEN = 5, 2
"""A grid that scrolls shows at least so many rows and columns."""
FACTORS = 38
"""Cells at least so high show the factors of a product."""
_FACTORS_LETTER = 8.0


@dataclass(frozen=True)
class Column:
    """What stands over each other on the board: grids of one size, or a piece of text.

    ``size`` is the rows and columns of each grid, (0, 0) for text; ``count`` how many grids
    there are, ``letters`` how long the longest number in them is, and ``factors`` how long the
    longest product with its factors is, where they are shown if there is room. ``title`` is the
    width of the title over them, ``wide`` and ``high`` what text or a picture needs, ``lead`` the
    height of text over a grid, ``foot`` that of text under it, all in pixels; ``gap`` is the strip
    before the column. The grids of columns ``in_rows`` stand beside each other, channel by channel.
    """

    size: Size = (0, 0)
    count: int = 1
    letters: int = 1
    title: int = 0
    wide: int = 0
    high: int = 0
    lead: int = 0
    foot: int = 0
    gap: int = 0
    in_rows: bool = True
    factors: int = 0

    def cell(self, side: int, factors: bool) -> Size:
        """Return the width and height of a cell where the usual one is ``side`` high."""
        if self.factors and factors:
            return max(side, round(self.factors * _FACTORS_LETTER)), max(side, FACTORS)
        return max(side, cell_width(self.letters)), side

    def needs(self, side: int, factors: bool) -> Size:
        """Return the width and height of one of its places."""
        cell = self.cell(side, factors)
        wide = max(self.size[1] * cell[0], self.title, self.wide)
        title = TITLE if self.size[0] else 0
        high = max(self.size[0] * cell[1] + title + self.lead + self.foot, self.high)
        return wide, high + _BETWEEN


@dataclass
class Placed:
    """Where a column stands: the size of its cells, the grids' boxes and the text's."""

    cell: Size = (0, 0)
    left: int = 0
    width: int = 0
    boxes: list[Box] = field(default_factory=list)
    texts: list[Box] = field(default_factory=list)
    """The text under each grid, or the piece of text that the column is."""
    lead: Box | None = None
    """The text over the grid, where there is any."""
    picker: Box | None = None


def arrange(columns: Sequence[Column], width: int, height: int) -> list[Placed]:
    """Return the largest arrangement that fits.

    Where not all planes fit, as many as do are placed, from the first on, and room is left to
    pick others; grids that are still too large are to scroll.
    """
    best = _largest(columns, width, height)
    if best is not None:
        return _placed(columns, *best, width, height)
    picked = _picked(columns, height)
    counts = [column.count for column in picked]
    picking = any(n < column.count for n, column in zip(counts, columns, strict=True))
    room = height - (PICKER if picking else 0)
    best = _largest(picked, width, room)
    if best is None:
        # The input and the maps scroll, and need bars for it.
        seen = _largest([_least(column) for column in picked], width - 2 * SCROLL_BAR, room)
        best = (min(seen[0], _SCROLLED) if seen else _SMALLEST, False)
    return _placed(columns, *best, width, height, counts)


def _largest(columns: Sequence[Column], width: int, height: int) -> tuple[int, bool] | None:
    """The largest cells at which everything fits, and whether products show their factors."""
    for factors, least in ((True, 28), (False, _SMALLEST)):
        for side in range(_LARGEST, least - 1, -1):
            wide, high = _extent(columns, side, factors)
            if wide <= width and high <= height:
                return side, factors
    return None


def _extent(columns: Sequence[Column], side: int, factors: bool) -> Size:
    wide = sum(c.needs(side, factors)[0] + c.gap for c in columns) + 2 * _MARGIN
    pitch = _pitch(columns, side, factors)
    highs = [c.count * (pitch if c.in_rows else c.needs(side, factors)[1]) for c in columns]
    return wide, max(highs)


def _pitch(columns: Sequence[Column], side: int, factors: bool) -> int:
    """How high a row is: as high as the highest thing in it."""
    return max((c.needs(side, factors)[1] for c in columns if c.in_rows), default=0)


def _least(column: Column) -> Column:
    """The column when its grids show no more than a part of themselves and scroll."""
    rows, columns = column.size
    return replace(column, size=(min(rows, _LEAST_SEEN), min(columns, _LEAST_SEEN)))


def _picked(columns: Sequence[Column], height: int) -> list[Column]:
    """The columns with as many planes as can be seen at once, each at least in part."""

    def fitting(whole: int, least: int, count: int) -> int:
        if count * whole <= height:
            return count
        # Two whole planes are seen better than more that scroll.
        pitch = whole if (height - PICKER) // whole >= 2 else least
        return max(1, min(count, (height - PICKER) // pitch))

    least = [_least(column) for column in columns]
    pitches = _pitch(columns, _SMALLEST, False), _pitch(least, _SMALLEST, False)
    return [
        replace(c, count=fitting(*pitches, c.count))
        if c.in_rows
        else replace(
            c,
            count=fitting(c.needs(_SMALLEST, False)[1], small.needs(_SMALLEST, False)[1], c.count),
        )
        for c, small in zip(columns, least, strict=True)
    ]


def _placed(
    columns: Sequence[Column],
    side: int,
    factors: bool,
    width: int,
    height: int,
    counts: Sequence[int] = (),
) -> list[Placed]:
    counts = counts or [column.count for column in columns]
    picking = any(n < column.count for n, column in zip(counts, columns, strict=True))
    top = PICKER if picking else 0
    room = height - top
    pitch = _pitch(columns, side, factors)
    naturals = [pitch if c.in_rows else c.needs(side, factors)[1] for c in columns]
    steps = [min(high, room // n) for high, n in zip(naturals, counts, strict=True)]
    tall = [
        bool(c.size[0]) and c.needs(side, factors)[1] > step
        for c, step in zip(columns, steps, strict=True)
    ]
    widths = _shrunk(columns, side, factors, tall, width)
    left = max(_MARGIN, (width - sum(widths) - sum(c.gap for c in columns)) // 2)
    placed = []
    for column, count, wide, step in zip(columns, counts, widths, steps, strict=True):
        left += column.gap
        place = Placed(column.cell(side, factors), left, wide)
        start = top + max(0, (room - count * step) // 2)
        for n in range(count):
            _fill(place, column, Box(left, start + n * step, wide, step - _BETWEEN))
        if count < column.count:
            place.picker = Box(left, 0, wide, PICKER - 4)
        placed.append(place)
        left += wide
    return placed


def _fill(place: Placed, column: Column, slot: Box) -> None:
    """Put one grid of a column, with the text that belongs to it, into its place."""
    if not column.size[0]:
        high = min(column.high or slot.height, slot.height)
        y = slot.y + (slot.height - high) // 2
        place.texts.append(Box(slot.x, y, slot.width, high))
        return
    above = TITLE + column.lead
    wide, high = column.size[1] * place.cell[0], column.size[0] * place.cell[1]
    most = slot.height - above - column.foot
    tall = high > most
    broad = wide + (SCROLL_BAR if tall else 0) > slot.width
    wide = min(wide + (SCROLL_BAR if tall else 0), slot.width)
    high = min(high + (SCROLL_BAR if broad else 0), most)
    y = slot.y + above + (most - high) // 2
    place.boxes.append(Box(slot.x, y, wide, high))
    place.texts.append(Box(slot.x, y + high, slot.width, column.foot))
    if column.lead:
        place.lead = Box(slot.x, y - above, slot.width, column.lead)


def _shrunk(
    columns: Sequence[Column], side: int, factors: bool, tall: Sequence[bool], width: int
) -> list[int]:
    """The columns' widths; where there is too little room, the widest grids are to scroll.

    ``tall`` says whose grids scroll up and down and need a bar for it.
    """
    widths = [
        max(c.needs(side, factors)[0], c.size[1] * c.cell(side, factors)[0] + bar * SCROLL_BAR)
        for c, bar in zip(columns, tall, strict=True)
    ]
    over = sum(widths) + sum(c.gap for c in columns) + 2 * _MARGIN - width
    # Where it is not enough that all grids scroll a little, those that scroll anyway give way.
    for fewest_tall, fewest in (
        (_LEAST_SEEN, _LEAST_SEEN),
        (_FEWEST_SEEN, _LEAST_SEEN),
        (_FEWEST_SEEN, _FEWEST_SEEN),
    ):
        least = []
        for column, bar in zip(columns, tall, strict=True):
            seen = min(column.size[1], fewest_tall if bar else fewest)
            cells = seen * column.cell(side, factors)[0]
            least.append(max(column.wide, cells + bar * SCROLL_BAR))
        while over > 0:
            slack = [wide - small for wide, small in zip(widths, least, strict=True)]
            most = max(slack)
            if most <= 0:
                break
            widest = slack.index(most)
            cut = min(over, most, max(1, widths[widest] // 20))
            widths[widest] -= cut
            over -= cut
    return widths
