"""How an output is worked out: a grid of products for each channel, its sum, and their total."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.document.playback import ends_and_middle
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import OUTPUT, Explanation, Index
from cnn_tutor.pages.state import planes
from cnn_tutor.pages.state.highlight import Highlight, winners
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.views.boxes import Box
from cnn_tutor.pages.views.cells.columns_layout import TEXT
from cnn_tutor.pages.views.cells.pane import Pane
from cnn_tutor.pages.views.cells.tables import Table, tables
from cnn_tutor.pages.views.cells.total import total_html, with_results
from cnn_tutor.study import formula, numbers, words
from cnn_tutor.study.exercise import PRODUCTS
from cnn_tutor.study.formula import Pointed
from cnn_tutor.widgets.controls.layouts import named
from cnn_tutor.widgets.controls.term_texts import TermLabel
from cnn_tutor.widgets.grids.fitting import smallest_letters
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.product_grid import ProductGrid
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.rich_text import line_html
from cnn_tutor.widgets.style.sizes import DIGIT, px, sized
from cnn_tutor.widgets.style.states import fade

_SUM_LETTERS = 5
"""Letters of each number for which a line under a grid of products has room at once."""

Refused = Callable[[ProductGrid, int, int, Refusal], None]
"""What to do when something can't stand in a cell of a grid: its row and column, and why."""


