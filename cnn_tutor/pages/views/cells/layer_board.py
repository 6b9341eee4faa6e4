"""The board of any layer: input, weights and output as an equation, and how it is worked out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from cnn_tutor.document.document import Change, Document
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.pages.state import highlight
from cnn_tutor.pages.state.lab_state import LabState, Snapshot
from cnn_tutor.pages.views.cells import connector_routes
from cnn_tutor.pages.views.cells.arrangement import Arrangement
from cnn_tutor.pages.views.cells.motion import Motion
from cnn_tutor.pages.views.cells.pane import Pane
from cnn_tutor.pages.views.cells.pane_set import PaneSet
from cnn_tutor.pages.views.cells.plot_part import plot_part
from cnn_tutor.pages.views.cells.workings import Workings
from cnn_tutor.pages.views.view import View
from cnn_tutor.study import words
from cnn_tutor.study.boards.views import CELLS
from cnn_tutor.study.exercise import PRODUCTS
from cnn_tutor.widgets.grids.grid_view import GridView
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.overlays.connectors import Connector, Connectors
from cnn_tutor.widgets.style.legend import Legend

_PLACE = QEvent.Type(QEvent.registerEventType())
"""The event on which a board places its parts."""

_LAYOUT_PASSES = 6
"""Layouts around the board that are waited for: a wrapped text asks for its height once it has its
width, which may take another while the buttons beside it get theirs, and only then the page knows
what is left for the board."""


class LayerBoard(View):
    """Shows one layer of the document and highlights what belongs together.

    It knows no kind of layer: ports, shapes, windows and explanations are all it asks for. The
    keyboard comes to its grids ``after`` another widget.
    """

    key: ClassVar[str] = CELLS

    said = Signal(str, QRect)
    """Emitted with a message for the learner, and the place on the board that it is about."""

    visited = Signal(str, object)
    """Emitted when the keyboard has come to a cell, with its port and its index."""

    def __init__(self, document: Document, state: LabState, after: QWidget) -> None:
        super().__init__(document, state)
        self._after = after
        self._new: list[Pane[TensorGrid]] = []
        """The panes that were made last."""
        self._winners: dict[Index, tuple[Index, ...]] = {}
        self._legend = Legend(self)
        self._legend.hide()
        self._connectors = Connectors(self)
        self._motion = Motion(self, state, self._connectors)
        self._brush = False
        self._taken: Index = ()
        """The output whose window is being dragged."""
        self._cell_actions: list[QAction] = []
        self._unplaced = self._wants_keyboard = self._moved = False
        self._scrolled = QTimer(self)
        self._scrolled.setSingleShot(True)
        self._scrolled.setInterval(0)
        self._scrolled.timeout.connect(self._draw_lines)
        self._make_parts()

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first: a cell that is asked for, or else the input."""
        self.catch_up()
        self.finish_placing()
        at = self.state.hidden.open
        place = self._find(*at) if at else None
        return place[0] if place else self._panes.first("x").grid

    @property
    def selected(self) -> tuple[str, list[Index]]:
        """The port whose grid has the keyboard, or had it last, and the cells selected there.

        Without such a grid the port is empty.
        """
        focus = self.window().focusWidget()
        here = [(port, pane.grid.selected) for port, pane in self._panes if pane.grid is focus]
        return here[0] if here else ("", [])

    def add_cell_action(self, action: QAction) -> None:
        """Offer what can be done with selected cells in the menu of every grid, too."""
        self._cell_actions.append(action)
        for _, pane in self._panes:
            pane.grid.addAction(action)

    @property
    def shaded(self) -> bool:
        """Whether all cells are coloured by their numbers."""
        return self._legend.isVisibleTo(self)

    def set_shaded(self, shaded: bool) -> None:
        """Colour all cells strongly by their numbers, or quietly."""
        self._legend.setVisible(shaded)
        if self.up_to_date:
            self._shade()
            self._place(anew=True)

    def set_brush(self, on: bool) -> None:
        """Let drags over cells paint, or select again."""
        self._brush = on
        for _, pane in self._panes:
            pane.grid.set_brush(on)

    def say_at(self, port: str, index: Index, text: str) -> None:
        """Say something about a cell, next to it."""
        self.finish_placing()
        place = self._find(port, index)
        if place is not None:
            self._say(*place, text)

    def go_to(self, port: str, index: Index) -> None:
        """Bring the keyboard to a cell, and the cell into sight."""
        self.show_cells([(port, index)])
        place = self._find(port, index)
        if place is not None:
            grid, row, column = place
            grid.go_to(row, column)
            grid.setFocus(Qt.FocusReason.OtherFocusReason)
            self.visited.emit(port, index)
            self._reach(grid, row, column)

    def show_cells(self, cells: Sequence[tuple[str, Index]]) -> None:
        """Bring cells into sight, with their planes; the first ones, where not all have room."""
        self.catch_up()
        for port, index in reversed(cells):
            self._arrangement.bring(port, index[2:])
        self._place()
        self.finish_placing()
        for port, index in reversed(cells):
            place = self._find(port, index)
            if place is not None:
                grid, row, column = place
                grid.scrollTo(grid.model().index(row, column))

    # --- building and placing --------------------------------------------------------------------

    def finish_motion(self) -> None:
        """Have everything that moves where it goes, at once."""
        self._motion.finish()

    def rebuild(self) -> None:
        self.finish_motion()
        focus = self.window().focusWidget()
        had_keyboard = focus is not None and self.isAncestorOf(focus)
        new = not self._panes.fits()
        if new:
            self._remove_parts()
            self._make_parts()
        self._panes.fill()
        self._panes.ask()
        self._winners = highlight.all_winners(self.shown)
        self._workings.start_over()
        self._shade()
        self._write_titles()
        self._show_workings()
        self._go_to_place()
        self._place(anew=True, into_sight=True)
        self._wants_keyboard |= new and had_keyboard

    def write(self) -> None:
        self._write_titles()
        self._show_workings()
        self._place(anew=True)

    def _write_titles(self) -> None:
        self._legend.set_caption(words.say("layers.shades"))
        self._panes.title()

    def _make_parts(self) -> None:
        self._curve = plot_part(
            self.state,
            lambda cells, gesture: self.edited.emit(self.shown.address("x"), cells, gesture),
            self,
        )
        signs = words.table("kinds").get(self.shown.layer.kind, {}).get("signs", {})
        self._panes = PaneSet(self, self.state, self._take_in)
        self._workings = Workings(self, self.state, self._refuse)
        self._arrangement = Arrangement(
            self, self._panes, self._workings, signs, self._curve, self._show_planes
        )

    def _remove_parts(self) -> None:
        for part in (self._panes, self._workings, self._arrangement):
            part.remove()
        if self._curve is not None:
            self._curve.hide()
            self._curve.deleteLater()

    def _take_in(self, port: str, pane: Pane[TensorGrid]) -> None:
        self._listen(port, pane.grid)
        self._new.append(pane)

    def _settle_in(self) -> None:
        """Give new panes their place in the keyboard's way, under the lines, and scroll them."""
        if not self._new:
            return
        grids: list[QWidget] = []
        for port, pane in self._panes:
            between = port == OUTPUT and pane is self._panes.first(OUTPUT)
            middle = [*self._workings.grids, *([self._curve] if self._curve else [])]
            grids += [*(middle if between else ()), pane.grid]
        for before, after in itertools.pairwise([self._after, *grids]):
            self.setTabOrder(before, after)
        self._connectors.raise_()
        new, self._new = self._new, []
        self._panes.scroll_to(self.state.pinned.marks, new)

    def _listen(self, port: str, grid: TensorGrid) -> None:
        model, state = grid.tensor_model, self.state
        pointed = OUTPUT if port in self._panes.besides else port
        grid.hovered.connect(
            lambda cell: state.point_at(pointed, model.tensor_index(*cell) if cell else None)
        )
        grid.pinned.connect(lambda cell: self._pin(pointed, grid, cell))
        grid.pinned.connect(lambda cell: self._reach(grid, *cell))
        grid.pinned.connect(lambda cell: self.visited.emit(port, model.tensor_index(*cell)))
        grid.refused.connect(lambda r, c, why: self._refuse(grid, r, c, why))
        grid.turned.connect(lambda by: self._turn(pointed, model.suffix, by))
        for bar in (grid.horizontalScrollBar(), grid.verticalScrollBar()):
            bar.valueChanged.connect(lambda _: self._scrolled.start())
        if port == "x":
            grid.grabbed.connect(self._take_window)
            grid.dragged.connect(self._drag_window)
        grid.set_brush(self._brush)
        grid.addActions(self._cell_actions)
        state.hidden.listen(port, grid)
        if grid.editable:
            grid.cells_edited.connect(
                lambda cells, gesture: self.edited.emit(self.shown.address(port), cells, gesture)
            )

    def _place(self, anew: bool = False, into_sight: bool = False) -> None:
        """Mark and join what is highlighted; place all first, where that needs it or is ``anew``.

        ``into_sight`` says that the planes and cells of the playback's place are to be seen. As
        with Qt's own layouts, all is placed once, when what may still change the size of the board
        has happened.
        """
        moves = self._arrangement.moves_for(self.state.highlight, into_sight) or anew
        if moves and not self._unplaced:
            self._unplaced = True
            QCoreApplication.postEvent(self, QEvent(_PLACE))
        if not self._unplaced:
            self._show_planes(into_sight)

    def finish_placing(self) -> None:
        """Place now what waits to be placed, unless all is to be shown anew."""
        if not self._unplaced or not self.up_to_date:
            self._unplaced = False
            return
        for _ in range(_LAYOUT_PASSES):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self._unplaced = False
        self._place_all()
        if self._wants_keyboard:
            self._wants_keyboard = False
            self.first_part.setFocus()

    def _place_all(self) -> None:
        self.finish_motion()
        below = self._legend.height() if self._legend.isVisibleTo(self) else 0
        self._arrangement.place(self.width(), self.height() - below, self.state.highlight)
        self._legend.move((self.width() - self._legend.width()) // 2, self.height() - below)
        self._connectors.setGeometry(self.rect())
        self._panes.lay_out()
        self._show_planes(into_sight=True)
        focus = self.window().focusWidget()
        for _, pane in self._panes:
            if pane.grid is focus:
                pane.grid.scrollTo(pane.grid.currentIndex())

    def event(self, event: QEvent) -> bool:
        if event.type() == _PLACE:
            self.finish_placing()
            return True
        return super().event(event)

    def _show_planes(self, into_sight: bool = False) -> None:
        found = self.state.highlight
        self._settle_in()
        self._panes.mark(highlight.with_winners(found.marks, self._winners, self.state.explains))
        if into_sight and found.port == OUTPUT:
            self._panes.scroll_to(found.marks)
            place = self._find(OUTPUT, self.state.playback.at)
            if self._moved and place is not None:
                self._reach(*place)
            self._moved = False
        self._draw_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.up_to_date and not self._unplaced:
            self._place_all()  # while the window is pulled, Qt paints at once

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.finish_motion()

    # --- following -------------------------------------------------------------------------------

    def follow(self, old: Snapshot, new: Snapshot, change: Change | None) -> None:
        before = self._motion.before(self._panes)
        outgrown = change is not None and self._panes.refresh(change)
        if change is not None:
            if self._winners:
                self._winners = highlight.all_winners(self.shown)
            self._shade()
        if old.hidden != new.hidden:
            self._panes.ask()
            self._shade()
        if old.place != new.place:
            touched = self.state.playback.touched_since(old.place)
            for port in (OUTPUT, *self._panes.besides):
                self._panes.repaint(port, touched)
            self._go_to_place()
            self._moved = True
        self._show_workings()
        anew = outgrown or old.hidden != new.hidden
        self._place(anew, into_sight=old.place != new.place)
        if before is not None and old.place != new.place and not self._unplaced:
            self._motion.start(before, self._panes, self._workings, old.highlight, new.highlight)

    def _go_to_place(self) -> None:
        """Make the output that the playback is at the current cell of its grid."""
        at = self.state.playback.at
        for port in (OUTPUT, *self._panes.besides):
            grid = self._panes.pane_of(port, at).grid
            cell = grid.tensor_model.cell_of(at)
            if cell is not None:
                grid.go_to(*cell)

    def _show_workings(self) -> None:
        found = self.state.highlight
        self._workings.show(found)
        if self._curve is not None:
            self._curve.show_highlight(found)

    # --- pointing --------------------------------------------------------------------------------

    def _pin(self, port: str, grid: TensorGrid, cell: tuple[int, int]) -> None:
        if not grid.tensor_model.is_padding(*cell):
            self.state.pin(port, grid.tensor_model.tensor_index(*cell))

    def _take_window(self) -> None:
        self._taken = self.state.playback.at

    def _drag_window(self, rows: float, columns: float) -> None:
        """Go to the output whose window is nearest to where its own has been dragged."""
        windows = zip(self.shown.windows, self._taken, (rows, columns), strict=False)
        place = (window.nearest(window.reads(n).start + by) for window, n, by in windows)
        at = (*place, *self._taken[2:])
        if at != self.state.playback.at:
            self.state.pin(OUTPUT, at)

    def _turn(self, port: str, suffix: Index, by: int) -> None:
        """Go to the next plane: of the input another channel, else another map and its filter."""
        wanted = (*suffix[:-1], suffix[-1] + by) if suffix else ()
        pane = self._panes.panes[port].get(wanted)
        if pane is None:
            return
        at = self.state.playback.at
        maps = self.shown.shapes[OUTPUT][2:]
        if port != "x" and maps and wanted and wanted[-1] < maps[-1]:
            self.state.playback.point_at((*at[:-1], wanted[-1]))
        self._arrangement.bring(port, wanted)
        self._place()
        self.finish_placing()
        pane.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- drawing ---------------------------------------------------------------------------------

    def _draw_lines(self) -> None:
        """Join what is highlighted; it comes after all scrolling."""
        self._scrolled.stop()
        self.finish_motion()
        if not self.up_to_date:  # grids that are on their way out scroll, too
            return
        found = self.state.highlight
        lines: Iterable[Connector] = ()
        if found.port == OUTPUT and self._curve is not None:
            lines = self._curve.lines(self._panes, found)
        elif found.port == OUTPUT:
            parts = (self._panes, self._workings, self._arrangement)
            lines = connector_routes.lines(*parts, found)
        if (wanted := tuple(lines)) != self._connectors.lines:
            self._connectors.set_lines(wanted)

    def _find(self, port: str, index: Index) -> tuple[GridView, int, int] | None:
        """Return a cell's grid, row and column; a product is known by its step and its place."""
        if port == PRODUCTS:
            return self._workings.find(*index)
        if port not in self._panes.panes or index[2:] not in self._panes.panes[port]:
            return None
        grid = self._panes.pane_of(port, index).grid
        cell = grid.tensor_model.cell_of(index)
        return (grid, *cell) if cell is not None else None

    def _shade(self) -> None:
        self._panes.shade(self._legend.isVisibleTo(self))

    def _refuse(self, grid: GridView, row: int, column: int, why: Refusal) -> None:
        self._say(grid, row, column, words.explain(why))

    def _reach(self, grid: GridView, row: int, column: int) -> None:
        self.reached.emit(grid.cell_rect(row, column).translated(grid.pos()))

    def _say(self, grid: GridView, row: int, column: int, text: str) -> None:
        self.said.emit(text, grid.cell_rect(row, column).translated(grid.pos()))
