"""Where everything on a board goes: columns on one axis, with a row for each channel.

What is computed with stands on one horizontal axis and reads as an equation. Where there is a
single row, its products stand under the axis; else each row has an axis of its own, and the
board's is halfway down all of them. Plain arithmetic without Qt's widgets, for it to be tested as
such.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cnn_tutor.pages.views.boxes import Box, shrunk
from cnn_tutor.widgets.style.sizes import SCROLL_BAR, digits, line_height, px

Size = tuple[int, int]
"""Rows and columns, or width and height in pixels."""

TEXT = 14
"""How high letters beside the cells are at least, in pixels, and those in a cell in its heights."""

_ALL, _LEAST_SEEN, _FEWEST_SEEN = 1_000_000, 5, 2
"""A grid that scrolls shows at least so many rows and columns."""


@dataclass(frozen=True)
class Style:
    """The measures of a board in pixels, at the letters that are on.

    ``title`` is the height of the title over each grid, ``between`` what stays free under each
    grid and ``margin`` beside all of them.
    ``gap`` is the width of the strip between two columns, where signs and lines are, ``sign`` that
    of one for a sign alone, ``under`` the height of the one between the axis' grids and what is
    under them, ``picker`` that of the line in which planes are picked that don't all fit.
    Cells are ``largest`` at most, and ``scrolled`` where grids have to scroll; those at least as
    high as ``factors`` show the factors of a product. ``tries`` says down to which size they go
    with the factors and, where that is worth it, without them.
    """

    title: int
    between: int
    margin: int
    gap: int
    sign: int
    under: int
    picker: int
    largest: int
    scrolled: int
    factors: int
    tries: tuple[tuple[bool, int], ...]

    @property
    def smallest(self) -> Scale:
        """The smallest scale there is."""
        return Scale(self, *self.tries[-1])


class Scale(NamedTuple):
    """How large cells are: whether products show their factors, and how high a usual cell is."""

    style: Style
    factors: bool
    side: int

    @property
    def letters(self) -> int:
        """How high letters beside the cells are: as those in them, if that is not too small."""
        return max(px(TEXT), digits(self.side))

    def of_text(self, length: int) -> int:
        """Return how long something is that is so long in letters of :data:`TEXT`."""
        return round(length * self.letters / px(TEXT))


def columns_style() -> Style:
    """Return the measures of a board whose products have a column of their own."""
    return replace(
        equation_style(),
        title=max(px(19), line_height()),
        between=px(3),
        margin=px(6),
        scrolled=px(24),
        tries=((True, px(28)), (False, px(16))),
    )


def equation_style() -> Style:
    """Return the measures of a board with a single row, whose products stand under the axis."""
    return Style(
        title=max(px(28), line_height()),
        between=0,
        margin=px(4),
        gap=px(54),
        sign=px(30),
        under=px(22),
        picker=px(30),
        largest=px(120),
        scrolled=px(20),
        factors=px(38),
        tries=((True, px(20)),),
    )


@dataclass(frozen=True)
class Column:
    """What stands over each other on the board: grids of one size, or a piece of text.

    ``size`` is the rows and columns of each grid, (0, 0) for text; ``count`` how many grids
    there are, ``letters`` how long the longest number in them is. ``title`` is the width of the
    title over them, ``wide`` and ``high`` what a picture needs; of ``text`` they are what it needs
    in letters of :data:`TEXT`, as is ``foot``, the height of text under a grid. ``gap`` is the
    strip before the column, and ``inset`` one in it, before its grids.
    A cell of products with their ``factors`` is at least so wide, and so many times as wide as
    high as ``stretch`` says. The grids of columns ``in_rows`` stand beside each other, channel by
    channel; those that stand ``over`` the grid of this column beside each other, too, and have the
    axis. Of a grid as many columns as its ``window`` has are read at once.
    """

    size: Size = (0, 0)
    count: int = 1
    letters: int = 1
    title: int = 0
    wide: int = 0
    high: int = 0
    foot: int = 0
    text: bool = False
    gap: int = 0
    inset: int = 0
    in_rows: bool = True
    factors: int = 0
    stretch: float = 1.0
    over: tuple[Column, ...] = ()
    window: int = 0

    def cell(self, scale: Scale) -> Size:
        """Return the width and height of a cell."""
        if self.factors and scale.factors:
            wide = max(round(scale.side * self.stretch), self.factors)
            return wide, max(scale.side, scale.style.factors)
        return max(scale.side, cell_width(self.letters)), scale.side

    def width(self, scale: Scale) -> int:
        """Return the width of one of its places."""
        over = sum(c.width(scale) + c.gap for c in self.over)
        grid = self.inset + max(self.size[1] * self.cell(scale)[0], self.title)
        return max(grid, self.measure(self.wide, scale), over)

    def measure(self, length: int, scale: Scale) -> int:
        """Return how many pixels one of the lengths has that may be those of text."""
        return scale.of_text(length) if self.text else length

    def reach(self, scale: Scale, most: int = 1_000_000, bar: int = 0) -> tuple[int, int]:
        """Return how far one of its places goes over and under its axis.

        A grid is ``most`` high at most, and has a scroll ``bar`` under it that is so high.
        """
        if not self.size[0]:
            high = self.measure(self.high, scale)
            return high // 2, high - high // 2
        foot = self.measure(self.foot, scale)
        title, grid = scale.style.title, self.grid(scale, most)
        if self.over:
            reaches = [column.reach(scale, most) for column in self.over]
            tray = scale.style.under + title + grid + foot
            return max(rise for rise, _ in reaches), max(fall for _, fall in reaches) + tray
        return title + grid // 2, grid - grid // 2 + bar + foot

    def grid(self, scale: Scale, most: int = 1_000_000) -> int:
        """Return the height of a grid, ``most`` at most."""
        return min(self.size[0] * self.cell(scale)[1], most)

    def pitch(self, scale: Scale, most: int = 1_000_000, bar: int = 0) -> int:
        """Return the height of one of its places, with what stays free under it."""
        return sum(self.reach(scale, most, bar)) + scale.style.between

    def least(self, scale: Scale, most: int, bar: int) -> int:
        """Return the width without titles, with ``most`` columns of each grid and a scroll bar.

        A window is cut, and what stands over the grid scrolls, only where there is hardly any room.
        """
        roomy = most >= _LEAST_SEEN
        over = sum(c.least(scale, _ALL if roomy else most, 0) + c.gap for c in self.over)
        seen = min(self.size[1], max(most, self.window) if roomy else most)
        return max(
            self.measure(self.wide, scale), self.inset + seen * self.cell(scale)[0] + bar, over
        )


@dataclass
class Placed:
    """Where a column stands: the size of its cells, the grids' boxes and the text's."""

    cell: Size = (0, 0)
    left: int = 0
    width: int = 0
    letters: int = 0
    """How high the letters of its text are."""
    boxes: list[Box] = field(default_factory=list)
    texts: list[Box] = field(default_factory=list)
    """The text under each grid, or the piece of text that the column is."""
    picker: Box | None = None
    over: list[Placed] = field(default_factory=list)
    """The grids that stand over the column's own."""


