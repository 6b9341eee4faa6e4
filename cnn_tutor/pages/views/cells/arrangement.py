"""Puts the parts of a board in their places, and says which planes are seen."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.engine.window import Pair
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.views.boxes import Box
from cnn_tutor.pages.views.cells.board_columns import (
    CURVE,
    TOTAL,
    TOTAL_APART,
    board_columns,
    by_maps,
    equation_columns,
    factor_letters,
    in_rows,
    is_equation,
    size_of,
)
from cnn_tutor.pages.views.cells.columns_layout import (
    Column,
    Placed,
    Size,
    Style,
    arrange,
    columns_style,
    equation_style,
    fits,
    tray_height,
)
from cnn_tutor.pages.views.cells.pane_set import PaneSet, letters
from cnn_tutor.pages.views.cells.plot_part import PlotPart
from cnn_tutor.pages.views.cells.workings import Workings
from cnn_tutor.study.exercise import PRODUCTS
from cnn_tutor.widgets.controls.layouts import named
from cnn_tutor.widgets.controls.plane_picker import PlanePicker
from cnn_tutor.widgets.style.sizes import px, sized

_TITLES_APART, _LANES = 10, 18
"""How far titles are from each other, and how much of a strip lines may run in, in pixels."""

_SIGN, _LARGEST_SIGN = 1.8, 44
"""How large signs are beside the letters, and at most, in pixels."""

_LEAST_SIGN = 24
"""The height of a line that a sign has at least, beside grids that are lower."""

_ROWS, _MAPS = "rows", "maps"


class Arrangement:
    """Where the grids of a board stand.

    Every channel of the input is a row, and the maps of the output stand over each other. Where not
    all of them fit, they can be picked; ``picked`` is called then.
    """

    def __init__(
        self,
        board: QWidget,
        panes: PaneSet,
        workings: Workings,
        signs: dict[str, str],
        curve: PlotPart | None,
        picked: Callable[[], None],
    ) -> None:
        self._board, self._panes, self._workings = board, panes, workings
        self._texts, self._curve = signs, curve
        self._picked = picked
        self._first = {_ROWS: 0, _MAPS: 0}
        self._seen = {_ROWS: 1, _MAPS: 1}
        self._kept = {_ROWS: 0, _MAPS: 0}
        """The plane that stays in sight when there is room for fewer."""
        self._highlight: Highlight | None = None
        self._key: object = None
        self._size = (0, 0)
        self._style, self._letters = columns_style(), 0
        self.stacked = False
        """Whether the products stand under the axis, below what the input is combined with."""
        self._signs = Signs(board)
        self.pickers = {name: PlanePicker(f"pick_{name}", board) for name in (_ROWS, _MAPS)}
        for name, picker in self.pickers.items():
            picker.hide()
            picker.picked.connect(lambda first, name=name: self._pick(name, first))

    def place(self, width: int, height: int, highlight: Highlight) -> None:
        """Put everything in its place on a board of this size."""
        self._size, self._highlight = (width, height), highlight
        columns = self._columns(width, height)
        found = _arrange(tuple(columns.values()), width, height, self._style)
        placed = dict(zip(columns, found, strict=True))
        self._letters = found[0].letters
        self._signs.start_over()
        self._show_pickers(placed)
        lefts = [*(place.left for place in found), width + px(_TITLES_APART)]
        # Where no products stand between, a sign may be as high as a title.
        apart = px(_TITLES_APART) + (0 if self._workings.has_room else self._style.sign)
        rooms = {name: lefts[n + 1] - lefts[n] - apart for n, name in enumerate(placed)}
        for before, name in itertools.pairwise(placed):
            if name == OUTPUT and before != PRODUCTS:  # whose title is not as far down as a sign
                rooms[before] = placed[name].left - placed[before].left - self._style.gap
        if self.stacked:
            over = dict(zip(self._panes.inner, placed[PRODUCTS].over, strict=True))
            placed |= over
            more = self._style.sign - px(_TITLES_APART) // 2
            rooms |= {port: place.width + more for port, place in over.items()}
        for port in self._panes.panes:
            self._place_port(port, placed.get(port), rooms.get(port, 0))
        self._place_products(placed.get(PRODUCTS), rooms.get(PRODUCTS, 0))
        self._place_total(placed)
        self._place_signs(placed)
        if self._curve is not None:
            self._curve.put(placed[CURVE])
        self._signs.hide_unused()
        self._key = self._picture(highlight)

    def _columns(self, width: int, height: int) -> dict[str, Column]:
        """The columns of a board of this size, and whether the products are under the axis.

        They are, where that has room, and else where nothing is gained by having them beside it.
        """
        plotted, parts = self._curve is not None, (self._panes, self._workings)
        self.stacked, self._style = False, columns_style()
        plot = self._curve.column((width, height), self._style) if self._curve else None
        columns = board_columns(*parts, plot, self._style)
        if is_equation(*parts, plotted):
            style = equation_style()
            under = equation_columns(*parts, style)
            size = (width, height)
            low = tray_height([*under.values()], style) < height / 2
            if fits([*under.values()], *size, style) or (
                low and not fits([*columns.values()], *size, self._style)
            ):
                self.stacked, self._style = True, style
                return under
        if not fits([*columns.values()], width, height, self._style):
            # What can't be seen yet takes no room from what is to be read.
            for port in columns.keys() & self._panes.panes.keys():
                if self._panes.first(port).hidden:
                    columns[port] = replace(columns[port], size=(1, 1), letters=1)
        return columns

    def moves_for(self, highlight: Highlight, into_sight: bool) -> bool:
        """Choose the planes that a highlight needs; return whether all has to be placed for them.

        ``into_sight`` says that the planes it reads and writes are to be seen, too.
        """
        if into_sight:
            at = highlight.explanation.output
            self._bring(self._stands_in(OUTPUT), self._places(OUTPUT).get(at[2:], 0))
            active = [t for t in self._workings.tables if t.before < highlight.shown]
            if active and not highlight.complete:
                self._bring(_ROWS, self._places("x").get(active[-1].plane, 0))
            elif self._workings.tables:
                self._bring_any([self._places("x").get(t.plane, 0) for t in self._workings.tables])
        return self._picture(highlight) != self._key

    def bring(self, port: str, plane: Index) -> None:
        """Bring a plane of the input or of the output into sight."""
        places = self._places(port) if port in ("x", OUTPUT) else {}
        if plane in places:
            self._bring(self._stands_in(port), places[plane])

    def remove(self) -> None:
        """Take the signs and pickers off the board."""
        for widget in (*self._signs.labels, *self.pickers.values()):
            widget.hide()
            widget.deleteLater()

    # --- placing ---------------------------------------------------------------------------------

    def _show_pickers(self, placed: dict[str, Placed]) -> None:
        for name, port in ((_ROWS, "x"), (_MAPS, OUTPUT)):
            count, seen = len(self._panes.panes[port]), len(placed[port].boxes)
            first = max(self._first[name], self._kept[name] - seen + 1)
            first = max(0, min(first, count - seen))
            self._first[name], self._seen[name] = first, seen
            picker, box = self.pickers[name], placed[port].picker
            other = self._stands_in(port) != name  # turned with the rows
            picker.setVisible(box is not None and not other)
            if box is not None and not other:
                picker.show_planes(first, seen, count)
                wide = max(box.width, picker.sizeHint().width())
                picker.setGeometry(box.x, box.y, wide, box.height)

    def _place_port(self, port: str, placed: Placed | None, room: int) -> None:
        panes = self._panes.panes[port]
        wanted: Sequence[Index | None] = []
        if placed is not None:
            count = len(placed.boxes)
            stacked = by_maps(port, self._panes, self._workings)
            if self._in_rows(port) and not stacked:
                wanted = [self._plane_in_row(port, self._first[_ROWS] + n) for n in range(count)]
            else:
                maps = stacked or port in (OUTPUT, *self._panes.besides)
                wanted = [*panes][self._first[_MAPS] * maps :][:count]
        for suffix, pane in panes.made.items():
            if suffix not in wanted:
                pane.set_visible(False)
        if placed is not None:
            pads = self._panes.kept_pads(port)
            inner = [inside(box, pads, placed.cell) for box in placed.boxes]
            room -= max((box.x - placed.left for box in inner), default=0)
            # Titles of one column are alike: all with their detail, or none.
            detailed = self._panes.title_width(port) <= room
            for plane, box in zip(wanted, inner, strict=False):
                if plane is not None:
                    panes[plane].place(box, placed.cell, room, self._style.title, detailed)

    def _place_products(self, placed: Placed | None, room: int) -> None:
        seen = []
        rows = self._places("x")
        on_board = placed is not None and self._workings.on_board
        for table in self._workings.tables if on_board else ():
            # What reads all channels at once belongs to whichever are seen.
            row = 0 if table.spans else rows.get(table.plane, 0) - self._first[_ROWS]
            if placed is not None and 0 <= row < len(placed.boxes):
                pane = self._workings.pane(table)
                if placed.cell[1] < self._style.factors:
                    pane.letters = letters(table.products)
                else:  # one size for all outputs
                    pane.letters = factor_letters(self._panes, self._workings) + 1
                box = within(placed.boxes[row], size_of(pane), placed.cell)
                free = room - (box.x - placed.left)
                pane.place(box, placed.cell, free, self._style.title)
                text = placed.texts[row]
                line = replace(text, x=box.x, width=max(text.right, box.x + free) - box.x)
                self._workings.place_sum(table, line, placed.letters)
                seen.append(table)
        self._workings.hide_all_but(seen)

    def _place_total(self, placed: dict[str, Placed]) -> None:
        held = [placed[port] for port in (TOTAL, *self._panes.inner) if port in placed]
        places = [place for place in held if not place.boxes or place.texts[0].height]
        if not (places and self._workings.has_total and self._workings.on_board):
            self._workings.total.hide()
            return
        box, apart, under = places[0].texts[0], px(TOTAL_APART), bool(places[0].boxes)
        down = apart if under else 0
        room = Box(box.x + apart, box.y + down, box.width - apart, box.height - down)
        self._workings.place_total(room, places[0].letters, under)

    def _place_signs(self, placed: dict[str, Placed]) -> None:
        style = self._style
        for n, port in enumerate(self._panes.inner):
            if port not in placed:
                continue
            place, text = placed[port], self._texts.get(port, "∘")
            gap = style.gap - px(_LANES) if self.stacked and not n else style.sign
            left = placed[PRODUCTS].left if self.stacked and not n else place.boxes[0].x
            if by_maps(port, self._panes, self._workings) or not self._in_rows(port):
                self._sign(text, left, gap, place.boxes[0], place.boxes[-1])
                continue
            for row, box in enumerate(place.boxes):
                if self._plane_in_row(port, self._first[_ROWS] + row) is not None:
                    self._sign(text, left, gap, box)
        self._place_output_signs(placed)

    def _place_output_signs(self, placed: dict[str, Placed]) -> None:
        """Put a sign before the output, and one before a window that nothing stands before."""
        output, products, style = placed[OUTPUT], placed.get(PRODUCTS), self._style
        combined, worked_out = bool(self._panes.inner), self._workings.on_board
        lanes = px(_LANES)
        if self._panes.first(OUTPUT).hidden or self._curve:
            return
        if products is None and worked_out:
            return  # the line from cell to cell says it
        if products is not None and not combined:
            for box in products.boxes:
                self._sign("→", products.left, style.gap - lanes, box)
            if not worked_out:
                return
        seen = [row for row, box in enumerate(output.boxes) if combined or self._worked_in(row)]
        whole = [(output.boxes[0], output.boxes[-1])]
        rows = [(output.boxes[row], output.boxes[row]) for row in seen]
        for first, last in rows if self._in_rows(OUTPUT) else whole:
            text, wide = "=" if products or combined else "→", style.gap - lanes
            self._sign(text, output.left - lanes, wide, first, last)

    def _worked_in(self, row: int) -> bool:
        """Say whether a row has the products of what is looked at."""
        planes = [*self._panes.panes["x"]]
        first = self._first[_ROWS]
        return any(planes[first + row] == table.plane for table in self._workings.tables)

    def _in_rows(self, port: str) -> bool:
        return in_rows(port, self._workings)

    def _stands_in(self, port: str) -> str:
        """Say what a plane of the input or the output is brought into sight with."""
        return _ROWS if self._in_rows(port) else _MAPS

    def _sign(self, text: str, right: int, wide: int, first: Box, last: Box | None = None) -> None:
        """Put a sign into the strip that ends at ``right``, halfway down one box or several."""
        top, bottom = first.y, (last or first).bottom
        high = min(2 * self._style.sign, max(bottom - top, px(_LEAST_SIGN)))
        box = Box(right - wide, (top + bottom - high) // 2, wide, high)
        self._signs.put(text, box, min(round(_SIGN * self._letters), px(_LARGEST_SIGN)))

    def _plane_in_row(self, port: str, row: int) -> Index | None:
        """Return the plane of a port that belongs to a row's channel; None if none does now."""
        plane = list(self._panes.panes["x"])[row]
        if port == "x":
            return plane
        if self._workings.pairs:
            return plane if port == OUTPUT else self._workings.pairs[row][port]
        panes = self._panes.panes[port]
        for table in self._workings.tables:
            here = row == self._first[_ROWS] if table.spans else table.plane == plane
            if here and port in table.ports:
                return table.terms[0].factors[table.ports.index(port)].index[2:]
        return plane if plane in panes and len(next(iter(panes))) == len(plane) else None

    # --- which planes are seen -------------------------------------------------------------------

    def _picture(self, highlight: Highlight) -> object:
        """What decides where everything stands: when it is the same, nothing has to move."""
        planes: tuple[object, ...] = (self._workings.on_board,)
        planes += tuple(
            (table.plane, *(cell.index[2:] for cell in table.terms[0].factors), table.inside)
            for table in self._workings.tables
        )
        return planes, dict(self._first), self._workings.has_total, len(highlight.explanation.steps)

    def _places(self, port: str) -> dict[Index, int]:
        return {suffix: n for n, suffix in enumerate(self._panes.panes[port])}

    def _bring(self, name: str, place: int) -> None:
        """Move on to the planes among which one is."""
        self._kept[name] = place
        first, seen = self._first[name], self._seen[name]
        if not first <= place < first + seen:
            self._first[name] = place if place < first else place - seen + 1

    def _bring_any(self, places: Sequence[int]) -> None:
        """Bring rows into sight of which none is: from the first of them on, as many as fit."""
        first = self._first[_ROWS]
        if not any(first <= place < first + self._seen[_ROWS] for place in places):
            for place in sorted(places, reverse=True):
                self._bring(_ROWS, place)

    def _pick(self, name: str, first: int) -> None:
        self._first[name] = self._kept[name] = first
        if self._highlight is not None:
            self.place(*self._size, self._highlight)
            self._picked()


