"""Where everything on a board goes: columns, with a row for each channel.

Where everything has a single plane, the columns read as an equation, and the products stand under
the filter. Plain arithmetic without Qt's widgets, so that it can be tested as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cnn_tutor.pages.views.boxes import Box, shrunk
from cnn_tutor.widgets.style.sizes import SCROLL_BAR

Size = tuple[int, int]
"""Rows and columns, or width and height in pixels."""

GAP = 54
"""Width of the strip between two columns, where signs and lines are."""

PICKER = 30
"""Height of the line in which planes are picked that don't all fit."""

FACTORS = 38
"""Cells at least so high show the factors of a product."""

_LETTER, _MOST_LETTERS = 8.5, 8
_UNDER = 22
"""Height of the strip between the filter and the products under it."""

_ALL, _LEAST_SEEN, _FEWEST_SEEN = 1_000_000, 5, 2
"""A grid that scrolls shows at least so many rows and columns."""


@dataclass(frozen=True)
class Style:
    """The measures of a board in pixels.

    ``title`` is the height of the title over each grid, ``sum_line`` that of the sum under a grid
    of products, ``between`` what stays free under each grid and ``margin`` beside all of them.
    Cells are ``largest`` at most, and ``scrolled`` where grids have to scroll. ``tries`` says down
    to which size they go with the factors of products and, where that is worth it, without them.
    """

    title: int
    sum_line: int
    between: int
    margin: int
    largest: int
    scrolled: int
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


COLUMNS = Style(
    title=21,
    sum_line=30,
    between=6,
    margin=6,
    largest=64,
    scrolled=24,
    tries=((True, 28), (False, 18)),
)
EQUATION = Style(
    title=28, sum_line=40, between=0, margin=4, largest=80, scrolled=20, tries=((True, 20),)
)
"""That of a board on which everything has a single plane."""


@dataclass(frozen=True)
class Column:
    """What stands over each other on the board: grids of one size, or a piece of text.

    ``size`` is the rows and columns of each grid, (0, 0) for text; ``count`` how many grids
    there are, ``letters`` how long the longest number in them is. ``title`` is the width of the
    title over them, ``wide`` and ``high`` what text or a picture needs, ``lead`` the height of text
    over a grid, ``foot`` that of text under it; ``gap`` is the strip before the column. A cell of
    products with their ``factors`` is at least so wide, and so many times as wide as high as
    ``stretch`` says. The grids of columns ``in_rows`` stand beside each other, channel by channel;
    those that stand ``over`` the grid of this column beside each other, too. Of a grid as many
    columns as its ``window`` has are read at once.
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
    stretch: float = 1.0
    over: tuple[Column, ...] = ()
    window: int = 0

    def cell(self, scale: Scale) -> Size:
        """Return the width and height of a cell."""
        if self.factors and scale.factors:
            wide = max(round(scale.side * self.stretch), self.factors)
            return wide, max(scale.side, FACTORS)
        return max(scale.side, cell_width(self.letters)), scale.side

    def needs(self, scale: Scale) -> Size:
        """Return the width and height of one of its places."""
        cell, over = self.cell(scale), [column.needs(scale) for column in self.over]
        above = sum(wide for wide, _ in over) + sum(column.gap for column in self.over)
        wide = max(self.size[1] * cell[0], self.title, self.wide, above)
        title = scale.style.title if self.size[0] else 0
        high = max(self.size[0] * cell[1] + title + self.lead + self.foot, self.high)
        if over:
            high += max(high for _, high in over) + _UNDER
        return wide, high + scale.style.between

    def least(self, scale: Scale, most: int, bar: int) -> int:
        """Return the width without titles, with ``most`` columns of each grid and a scroll bar.

        A window is cut, and what stands over the grid scrolls, only where there is hardly any room.
        """
        roomy = most >= _LEAST_SEEN
        over = sum(c.least(scale, _ALL if roomy else most, 0) + c.gap for c in self.over)
        seen = min(self.size[1], max(most, self.window) if roomy else most)
        return max(self.wide, seen * self.cell(scale)[0] + bar, over)


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
    over: list[Placed] = field(default_factory=list)
    """The grids that stand over the column's own."""


def cell_width(letters: int) -> int:
    """Return how wide a cell must be for a number of so many letters to be written in full."""
    return round(min(letters, _MOST_LETTERS) * _LETTER) + 8


def arrange(
    columns: Sequence[Column], width: int, height: int, style: Style = COLUMNS
) -> list[Placed]:
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
    room = height - (PICKER if picking else 0)
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
    for factors, least in style.tries:
        for side in range(style.largest, least - 1, -1):
            scale = Scale(style, factors, side)
            wide, high = _extent(columns, scale)
            if wide <= width and high <= height:
                return scale
    return None


def _extent(columns: Sequence[Column], scale: Scale) -> Size:
    wide = sum(c.needs(scale)[0] + c.gap for c in columns) + 2 * scale.style.margin
    pitch = _pitch(columns, scale)
    highs = [c.count * (pitch if c.in_rows else c.needs(scale)[1]) for c in columns]
    return wide, max(highs)