def cell_width(letters: int, most: int = 8) -> int:
    """Return how wide a cell must be for so many letters, ``most`` at most, to stand in it."""
    return px(min(letters, most) * 8.5 + 8)


def fits(columns: Sequence[Column], width: int, height: int, style: Style) -> bool:
    """Say whether everything can be seen at once, nothing scrolled or to be picked."""
    return _largest(columns, width, height, style) is not None


def tray_height(columns: Sequence[Column], style: Style) -> int:
    """Return how much of the height is taken at least by what stands under the axis' grids."""
    scale = style.smallest
    return max((c.grid(scale) + c.measure(c.foot, scale) for c in columns if c.over), default=0)


def arrange(columns: Sequence[Column], width: int, height: int, style: Style) -> list[Placed]:
    """Return the largest arrangement that fits.

    Where not all planes fit, as many as do are placed, from the first on, and room is left to
    pick others; grids that are still too large are to scroll.
    """
    best = _largest(columns, width, height, style)
    if best is not None:
        return _placed(columns, best, width, height)
    picked = _picked(columns, height, style.smallest)
    counts = [column.count for column in picked]
    picking = any(n < column.count for n, column in zip(counts, columns, strict=True))
    room = height - (style.picker if picking else 0)
    best = _largest(picked, width, room, style)
    if best is None:
        best = style.smallest
        # The input and the maps scroll, and need bars for it.
        least = [_least(column) for column in picked]
        seen = _largest(least, width - 2 * SCROLL_BAR, room, style)
        if seen is not None:
            best = best._replace(side=min(seen.side, style.scrolled))
    return _placed(columns, best, width, height, counts)


def _largest(columns: Sequence[Column], width: int, height: int, style: Style) -> Scale | None:
    """The largest scale at which everything fits."""

    def has_room(scale: Scale) -> bool:
        wide = sum(c.width(scale) + c.gap for c in columns) + 2 * style.margin
        if wide > width or sum(_extent(columns, scale)) > height:
            return False
        stacks = (c for c in columns if not c.in_rows and c.count > 1)
        return all(c.count * c.pitch(scale) <= height for c in stacks)

    for factors, least in style.tries:
        sides = range(least, style.largest + 1)
        # What has room at a size has it at all smaller ones.
        found = bisect.bisect_left(
            sides, True, key=lambda s: not has_room(Scale(style, factors, s))
        )
        if found:
            return Scale(style, factors, sides[found - 1])
    return None


