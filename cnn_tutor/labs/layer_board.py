"""The board of any layer: input, weights and output as an equation, the products below."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QEvent, QRect, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from cnn_tutor.document.document import Change, Document
from cnn_tutor.document.walk import Walk, term_count
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.labs import routes, spotlight
from cnn_tutor.labs.pane_set import PaneSet
from cnn_tutor.labs.shown_layer import OUTPUT, ShownLayer
from cnn_tutor.labs.spotlight import Spotlight
from cnn_tutor.study import formula, words
from cnn_tutor.widgets.connectors import Connectors
from cnn_tutor.widgets.legend import Legend
from cnn_tutor.widgets.marks import Mark
from cnn_tutor.widgets.notice import Notice
from cnn_tutor.widgets.rich_text import line_html
from cnn_tutor.widgets.tensor_grid import TensorGrid


class LayerBoard(QWidget):
    """Shows one layer of the document and lights up what belongs together.

    It knows no kind of layer: ports, shapes, windows and explanations are all it asks for.
    """

    edited = Signal(object, object, int)
    """An Address, the numbers that the learner wants there, and the gesture they belong to."""

    focused = Signal(object)
    """The Spotlight that is on now."""

    def __init__(self, document: Document, walk: Walk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._walk = document, walk
        self._shown = ShownLayer(document)
        self._set: PaneSet | None = None
        self._pointed: tuple[str, Index] | None = None
        self._legend = Legend(self)
        self._legend.hide()
        self._connectors = Connectors(self)
        self._notice = Notice(self)
        self._rebuild(other_work=True)
        document.replaced.connect(self._rebuild)
        document.changed.connect(self._refresh)
        walk.moved.connect(self._follow)

    @property
    def light(self) -> Spotlight:
        """What is lit up now."""
        return self._light

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first."""
        return self._panes.x.grid

    def notify(self, text: str, near: QRect | None = None) -> None:
        """Show a message on the board, below a place on it or at its top."""
        self._notice.say(text, near or QRect(self.width() // 2, 0, 1, 1))

    def set_shaded(self, shaded: bool) -> None:
        """Colour all cells by their numbers, or leave them plain."""
        self._legend.setVisible(shaded)
        self._shade()
        self._place()

    def dismiss(self) -> None:
        """Take the message back."""
        self._notice.hide()

    def refuse(self, port: str, index: Index, why: Refusal) -> None:
        """Say at a cell why it can't be what was wanted."""
        for pane in self._panes.panes[port]:
            cell = pane.grid.tensor_model.cell_of(index)
            if cell is not None:
                self._refuse(pane.grid, *cell, why)

    def retranslate(self) -> None:
        """Write every title in the language that is on."""
        self._legend.set_caption(words.say("layers.shades"))
        self._panes.title(self._shown.shapes, self._shown.windows)
        self._place()
        self._relight()

    # --- building and placing --------------------------------------------------------------------

    def _rebuild(self, other_work: bool) -> None:
        """Show the document's layer anew: its shapes or settings are others."""
        self._pointed = None
        shapes = self._shown.shapes
        shape = shapes[OUTPUT]
        if self._set is None or not self._set.fits(shapes):
            self._make_panes(shapes)
        terms = term_count(self._shown.explain((0,) * len(shape)))
        # Nothing can follow the walk before the grids are filled; only that it stops is said.
        self._walk.pause()
        was = self._walk.blockSignals(True)
        go = self._walk.start if other_work else self._walk.go_on
        go(shape, terms)
        self._walk.blockSignals(was)
        self._panes.fill(self._shown.tensors, self._shown.windows, self._walk.reached)
        self._shade()
        self._panes.title(shapes, self._shown.windows)
        self._show_light(self._pinned_light())
        self._place()
        self._walk.moved.emit()

    def _make_panes(self, shapes: dict[str, Shape]) -> None:
        if self._set is not None:
            self._set.remove()
        signs = words.table("kinds").get(self._shown.layer.kind, {}).get("signs", {})
        self._set = PaneSet(self, shapes, signs)
        grids: list[QWidget] = []
        for port, pane in self._set:
            self._listen(port, pane.grid)
            grids.append(pane.grid)
        self._set.products.grid.hovered.connect(self._point_at_product)
        grids.insert(-1, self._set.products.grid)
        for before, after in itertools.pairwise(grids):
            self.setTabOrder(before, after)
        self._connectors.raise_()
        self._notice.raise_()

    def _listen(self, port: str, grid: TensorGrid) -> None:
        model = grid.tensor_model
        grid.hovered.connect(
            lambda cell: self._point_at(port, model.tensor_index(*cell) if cell else None)
        )
        grid.pinned.connect(lambda cell: self._pin(port, grid, cell))
        grid.refused.connect(lambda row, column, why: self._refuse(grid, row, column, why))
        grid.horizontalScrollBar().valueChanged.connect(self._draw_lines)
        grid.verticalScrollBar().valueChanged.connect(self._draw_lines)
        if port != OUTPUT:
            grid.cells_edited.connect(
                lambda cells, gesture: self.edited.emit(self._shown.address(port), cells, gesture)
            )

    def _place(self) -> None:
        below = self._legend.height() if self._legend.isVisibleTo(self) else 0
        self._panes.arrange(self.width(), self.height() - below)
        self._legend.move((self.width() - self._legend.width()) // 2, self.height() - below)
        self._connectors.setGeometry(self.rect())
        self._settle()
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        """Scroll and draw the lines; again after the tables have laid themselves out."""
        self._scroll_into_sight()
        self._draw_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._set:
            self.retranslate()

    # --- following the document and the walk -----------------------------------------------------

    def _refresh(self, change: Change) -> None:
        """Paint again what an edit of cells reached."""
        tensors = self._shown.tensors
        region = change.outputs.get(self._shown.name)
        outgrown = False
        for port, pane in self._panes:
            if port == OUTPUT and region is not None:
                pane.grid.tensor_model.refresh(region)
                outgrown |= self._panes.outgrown(pane, tensors[OUTPUT][region].flat)
            elif port != OUTPUT and self._shown.address(port) == change.address:
                for index in change.cells:
                    pane.grid.tensor_model.refresh(tuple(slice(i, i + 1) for i in index))
                outgrown |= self._panes.outgrown(pane, [tensors[port][i] for i in change.cells])
        if outgrown:
            self._place()
        self._shade()
        self._notice.hide()
        self._relight()

    def _follow(self) -> None:
        """Show the place that the walk has come to."""
        for pane in self._panes.panes[OUTPUT]:
            pane.grid.viewport().update()
            cell = pane.grid.tensor_model.cell_of(self._walk.at)
            if cell is not None:
                pane.grid.go_to(*cell)
        self._pointed = None
        self._relight()
        self._scroll_into_sight()

    # --- pointing --------------------------------------------------------------------------------

    def _point_at(self, port: str, index: Index | None) -> None:
        if index is not None and port == OUTPUT and not self._walk.reached(index):
            index = None
        self._pointed = None if index is None else (port, index)
        self._relight()

    def _point_at_product(self, cell: tuple[int, int] | None) -> None:
        light = self._pinned_light()
        if cell is not None:
            columns = self._panes.products.grid.product_model.columnCount()
            place = cell[0] * columns + cell[1]
            if place < light.shown:
                light = spotlight.on_term(self._shown, light.at, place)
        self._show_light(light)

    def _pin(self, port: str, grid: TensorGrid, cell: tuple[int, int]) -> None:
        index = grid.tensor_model.tensor_index(*cell)
        if port == OUTPUT:
            self._walk.point_at(index)
        elif not grid.tensor_model.is_padding(*cell):
            self._point_at(port, index)

    def _relight(self) -> None:
        if self._pointed is None:
            self._show_light(self._pinned_light())
            return
        port, index = self._pointed
        if port == OUTPUT:
            self._show_light(spotlight.on_output(self._shown, index))
        else:
            chosen = self._pinned_light()
            self._show_light(spotlight.on_input(self._shown, port, index, chosen))

    def _pinned_light(self) -> Spotlight:
        return spotlight.on_output(self._shown, self._walk.at, self._walk.terms)

    def _show_light(self, light: Spotlight) -> None:
        self._light = light
        for port, pane in self._panes:
            cell_of = pane.grid.tensor_model.cell_of
            marks = ((cell_of(index), mark) for index, mark in light.marks.get(port, {}).items())
            pane.grid.set_marks({cell: mark for cell, mark in marks if cell is not None})
        self._show_products(light)
        self._draw_lines()
        self.focused.emit(light)

    def _show_products(self, light: Spotlight) -> None:
        step, inside, columns = spotlight.grid_step(light.explanation)
        grid = self._panes.products.grid
        grid.product_model.show(step.terms[:inside], columns, min(light.shown, inside))
        last = light.shown - 1
        active = not light.complete and last < inside
        grid.set_marks({divmod(last, columns): Mark.ACTIVE} if active else {})
        self._panes.running_sum.setText(line_html(formula.total(step, inside, light.shown)))

    def _scroll_into_sight(self) -> None:
        """Bring the window and the output cell of the walk's place into sight."""
        if self._light.port != OUTPUT:
            return
        for port, pane in self._panes:
            indices = list(self._light.marks.get(port, {})) if port in ("x", OUTPUT) else []
            for index in indices[-1:] + indices[:1]:
                cell = pane.grid.tensor_model.cell_of(index)
                if cell is not None:
                    pane.grid.scrollTo(pane.grid.model().index(*cell))

    def _draw_lines(self) -> None:
        at_output = self._light.port == OUTPUT
        lines = routes.lines(self._panes, self._light) if at_output else ()
        self._connectors.set_lines(tuple(lines))

    def _shade(self) -> None:
        self._panes.shade(self._shown.tensors if self._legend.isVisibleTo(self) else None)

    # --- small helpers ---------------------------------------------------------------------------

    @property
    def _panes(self) -> PaneSet:
        assert self._set is not None
        return self._set

    def _refuse(self, grid: TensorGrid, row: int, column: int, why: Refusal) -> None:
        place = grid.cell_rect(row, column).translated(grid.pos())
        self.notify(words.explain(why), place)