def _pitch(columns: Sequence[Column], scale: Scale) -> int:
    return max((c.needs(scale)[1] for c in columns if c.in_rows), default=0)


def _least(column: Column) -> Column:
    """The column when its grids show no more than a part of themselves and scroll."""
    rows, columns = column.size
    return replace(column, size=(min(rows, _LEAST_SEEN), min(columns, _LEAST_SEEN)))


def _picked(columns: Sequence[Column], height: int, scale: Scale) -> list[Column]:
    """The columns with as many planes as can be seen at once, each at least in part."""

    def fitting(whole: int, least: int, count: int) -> int:
        if count * whole <= height:
            return count
        # Two whole planes are seen better than more that scroll.
        pitch = whole if (height - PICKER) // whole >= 2 else least
        return max(1, min(count, (height - PICKER) // pitch))

    least = [_least(column) for column in columns]
    pitches = _pitch(columns, scale), _pitch(least, scale)
    return [
        replace(c, count=fitting(*pitches, c.count))
        if c.in_rows
        else replace(c, count=fitting(c.needs(scale)[1], small.needs(scale)[1], c.count))
        for c, small in zip(columns, least, strict=True)
    ]


def _placed(
    columns: Sequence[Column], scale: Scale, width: int, height: int, counts: Sequence[int] = ()
) -> list[Placed]:
    counts = counts or [column.count for column in columns]
    picking = any(n < column.count for n, column in zip(counts, columns, strict=True))
    top = PICKER if picking else 0
    room, margin = height - top, scale.style.margin
    pitch = _pitch(columns, scale)
    naturals = [pitch if c.in_rows else c.needs(scale)[1] for c in columns]
    steps = [min(high, room // n) for high, n in zip(naturals, counts, strict=True)]
    bars = [
        SCROLL_BAR if c.size[0] and c.needs(scale)[1] > step else 0
        for c, step in zip(columns, steps, strict=True)
    ]
    widths = _shrunk(columns, scale, bars, width)
    # A bar under a grid is no reason for one beside it.
    steps = [
        min(step + SCROLL_BAR, room // n)
        if not c.in_rows and c.least(scale, _ALL, 0) > wide
        else step
        for c, step, n, wide in zip(columns, steps, counts, widths, strict=True)
    ]
    left = max(margin, (width - sum(widths) - sum(c.gap for c in columns)) // 2)
    placed = []
    for column, count, wide, step in zip(columns, counts, widths, steps, strict=True):
        left += column.gap
        place = Placed(column.cell(scale), left, wide)
        start = top + max(0, (room - count * step) // 2)
        for n in range(count):
            slot = Box(left, start + n * step, wide, step - scale.style.between)
            _fill(place, column, slot, scale)
        if count < column.count:
            place.picker = Box(left, 0, wide, PICKER - 4)
        placed.append(place)
        left += wide
    return placed


def _fill(place: Placed, column: Column, slot: Box, scale: Scale) -> None:
    """Put one grid of a column, with all that belongs to it, into its place."""
    if not column.size[0]:
        high = min(column.high or slot.height, slot.height)
        y = slot.y + (slot.height - high) // 2
        place.texts.append(Box(slot.x, y, slot.width, high))
        return
    if column.over:
        slot = _under(place, column, slot, scale)
    above = scale.style.title + column.lead
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


def _under(place: Placed, column: Column, slot: Box, scale: Scale) -> Box:
    """Put what stands over a grid beside each other into its place; return what is left under."""
    needs, gaps = [c.needs(scale) for c in column.over], sum(c.gap for c in column.over)
    room, high = slot.width - gaps, max(n[1] for n in needs)
    grids = shrunk([c.least(scale, _ALL, 0) for c in column.over], room)
    titles = [wide - grid for (wide, _), grid in zip(needs, grids, strict=True)]
    spare = shrunk(titles, max(0, room - sum(grids)), least=0)
    widths = [grid + more for grid, more in zip(grids, spare, strict=True)]
    left = slot.x + max(0, (slot.width - sum(widths) - gaps) // 2)
    for over, wide in zip(column.over, widths, strict=True):
        left += over.gap
        place.over.append(Placed(over.cell(scale), left, wide))
        _fill(place.over[-1], over, Box(left, slot.y, wide, high), scale)
        left += wide
    inset = max(0, (slot.width - max(column.size[1] * place.cell[0], column.title)) // 2)
    high += _UNDER
    return Box(slot.x + inset, slot.y + high, slot.width - inset, slot.height - high)


def _shrunk(columns: Sequence[Column], scale: Scale, bars: Sequence[int], width: int) -> list[int]:
    """The columns' widths; where there is too little room, the widest grids are to scroll.

    ``bars`` is the width of the scroll bars of those grids that scroll up and down.
    """
    widths = [
        max(c.needs(scale)[0], c.size[1] * c.cell(scale)[0] + bar)
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