def _extent(
    columns: Sequence[Column], scale: Scale, most: int = _ALL, bars: Sequence[int] = ()
) -> Size:
    """How far everything that stands on the board's axis goes over and under it."""
    bars = bars or [0] * len(columns)
    rise, fall, count = _row(columns, scale, most, bars)
    half = (count - 1) * (rise + fall + scale.style.between)
    above, below = half // 2 + rise, half - half // 2 + fall
    for column, bar in zip(columns, bars, strict=True):
        if not column.in_rows and column.count == 1:
            over, under = column.reach(scale, most, bar)
            above, below = max(above, over), max(below, under)
    return above, below


def _row(
    columns: Sequence[Column], scale: Scale, most: int, bars: Sequence[int]
) -> tuple[int, int, int]:
    """How far a row goes over and under its axis, and how many rows there are."""
    rows = [(c, bar) for c, bar in zip(columns, bars, strict=True) if c.in_rows]
    reaches = [column.reach(scale, most, bar) for column, bar in rows]
    rise = max((over for over, _ in reaches), default=0)
    fall = max((under for _, under in reaches), default=0)
    return rise, fall, max((column.count for column, _ in rows), default=1)


def _least(column: Column) -> Column:
    """The column when its grids show no more than a part of themselves and scroll."""
    rows, columns = column.size
    return replace(column, size=(min(rows, _LEAST_SEEN), min(columns, _LEAST_SEEN)))


