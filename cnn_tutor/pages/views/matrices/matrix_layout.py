"""Where the matrices of a product go: side by side, in two lines, or one under the other.

Plain arithmetic without Qt's widgets, so that it can be tested as such.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cnn_tutor.pages.views.boxes import Box, shrunk
from cnn_tutor.widgets.style.sizes import px

Size = tuple[int, int]
"""Width and height."""

TITLE = 26
"""Height of a matrix's title, in pixels."""

SIGN = 44
"""Width of the strip between two matrices, where the sign is."""

_LEAST_SIGN = 20
"""The height of a sign at the least, where a title is under it."""

_NARROW = 30
"""The same where room is short."""

_LARGEST, _LARGE, _SMALLEST = 64, 40, 20
"""The height of cells, in pixels. Those that are large are no reason to break a line for."""

_LETTER, _MOST_LETTERS = 6.6, 10
_LEAST_WIDTH = 64
_BETWEEN = 10
_MARGIN = 6


@dataclass(frozen=True)
class MatrixSizes:
    """How much there is: patches (rows × taps) times filters (taps × filters).

    ``letters`` is how long the longest number of patches, filters and outputs is. ``names`` is
    how wide the names of the patches and of the taps are at the rows, ``tap`` how wide that of a
    tap is over a column, ``heads`` how high the names over the taps and over the filters are.
    ``titles`` is how wide those of patches, filters and outputs are, ``short`` the same without
    their details, ``map`` the size of the
    picture of the input, and ``bar`` the width of a scroll bar; all in pixels.
    """

    rows: int
    taps: int
    filters: int
    added: bool
    letters: tuple[int, int, int]
    names: tuple[int, int]
    tap: int
    heads: tuple[int, int]
    titles: tuple[int, int, int]
    short: tuple[int, int, int]
    map: Size = (0, 0)
    bar: int = 12


@dataclass(frozen=True)
class MatrixPlaces:
    """The result: boxes of the grids without their titles, the cells' sizes, the signs' boxes."""

    cells: tuple[Size, Size, Size]
    map: Box
    patches: Box
    filters: Box
    added: Box
    output: Box
    signs: tuple[Box, Box, Box]
    """Before the patches, the filters and the output."""
    share: float
    """How much of everything is in sight; the rest is to scroll."""


def arrange(sizes: MatrixSizes, width: int, height: int) -> MatrixPlaces:
    """Return the arrangement that shows most, and of those the one with the largest cells.

    Where its cells are large, that is a line.
    """
    best: tuple[float, int, MatrixPlaces] | None = None
    room = width - 2 * px(_MARGIN), height - 2 * px(_MARGIN)
    others = () if sizes.map[0] else (_Attempt.stacked, _Attempt.pillar)
    for arrangement in (_Attempt.in_line, *others):
        for cell in range(px(_LARGEST), px(_SMALLEST) - 1, -1):
            places = arrangement(_Attempt(sizes, cell), *room)
            if places.share == 1 or cell == px(_SMALLEST):
                break
        merit = (places.share, min(cell, px(_LARGE)))
        if best is None or merit > best[:2]:
            best = (*merit, places)
    assert best is not None
    return best[2]