@lru_cache(maxsize=64)
def _arrange(columns: tuple[Column, ...], width: int, height: int, style: Style) -> list[Placed]:
    return arrange(columns, width, height, style)


class Signs:
    """As many signs as a board has just now; labels that are not needed wait for the next time."""

    def __init__(self, board: QWidget) -> None:
        self._board = board
        self.labels: list[QLabel] = []
        """All labels, those that wait among them."""
        self._used = 0

    def start_over(self) -> None:
        """Begin a new arrangement: no sign is in its place yet."""
        self._used = 0

    def put(self, text: str, box: Box, letters: int) -> None:
        """Put a sign into a place, in letters so high."""
        if self._used == len(self.labels):
            label = named(QLabel(self._board), "sign")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.lower()
            self.labels.append(label)
        label = self.labels[self._used]
        self._used += 1
        label.setText(text)
        for high in range(letters, 0, -1):
            label.setFont(sized(label.font(), high))
            size = label.sizeHint()
            if size.width() <= box.width and size.height() <= box.height:
                break
        middle = QRect(box.x, box.y, box.width, box.height).center()
        label.setGeometry(QRect(middle - QPoint(size.width() // 2, size.height() // 2), size))
        label.show()

    def hide_unused(self) -> None:
        """Hide the signs that this arrangement does not have."""
        for label in self.labels[self._used :]:
            label.hide()


def inside(box: Box, pads: tuple[Pair, Pair], cell: Size) -> Box:
    """The part of a box that is left inside of rows and columns of padding."""
    (top, bottom), (left, right) = pads
    wide, high = (left + right) * cell[0], (top + bottom) * cell[1]
    x, y = box.x + left * cell[0], box.y + top * cell[1]
    return Box(x, y, box.width - wide, box.height - high)


def within(box: Box, size: Size, cell: Size) -> Box:
    """The part of a box that a grid fills, which may be smaller than the largest of its kind."""
    wide, high = size[1] * cell[0], size[0] * cell[1]
    return Box(box.x, box.y, min(wide, box.width), min(high, box.height))


def put(widget: QWidget, box: Box) -> None:
    """Show a widget in a box."""
    widget.setGeometry(QRect(box.x, box.y, box.width, box.height))
    widget.show()