def _picked(columns: Sequence[Column], height: int, scale: Scale) -> list[Column]:
    """The columns with as many planes as can be seen at once, each at least in part."""
    room = height - scale.style.picker

    def fitting(whole: int, least: int, count: int) -> int:
        if count * whole <= height:
            return count
        # Two whole planes are seen better than more that scroll.
        pitch = whole if room // whole >= 2 else least
        return max(1, min(count, room // pitch))

    def row_pitch(columns: Sequence[Column]) -> int:
        rise, fall, _ = _row(columns, scale, _ALL, [0] * len(columns))
        return rise + fall + scale.style.between

    least = [_least(column) for column in columns]
    pitches = row_pitch(columns), row_pitch(least)
    return [
        replace(c, count=fitting(*pitches, c.count))
        if c.in_rows
        else replace(c, count=fitting(c.pitch(scale), small.pitch(scale), c.count))
        for c, small in zip(columns, least, strict=True)
    ]


def _placed(
    columns: Sequence[Column], scale: Scale, width: int, height: int, counts: Sequence[int] = ()
) -> list[Placed]:
    counts = counts or [column.count for column in columns]
    picking = any(n < column.count for n, column in zip(counts, columns, strict=True))
    seen = [replace(column, count=n) for n, column in zip(counts, columns, strict=True)]
    top, margin = scale.style.picker if picking else 0, scale.style.margin
    room = height - top
    under = [0] * len(seen)
    for _ in range(2):  # a bar under a grid is no reason for one beside it
        most = _highest(seen, scale, room, under)
        stacks = [_stack(c, scale, room, bar) for c, bar in zip(seen, under, strict=True)]
        caps = [
            most if column.in_rows or column.count == 1 else cap
            for column, (_, cap) in zip(seen, stacks, strict=True)
        ]
        beside = [
            SCROLL_BAR if column.grid(scale) > cap else 0
            for column, cap in zip(seen, caps, strict=True)
        ]
        widths = _shrunk(seen, scale, beside, width)
        under = [
            SCROLL_BAR if column.size[0] and column.least(scale, _ALL, 0) > wide else 0
            for column, wide in zip(seen, widths, strict=True)
        ]
    above, below = _extent(seen, scale, most, under)
    axis = top + max(0, room - above - below) // 2 + above
    rise, fall, rows = _row(seen, scale, most, under)
    pitch = rise + fall + scale.style.between
    left = max(margin, (width - sum(widths) - sum(c.gap for c in columns)) // 2)
    placed = []
    for column, all_planes, wide, cap, (step, _) in zip(
        seen, columns, widths, caps, stacks, strict=True
    ):
        left += column.gap
        place = Placed(column.cell(scale), left, wide, scale.letters)
        if column.in_rows:
            first, apart = axis - (rows - 1) * pitch // 2, pitch
        elif column.count == 1:
            first, apart = axis, 0
        else:
            first, apart = _stacked(column, scale, step, cap, axis, (top, height)), step
        for n in range(column.count):
            _fill(place, column, Box(left, 0, wide, height), first + n * apart, scale, cap)
        if column.count < all_planes.count:
            place.picker = Box(left, 0, wide, scale.style.picker - 4)
        placed.append(place)
        left += wide
    return placed


def _highest(columns: Sequence[Column], scale: Scale, room: int, bars: Sequence[int]) -> int:
    """The height up to which grids on the axis are wholly seen, for all to have room."""
    heights = range(scale.side, max(column.grid(scale) for column in columns) + 1)
    found = bisect.bisect_left(
        heights, True, key=lambda most: sum(_extent(columns, scale, most, bars)) > room
    )
    return heights[max(0, found - 1)] if found < len(heights) else _ALL


def _stack(column: Column, scale: Scale, room: int, bar: int) -> Size:
    """How far grids over each other are apart that have no rows, and how high they can be."""
    step = min(column.pitch(scale, bar=bar), room // column.count)
    style, foot = scale.style, column.measure(column.foot, scale)
    return step, max(scale.side, step - style.between - style.title - foot - bar)


def _stacked(
    column: Column, scale: Scale, step: int, cap: int, axis: int, room: tuple[int, int]
) -> int:
    """Where the first of several grids has its axis, for the middle of all to be on the board's."""
    title, high = scale.style.title, column.grid(scale, cap)
    top, bottom = room
    whole = (column.count - 1) * step + high
    first = axis - whole // 2
    last = bottom - (column.count * step - title)
    return max(top + title, min(first, last)) + high // 2


def _fill(place: Placed, column: Column, slot: Box, axis: int, scale: Scale, most: int) -> None:
    """Put one grid of a column, with all that belongs to it, on its axis; ``slot`` is its strip."""
    if not column.size[0]:
        high = min(column.measure(column.high, scale), slot.height)
        place.texts.append(Box(slot.x, axis - high // 2, slot.width, high))
        return
    high = column.grid(scale, most)
    x, y, room = slot.x + column.inset, axis - high // 2, slot.width - column.inset
    if column.over:
        x, y = _fill_over(place, column, slot, axis, scale, most)
        room = slot.right - x
    wide = column.size[1] * place.cell[0]
    beside = SCROLL_BAR if high < column.grid(scale) else 0
    under = SCROLL_BAR if wide + beside > room else 0
    place.boxes.append(Box(x, y, min(wide + beside, room), high + under))
    foot = x if column.over else slot.x
    tall = column.measure(column.foot, scale)
    place.texts.append(Box(foot, y + high + under, slot.right - foot, tall))


def _fill_over(
    place: Placed, column: Column, slot: Box, axis: int, scale: Scale, most: int
) -> tuple[int, int]:
    """Put what stands over a grid on the axis, beside each other; return where the grid begins."""
    needs, gaps = [c.width(scale) for c in column.over], sum(c.gap for c in column.over)
    room = slot.width - gaps
    grids = shrunk([c.least(scale, _ALL, 0) for c in column.over], room)
    titles = [wide - grid for wide, grid in zip(needs, grids, strict=True)]
    spare = shrunk(titles, max(0, room - sum(grids)), least=0)
    widths = [grid + more for grid, more in zip(grids, spare, strict=True)]
    left = slot.x + max(0, (slot.width - sum(widths) - gaps) // 2)
    for over, wide in zip(column.over, widths, strict=True):
        left += over.gap
        place.over.append(Placed(over.cell(scale), left, wide, scale.letters))
        _fill(place.over[-1], over, Box(left, slot.y, wide, slot.height), axis, scale, most)
        left += wide
    inset = max(0, (slot.width - max(column.size[1] * place.cell[0], column.title)) // 2)
    lowest = max(over.reach(scale, most)[1] for over in column.over)
    return slot.x + inset, axis + lowest + scale.style.under + scale.style.title


def _shrunk(columns: Sequence[Column], scale: Scale, bars: Sequence[int], width: int) -> list[int]:
    """The columns' widths; where there is too little room, the widest grids are to scroll.

    ``bars`` is the width of the scroll bars of those grids that scroll up and down.
    """
    widths = [
        max(c.width(scale), c.inset + c.size[1] * c.cell(scale)[0] + bar)
        for c, bar in zip(columns, bars, strict=True)
    ]
    over = sum(widths) + sum(c.gap for c in columns) + 2 * scale.style.margin - width
    # Titles give way first. Where it is not enough that all grids scroll a little, those that
    # scroll anyway do.
    for fewest_tall, fewest in (
        (_ALL, _ALL),
        (_LEAST_SEEN, _LEAST_SEEN),
        (_FEWEST_SEEN, _LEAST_SEEN),
        (_FEWEST_SEEN, _FEWEST_SEEN),
    ):
        least = [
            c.least(scale, fewest_tall if bar else fewest, bar)
            for c, bar in zip(columns, bars, strict=True)
        ]
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