class _Attempt:
    """Everything with cells of a certain height."""

    def __init__(self, sizes: MatrixSizes, cell: int) -> None:
        self.sizes = sizes
        wide = [max(cell, px(min(n, _MOST_LETTERS) * _LETTER + 8)) for n in sizes.letters]
        wide[0] = max(wide[0], sizes.tap)
        self.cells = ((wide[0], cell), (wide[1], cell), (wide[2], cell))
        rows, taps, filters = sizes.rows, sizes.taps, sizes.filters
        head = max(sizes.heads)
        self.patches = (sizes.names[0] + taps * wide[0], head + rows * cell)
        self.filters = (sizes.names[1] + filters * wide[1], sizes.heads[1] + taps * cell)
        self.output = (sizes.names[0] + filters * wide[2], head + rows * cell)
        self.added = px(_BETWEEN) + px(TITLE) + cell if sizes.added else 0

    def in_line(self, width: int, height: int) -> MatrixPlaces:
        map_width = self.sizes.map[0]
        high = height - px(TITLE)
        highest = (high, high - self.added, high)
        wanted = [
            w[0] + self.sizes.bar * (w[1] > most)
            for w, most in zip((self.patches, self.filters, self.output), highest, strict=True)
        ]
        strip, titles = px(SIGN), self.sizes.titles
        front = map_width + strip if map_width else 0
        if sum(map(max, wanted, titles)) > width - front - 2 * strip:
            # The details go, and the filters' title may reach into the strip beside it.
            strip, short = px(_NARROW), self.sizes.short
            front = map_width + strip if map_width else 0
            titles = (short[0], short[1] - strip, short[2])
        wide = list(map(max, wanted, titles))
        room = shrunk(wide, width - front - 2 * strip, least=px(_LEAST_WIDTH), doubled=0)
        patches = self._box(self.patches, (room[0], high))
        filters = self._box(self.filters, (room[1], high - self.added))
        output = self._box(self.output, (room[2], high))
        left = max(0, (width - front - 2 * strip - sum(room)) // 2)
        places = self._row(
            left + px(_MARGIN), px(_MARGIN), height, strip, (patches, filters, output), room
        )
        return replace(places, share=self._share(patches, filters, output))

    def stacked(self, width: int, height: int) -> MatrixPlaces:
        """The patches in one line, the rest in another; for a layer without the picture."""
        low = px(TITLE) + self.filters[1] + self.added
        upper = max(min(px(TITLE) + self.patches[1], height - low - px(_BETWEEN)), height // 3)
        patches = self._box(self.patches, (width, upper - px(TITLE)))
        room = shrunk(
            [max(self.filters[0], self.sizes.titles[1]), max(self.output[0], self.sizes.titles[2])],
            width - 2 * px(SIGN),
            px(_LEAST_WIDTH),
        )
        lower = height - px(TITLE) - patches[1] - px(_BETWEEN)
        filters = self._box(self.filters, (room[0], lower - px(TITLE) - self.added))
        output = self._box(self.output, (room[1], lower - px(TITLE)))
        under = px(TITLE) + max(filters[1] + self.added, output[1])
        top = px(_MARGIN) + max(0, (lower - under) // 2)
        over = Box(px(_MARGIN) + (width - patches[0]) // 2, top + px(TITLE), *patches)
        left = px(_MARGIN) + max(0, (width - 2 * px(SIGN) - sum(room)) // 2)
        line = top + px(TITLE) + patches[1] + px(_BETWEEN)
        row = self._row(left, line, under, px(SIGN), ((0, 0), filters, output), [0, *room])
        return replace(row, patches=over, share=self._share(patches, filters, output))

    def pillar(self, width: int, height: int) -> MatrixPlaces:
        """Everything under one another, so that a filter and its outputs stand in one column."""
        sizes = self.sizes
        wide = max(self.cells[1][0], self.cells[2][0])
        self.cells = (self.cells[0], (wide, self.cells[1][1]), (wide, self.cells[2][1]))
        self.filters = (sizes.names[1] + sizes.filters * wide, self.filters[1])
        self.output = (sizes.names[0] + sizes.filters * wide, self.output[1])
        indent = max(sizes.names)
        each = max(px(60), (height - self.added - 3 * px(TITLE) - 2 * px(_BETWEEN)) // 3)
        patches = self._box(self.patches, (width, each))
        most = width - px(SIGN) - indent
        output = self._box(self.output, (most + sizes.names[0], each))
        rest = patches[1] + self.added + output[1] + 3 * px(TITLE) + 2 * px(_BETWEEN)
        filters = self._box(self.filters, (most + sizes.names[1], max(height - rest, px(60))))
        y = px(_MARGIN) + max(0, (height - rest - filters[1]) // 2) + px(TITLE)
        column = max(0, (width - px(SIGN) - filters[0]) // 2) + px(SIGN) + indent
        left = px(_MARGIN) + max(0, min((width - patches[0]) // 2, column - sizes.names[0]))
        column += px(_MARGIN)
        places = [Box(left, y, *patches)]
        y += patches[1] + px(_BETWEEN) + px(TITLE)
        places.append(Box(column - sizes.names[1], y, *filters))
        y += filters[1] + px(_BETWEEN) + px(TITLE)
        cell = self.cells[1][1]
        shown = self._seen_filters(filters)
        output = (min(output[0], sizes.names[0] + shown), output[1])
        places.append(Box(column, y, shown, cell))
        y += cell + px(_BETWEEN) + px(TITLE) if sizes.added else 0
        places.append(Box(column - sizes.names[0], y, *output))
        times, equals = (
            Box(
                column - indent - px(SIGN),
                place.y + (place.height - px(SIGN)) // 2,
                px(SIGN),
                px(SIGN),
            )
            for place in (places[1], places[3])
        )
        return MatrixPlaces(
            self.cells,
            Box(0, 0, 0, 0),
            places[0],
            places[1],
            places[2],
            places[3],
            signs=(Box(0, 0, 0, 0), times, equals),
            share=self._share(patches, filters, output),
        )

    def _row(
        self,
        left: int,
        top: int,
        height: int,
        strip: int,
        boxes: tuple[Size, Size, Size],
        room: list[int],
    ) -> MatrixPlaces:
        """Put what is given beside each other, every part in the middle of a line's height."""
        patches, filters, output = boxes
        map_width, map_height = self.sizes.map
        middle = top + px(TITLE) + (height - px(TITLE)) // 2

        def up(high: int) -> int:
            return max(top + px(TITLE), middle - high // 2)

        def sign(x: int, most: int = px(SIGN)) -> Box:
            high = min(most, output[1])  # for it to stay under the titles
            return Box(x, middle - high // 2, strip, high)

        room = [*room, 0, 0][:3]
        at = left
        map_place = Box(at, up(map_height), map_width, map_height)
        signs = [sign(at + map_width)]
        at += map_width + strip if map_width else 0
        patches_place = Box(at, up(patches[1]), *patches)
        at += room[0]
        signs.append(sign(at))
        at += strip
        # Filters and what is added stand as one in the middle.
        filters_place = Box(at, up(filters[1] + self.added), *filters)
        below = filters_place.y + filters[1] + px(_BETWEEN) + px(TITLE)
        names = self.sizes.names[1]
        wide = self._seen_filters(filters)
        added = Box(at + names, below, wide, self.cells[1][1])
        at += room[1]
        over = below - px(TITLE) - middle if self.added else px(SIGN)
        signs.append(sign(at, min(px(SIGN), max(px(_LEAST_SIGN), 2 * over))))
        at += strip
        return MatrixPlaces(
            self.cells,
            map_place,
            patches_place,
            filters_place,
            added,
            Box(at, up(output[1]), *output),
            (signs[0], signs[1], signs[2]),
            1.0,
        )

    def _box(self, wanted: Size, most: Size) -> Size:
        """The size of a grid: all of it, or what there is room for with scroll bars beside it."""
        bar = self.sizes.bar
        high = wanted[1] > most[1]
        wide = wanted[0] + bar * high > most[0]
        high = wanted[1] + bar * wide > most[1]
        return min(wanted[0] + bar * high, most[0]), min(wanted[1] + bar * wide, most[1])

    def _seen_filters(self, filters: Size) -> int:
        """How wide the filters' columns are without their names and the bar beside them."""
        bar = self.sizes.bar if filters[1] < self.filters[1] else 0
        whole = self.sizes.filters * self.cells[1][0]
        return min(filters[0] - self.sizes.names[1] - bar, whole)

    def _share(self, *boxes: Size) -> float:
        wanted = (self.patches, self.filters, self.output)
        seen = [min(b[0], w[0]) * min(b[1], w[1]) for b, w in zip(boxes, wanted, strict=True)]
        return sum(seen) / sum(w[0] * w[1] for w in wanted)