class Workings:
    """The parts of a board between its tensors; they show the explanation that is highlighted."""

    def __init__(self, board: QWidget, state: LabState, refused: Refused) -> None:
        self._board, self._state, self._refused = board, state, refused
        self._shown, self._hidden = state.shown, state.hidden
        self._panes: dict[str, Pane[ProductGrid]] = {}
        self._sums: dict[str, QLabel] = {}
        self.total = named(TermLabel(board), "total")
        self.total.pointed.connect(state.point_at_term)
        self.total.setWordWrap(True)
        self.total.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self._explanation = Explanation((), ())
        self._room: tuple[int, int] | None = None
        self._sum_letters = px(TEXT)
        self._sum_rooms: dict[str, Box] = {}
        """Where the line of each sum may stand on the board."""
        self._total_room: Box | None = None
        self._total_at_top = False
        self._pairs: tuple[Mapping[str, Index], ...] | None = None
        self.tables: tuple[Table, ...] = ()
        """The steps that have a grid now."""

    @property
    def on_board(self) -> bool:
        """Whether the way to a number is on the board, be it shown or asked for."""
        return self._hidden.worked_out

    @property
    def has_room(self) -> bool:
        """Whether the board keeps room for the way to a number, for nothing to move for it."""
        return self._hidden.may_be_worked_out

    def name_of(self, table: Table) -> str:
        """Return the name of a table's grid: ``products``, or with its channel ``products[c]``."""
        several = len(self.tables) > 1
        return planes.plane_name("products", table.plane) if several else "products"

    def pane(self, table: Table) -> Pane[ProductGrid]:
        """Return the grid of a table; made when it is first asked for."""
        name = self.name_of(table)
        if name not in self._panes:
            pane = self._panes[name] = Pane(self._board, ProductGrid(), name)
            pane.grid.hovered.connect(lambda cell: self._point(name, cell))
            pane.grid.answered.connect(lambda at, n: self._hidden.write(PRODUCTS, at, n))
            pane.grid.taken_back.connect(lambda at: self._hidden.take_back(PRODUCTS, at))
            pane.grid.refused.connect(lambda r, c, why: self._refused(pane.grid, r, c, why))
            label = named(TermLabel(self._board), name.replace("products", "running_sum"))
            label.pointed.connect(self._state.point_at_term)
            self._sums[name] = label
            pane.set_visible(False)
            label.hide()
        return self._panes[name]

    def room(self) -> tuple[int, int]:
        """Return the rows and columns of the largest grid, that of a window inside the map."""
        if self._room is None:
            found = [*self.tables]
            for at in ends_and_middle(self._shown.shapes[OUTPUT]):
                found += tables(self._shown.explain(at))
            self._room = (
                max(-(-table.inside // table.columns) for table in found),
                max(table.columns for table in found),
            )
        return self._room

    def sum_of(self, table: Table) -> QLabel:
        """Return the label for the sum of a table."""
        self.pane(table)
        return self._sums[self.name_of(table)]

    @property
    def has_total(self) -> bool:
        """Whether results of tables are put together in further steps."""
        plotted = type(self._shown.layer).plotted
        return bool(self.tables) and not plotted and len(self._explanation.steps) > len(self.tables)

    @property
    def pairs(self) -> tuple[Mapping[str, Index], ...]:
        """The planes that each map of the output reads, by port, where they are in pairs.

        They are where there is a map for each of several channels, which reads that one alone.
        """
        if self._pairs is None:
            channels, maps = self._shown.shapes["x"][2:], self._shown.shapes[OUTPUT][2:]
            places = [*np.ndindex(*maps)] if channels == maps != () else []
            found = tuple(self._planes_read(at) for at in places)
            alone = all(read["x"] == at for read, at in zip(found, places, strict=True))
            self._pairs = found if alone and len(found) > 1 else ()
        return self._pairs

    def _planes_read(self, at: Index) -> dict[str, Index]:
        """The only plane of each port that a map reads; the empty one where it reads several."""
        shape = self._shown.shapes[OUTPUT]
        explanation = self._shown.explain((shape[0] // 2, shape[1] // 2, *at))
        read = {p: {c.index[2:] for c in explanation.cells(p)} for p in self._shown.shapes}
        return {port: planes.pop() if len(planes) == 1 else () for port, planes in read.items()}

    def sum_width(self, letters: int) -> int:
        """Return how wide the line of a sum may become in letters of ``TEXT``; 0 where none is.

        ``letters`` is how long the numbers in it can be; of long ones a part has to do.
        """
        longest = 0
        letters = min(letters, _SUM_LETTERS)
        for table in self.tables:
            if not self._says_all(table):
                after = len(table.step.terms) - table.inside
                longest = max(longest, len("Σ = ") + letters + after * (letters + len(" + () = ")))
        return round(longest * px(TEXT) * DIGIT)

    def total_height(self, width: int, letters: int) -> int:
        """Return how high the total may become in so many pixels, for nothing to move then.

        ``letters`` is how long the sums that are put together can be.
        """
        shown = self.total.text()
        self.total.setFont(sized(self.total.font(), px(TEXT)))
        longest = with_results(self._explanation, -(10.0 ** max(0, letters - 2)))
        count = sum(len(step.terms) for step in longest.steps)
        # Nobody sees it meanwhile.
        self.total.setText(total_html(longest, self.tables, count, self.ink))
        high = self.total.heightForWidth(width)
        self.total.setText(shown)
        return high

    def show(self, highlight: Highlight) -> None:
        """Show how the output that is looked at comes about, as far as it has been worked out."""
        self.tables = tables(highlight.explanation)
        best = () if highlight.hidden else winners(highlight.explanation, highlight.shown)
        won = {id(term) for term in best}
        for table in self.tables:
            added = table.added(highlight.shown)
            grid = self.pane(table).grid
            grid.product_model.show(table.terms, table.columns, min(added, table.inside))
            last = highlight.shown - 1 - table.before
            marks = {
                divmod(n, table.columns): Mark.WON
                for n, term in enumerate(table.terms)
                if id(term) in won
            }
            stand_out = {place - table.before for place in highlight.terms}
            if not highlight.complete:
                stand_out.add(last)
            for n in stand_out & set(range(table.inside)):
                cell = divmod(n, table.columns)
                marks[cell] = marks.get(cell, Mark.NONE) | Mark.ACTIVE
            grid.set_marks(marks)
            grid.set_faint(highlight.about_input)
            grid.product_model.ask(self._hidden.of(PRODUCTS), table.place)
            line = formula.total(table.step, table.inside, added, highlight.hidden, table.before)
            blank = self._says_all(table) or not (added or highlight.hidden)
            text = "" if blank else line_html(line, self.ink(table), Pointed(highlight.terms))
            self.sum_of(table).setText(text)
            places = range(table.before, table.before + len(table.step.terms))
            fade(self.sum_of(table), highlight.about_input and not highlight.terms & set(places))
            self._fit(table)
        self._explanation = highlight.explanation
        totalled = self.on_board and self.tables and not type(self._shown.layer).plotted
        shown, hidden, pointed = highlight.shown, highlight.hidden, highlight.pointed
        found, ink = highlight.explanation, self.ink
        text = total_html(found, self.tables, shown, ink, hidden, pointed) if totalled else ""
        self.total.setText(text)
        self._fit_total()
        fade(self.total, highlight.about_input and not highlight.terms)
        self.title()

    def _says_all(self, table: Table) -> bool:
        """Say whether a table needs no sum: its only product is the output."""
        return len(self.tables) == len(table.step.terms) == 1

    def start_over(self) -> None:
        """Forget what was found out of the layer: its shapes or settings are others."""
        self._room = self._pairs = None

    def title(self) -> None:
        """Write every title in the language and the theme that are on."""
        for table in self.tables:
            first = table.step.terms[0]
            product = len(first.factors) > 1 or first.scale != 1
            key = "products" if product else "window"
            detail = "" if self.ink(table) else words.say(f"layers.{key}_detail")
            self.pane(table).set_title(words.say(f"layers.{key}"), detail, self.ink(table))

    def ink(self, table: Table) -> str:
        """Return the colour of a table's channel; nothing where there is only one table."""
        if len(self.tables) < 2 or not table.plane:
            return ""
        return colours.channel(table.plane[0], self._shown.reads_pixels)

    def place_sum(self, table: Table, box: Box, letters: int) -> None:
        """Put the line of a sum into a box, in letters so high or, where it is long, less."""
        label = self.sum_of(table)
        self._sum_letters, self._sum_rooms[self.name_of(table)] = letters, box
        self._fit(table)
        label.show()

    def _fit(self, table: Table) -> None:
        """Have the line of a sum as large as has room; its label is no larger than the text."""
        label, room = self.sum_of(table), self._sum_rooms.get(self.name_of(table))
        for letters in range(self._sum_letters, smallest_letters() - 1, -1):
            label.setFont(sized(label.font(), letters))
            if room is None or label.sizeHint().width() <= room.width:
                break
        if room is not None:
            wide = min(label.sizeHint().width(), room.width)
            label.setGeometry(room.x, room.y, wide, room.height)

    def result(self, table: Table) -> QRect:
        """Return where on the board the sum of a table stands; its last product without one."""
        label = self.sum_of(table)
        if label.text() and not label.isHidden():
            return label.geometry()
        grid = self.pane(table).grid
        high = grid.cell_size()[1]
        return grid.geometry().adjusted(0, grid.height() - high, 0, 0)

    def place_total(self, room: Box, letters: int, at_top: bool) -> None:
        """Put the total into a box, in letters so high: at its top, or in its middle."""
        self.total.setFont(sized(self.total.font(), letters))
        self._total_room, self._total_at_top = room, at_top
        self._fit_total()
        self.total.show()

    def _fit_total(self) -> None:
        """Have the label of the total as high as its text."""
        room = self._total_room
        if room is not None:
            high = min(self.total.heightForWidth(room.width), room.height)
            down = 0 if self._total_at_top else (room.height - high) // 2
            self.total.setGeometry(room.x, room.y + down, room.width, high)

    def total_lines(self) -> tuple[QRect, QRect]:
        """Return where the sums stand on the board that are put together, and their total."""
        text, line = self.total.geometry(), self.total.fontMetrics().lineSpacing()
        result = f"= {numbers.show(self._explanation.steps[-1].value)}"
        wide = min(self.total.fontMetrics().horizontalAdvance(result), text.width())
        sums = QRect(text.x(), text.y() + line, text.width(), line)
        return sums, QRect(text.x(), text.bottom() + 1 - line, wide, line)

    def find(self, step: int, term: int) -> tuple[ProductGrid, int, int] | None:
        """Return the grid, row and column of a product; None where it has none."""
        for table in self.tables:
            if table.place == step:
                return (self.pane(table).grid, *divmod(term, table.columns))
        return None

    def hide_all_but(self, kept: Iterable[Table]) -> None:
        """Hide the grids and sums that have no place on the board."""
        names = {self.name_of(table) for table in kept}
        for name, pane in self._panes.items():
            if name not in names:
                pane.set_visible(False)
                self._sums[name].hide()

    @property
    def grids(self) -> list[QWidget]:
        """The grids that are there now, in reading order."""
        return [self.pane(table).grid for table in self.tables]

    def remove(self) -> None:
        """Take everything off the board."""
        for pane in self._panes.values():
            pane.remove()
        for label in (*self._sums.values(), self.total):
            label.setObjectName("")
            label.hide()
            label.deleteLater()

    def _point(self, name: str, cell: tuple[int, int] | None) -> None:
        table = next((t for t in self.tables if self.name_of(t) == name), None)
        if table is None or cell is None:
            self._state.point_at_term(None)
        else:
            self._state.point_at_term(table.before + cell[0] * table.columns + cell[1])
