"""How an output is worked out: a grid of products for each channel, its sum, and their total."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.document.playback import ends_and_middle
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import OUTPUT, Explanation, Term
from cnn_tutor.pages.state import planes
from cnn_tutor.pages.state.highlight import Highlight, winners
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.views.cells.pane import Pane
from cnn_tutor.pages.views.cells.tables import Table, tables
from cnn_tutor.pages.views.cells.total import total_html
from cnn_tutor.study import formula, numbers, words
from cnn_tutor.study.exercise import PRODUCTS
from cnn_tutor.widgets.controls.layouts import named
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.product_grid import ProductGrid
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.rich_text import line_html

Refused = Callable[[ProductGrid, int, int, Refusal], None]
"""What to do when something can't stand in a cell of a grid: its row and column, and why."""


class Workings:
    """The parts of a board between its tensors; they show the explanation that is highlighted."""

    def __init__(self, board: QWidget, state: LabState, refused: Refused) -> None:
        self._board, self._state, self._refused = board, state, refused
        self._shown, self._hidden = state.shown, state.hidden
        self._panes: dict[str, Pane[ProductGrid]] = {}
        self._sums: dict[str, QLabel] = {}
        self.total = named(QLabel(board), "total")
        self.total.setWordWrap(True)
        self.total.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self._explanation = Explanation((), ())
        self._room: tuple[int, int] | None = None
        self._letters: dict[int, int] = {}
        """How long the longest product of each table is, once that is known."""
        self.tables: tuple[Table, ...] = ()
        """The steps that have a grid now."""

    @property
    def on_board(self) -> bool:
        """Whether the board has room for the way to a number, be it shown or asked for."""
        return self._hidden.worked_out

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
            label = named(QLabel(self._board), name.replace("products", "running_sum"))
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
        """Whether the results of several tables are put together."""
        return bool(self.total.text())

    def total_height(self, width: int) -> int:
        """Return how high the total is when all of it is written into so many pixels."""
        shown = self.total.text()
        count = sum(len(step.terms) for step in self._explanation.steps)
        # As it will be once it is known, for nothing to move then; nobody sees it meanwhile.
        self.total.setText(self._total(count))
        high = self.total.heightForWidth(width)
        self.total.setText(shown)
        return high

    def _total(self, shown: int, hidden: bool = False) -> str:
        return total_html(self._explanation, self.tables, shown, self.ink, hidden)

    def show(self, highlight: Highlight) -> None:
        """Show how the output that is looked at comes about, as far as it has been worked out."""
        self.tables = tables(highlight.explanation)
        self._letters.clear()
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
            if not highlight.complete and 0 <= last < table.inside:
                marks[divmod(last, table.columns)] = Mark.ACTIVE
            grid.set_marks(marks)
            grid.product_model.ask(self._hidden.of(PRODUCTS), table.place)
            line = formula.total(table.step, table.inside, added, highlight.hidden)
            alone = len(self.tables) == len(table.step.terms) == 1  # it says all there is to say
            blank = alone or not (added or highlight.hidden)
            self.sum_of(table).setText("" if blank else line_html(line, self.ink(table)))
        self._explanation = highlight.explanation
        totalled = self.on_board and self.tables and not type(self._shown.layer).plotted
        text = self._total(highlight.shown, highlight.hidden) if totalled else ""
        self.total.setText(text)
        self.title()

    def start_over(self) -> None:
        """Forget what was found out of the layer: its shapes or settings are others."""
        self._room = None

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

    def letters(self, table: Table) -> int:
        """Return how long the longest product is when it is written out, with its factors."""
        if table.place not in self._letters:
            self._letters[table.place] = max(len(_written(term)) for term in table.terms)
        return self._letters[table.place]

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


def _written(term: Term) -> str:
    tokens = "".join(token.text for token in formula.term_tokens(term, "×"))
    return max(tokens, numbers.show(term.value), key=len)
