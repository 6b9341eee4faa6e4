"""The board of any layer: input, weights and output as an equation, and how it is worked out."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from cnn_tutor.document.document import Change, Document
from cnn_tutor.engine.explanation import Index
from cnn_tutor.pages.state import highlight
from cnn_tutor.pages.state.focus import Focus
from cnn_tutor.pages.state.highlight import Spotlight
from cnn_tutor.pages.state.shown_layer import OUTPUT, ShownLayer
from cnn_tutor.pages.views.cells import connector_routes
from cnn_tutor.pages.views.cells.arrangement import Arrangement
from cnn_tutor.pages.views.cells.board_cells import find
from cnn_tutor.pages.views.cells.curve_part import CurvePart
from cnn_tutor.pages.views.cells.pane import Pane
from cnn_tutor.pages.views.cells.pane_set import PaneSet
from cnn_tutor.pages.views.cells.workings import Workings
from cnn_tutor.study import words
from cnn_tutor.widgets.grids.grid_view import GridView
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.overlays.connectors import Connectors
from cnn_tutor.widgets.style.legend import Legend


class LayerBoard(QWidget):
    """Shows one layer of the document and lights up what belongs together.

    It knows no kind of layer: ports, shapes, windows and explanations are all it asks for.
    """

    edited = Signal(object, object, int)
    """An Address, the numbers that the learner wants there, and the gesture they belong to."""

    said = Signal(str, QRect)
    """A message for the learner, and the place on the board that it is about."""

    visited = Signal(str, object)
    """The port and the index of a cell that the keyboard has come to."""

    def __init__(
        self, document: Document, shown: ShownLayer, focus: Focus, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._shown, self._focus = document, shown, focus
        self._set: PaneSet | None = None
        self._parts: tuple[Workings, Arrangement] | None = None
        self._built: tuple[object, str] = (None, "")
        self._new: list[Pane[TensorGrid]] = []
        """The panes that were made last."""
        self._curve: CurvePart | None = None
        self.comes_after: QWidget | None = None
        """What the keyboard leaves for the first grid."""
        self._winners: dict[Index, tuple[Index, ...]] = {}
        self._legend = Legend(self)
        self._legend.hide()
        self._connectors = Connectors(self)
        self._brush = False
        self._rebuild()
        document.replaced.connect(self._rebuild)
        shown.changed.connect(self._rebuild)
        document.changed.connect(self._refresh)
        focus.changed.connect(self._show_light)
        focus.playback.moved.connect(self._follow)
        focus.questions.changed.connect(self._ask)

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first: a cell that is asked for, or else the input."""
        at = self._focus.questions.open
        place = find(self._panes, self._workings, *at) if at else None
        return place[0] if place else self._panes.first("x").grid

    def set_shaded(self, shaded: bool) -> None:
        """Colour all cells by their numbers, or leave them plain."""
        self._legend.setVisible(shaded)
        self._shade()
        self._place()

    def set_brush(self, on: bool) -> None:
        """Let drags over cells paint, or select again."""
        self._brush = on
        for _, pane in self._panes:
            pane.grid.set_brush(on)

    def say_at(self, port: str, index: Index, text: str) -> None:
        """Say something about a cell, next to it."""
        place = find(self._panes, self._workings, port, index)
        if place is not None:
            self._say(*place, text)

    def go_to(self, port: str, index: Index) -> None:
        """Bring the keyboard to a cell."""
        place = find(self._panes, self._workings, port, index)
        if place is not None:
            grid, row, column = place
            grid.go_to(row, column)
            grid.setFocus(Qt.FocusReason.OtherFocusReason)
            self.visited.emit(port, index)

    def retranslate(self) -> None:
        """Write every title in the language that is on."""
        self._legend.set_caption(words.say("layers.shades"))
        self._title()
        self._place()
        self._show_light(self._focus.light)

    # --- building and placing --------------------------------------------------------------------

    def _rebuild(self) -> None:
        """Show the document's layer anew: it is another, or its shapes or settings are."""
        if self._set is None or not self._set.fits():
            self._make_parts()
        self._built = (self._document.evaluation, self._shown.name)
        self._panes.fill(self._focus.playback.reached)
        self._panes.ask(self._focus.questions)
        self._winners = highlight.all_winners(self._shown)
        self._workings.start_over()
        self._workings.show(self._focus.light)
        self._title()
        self._shade()
        self._place()
        self._show_light(self._focus.light)

    def _make_parts(self) -> None:
        focus = self.window().focusWidget()
        had_keyboard = focus is not None and self.isAncestorOf(focus)
        if self._set is not None and self._parts is not None:
            for part in (self._set, *self._parts):
                part.remove()
        if self._curve is not None:
            self._curve.hide()
            self._curve.deleteLater()
        plotted = type(self._shown.layer).plotted
        self._curve = CurvePart(self._shown, self) if plotted else None
        signs = words.table("kinds").get(self._shown.layer.kind, {}).get("signs", {})
        self._set = PaneSet(self, self._shown, self._take_in)
        workings = Workings(self, self._shown, self._focus.questions, self._focus.point_at_term)
        workings.refused = lambda pane, r, c, why: self._say(pane.grid, r, c, words.explain(why))
        workings.show(self._focus.light)
        arrangement = Arrangement(self, self._set, workings, signs, self._curve)
        arrangement.picked = self._show_planes
        self._parts = (workings, arrangement)
        if had_keyboard:
            self.first_part.setFocus()

    def _take_in(self, port: str, pane: Pane[TensorGrid]) -> None:
        """Take a new pane on the board."""
        self._listen(port, pane.grid)
        self._new.append(pane)

    def _settle_in(self) -> None:
        """Give new panes their place: in the keyboard's way through the window, under the lines."""
        if not self._new:
            return
        grids: list[QWidget] = []
        for port, pane in self._panes:
            between = port == OUTPUT and pane is self._panes.first(OUTPUT)
            grids += [*(self._workings.grids if between else ()), pane.grid]
        for before, after in itertools.pairwise([self.comes_after or grids[0], *grids]):
            self.setTabOrder(before, after)
        self._connectors.raise_()
        new, self._new = self._new, []
        QTimer.singleShot(0, self, lambda: self._begin_at_playback(new))

    def _begin_at_playback(self, new: list[Pane[TensorGrid]]) -> None:
        """Scroll new panes, once the tables have laid themselves out, to the playback's place."""
        self._panes.scroll_to(self._focus.pinned.marks, new)
        self._draw_lines()

    def _listen(self, port: str, grid: TensorGrid) -> None:
        model = grid.tensor_model
        pointed = OUTPUT if port in self._panes.besides else port
        grid.hovered.connect(
            lambda cell: self._focus.point_at(pointed, model.tensor_index(*cell) if cell else None)
        )
        grid.pinned.connect(lambda cell: self._pin(pointed, grid, cell))
        grid.pinned.connect(lambda cell: self.visited.emit(port, model.tensor_index(*cell)))
        grid.refused.connect(lambda r, c, why: self._say(grid, r, c, words.explain(why)))
        grid.turned.connect(lambda by: self._turn(pointed, model.suffix, by))
        grid.horizontalScrollBar().valueChanged.connect(self._draw_lines)
        grid.verticalScrollBar().valueChanged.connect(self._draw_lines)
        grid.explains = lambda at: self._explains(pointed, at)
        grid.set_brush(self._brush)
        self._focus.questions.listen(port, grid)
        if grid.editable:
            grid.cells_edited.connect(
                lambda cells, gesture: self.edited.emit(self._shown.address(port), cells, gesture)
            )

    def _place(self) -> None:
        below = self._legend.height() if self._legend.isVisibleTo(self) else 0
        self._arrangement.place(self.width(), self.height() - below, self._focus.light)
        self._legend.move((self.width() - self._legend.width()) // 2, self.height() - below)
        self._connectors.setGeometry(self.rect())
        self._show_planes()
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

    # --- following the document and the playback ------------------------------------------------

    def _refresh(self, change: Change) -> None:
        """Paint again what an edit of cells reached."""
        outgrown = self._panes.refresh(change)
        if self._winners:
            self._winners = highlight.all_winners(self._shown)
            self._show_planes()
        if outgrown:
            self._place()
        self._shade()

    def _follow(self) -> None:
        """Show the place that the playback has come to."""
        at = self._focus.playback.at
        for port in (OUTPUT, *self._panes.besides):
            self._panes.repaint(port, self._focus.playback.touched)
            pane = self._panes.pane_of(port, at)
            cell = pane.grid.tensor_model.cell_of(at)
            if cell is not None:
                pane.grid.go_to(*cell)
        self._arrangement.follow(self._focus.light, into_sight=True)
        self._scroll_into_sight()
        self._show_planes()

    def _ask(self) -> None:
        """Show what is asked for now, and what has been answered."""
        self._panes.ask(self._focus.questions)
        self._place()

    # --- lighting --------------------------------------------------------------------------------

    def _pin(self, port: str, grid: TensorGrid, cell: tuple[int, int]) -> None:
        if not grid.tensor_model.is_padding(*cell):
            self._focus.pin(port, grid.tensor_model.tensor_index(*cell))

    def _explains(self, port: str, at: Index) -> bool:
        return self._focus.tells(at) if port == OUTPUT else self._focus.questions.lit

    def _turn(self, port: str, suffix: Index, by: int) -> None:
        """Go to the next plane: of the input another channel, else another map and its filter."""
        wanted = (*suffix[:-1], suffix[-1] + by) if suffix else ()
        pane = self._panes.panes[port].get(wanted)
        if pane is None:
            return
        at = self._focus.playback.at
        maps = self._shown.shapes[OUTPUT][2:]
        if port != "x" and maps and wanted and wanted[-1] < maps[-1]:
            self._focus.playback.point_at((*at[:-1], wanted[-1]))
        self._arrangement.bring(port, wanted)
        self._show_planes()
        pane.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_light(self, light: Spotlight) -> None:
        self._workings.show(light)
        if self._curve is not None:
            self._curve.show_light(light)
        self._arrangement.follow(light, into_sight=False)
        self._show_planes()

    def _show_planes(self) -> None:
        """Mark and join what stands on the board now."""
        marks = highlight.with_winners(self._focus.light.marks, self._winners, self._focus.tells)
        self._settle_in()
        self._panes.mark(marks)
        self._draw_lines()

    def _scroll_into_sight(self) -> None:
        """Bring the window and the output cell of the playback's place into sight."""
        if self._focus.light.port == OUTPUT:
            self._panes.scroll_to(self._focus.light.marks)

    def _draw_lines(self) -> None:
        # Grids that are on their way out scroll, too, while the light is on other work already.
        if self._built != (self._document.evaluation, self._shown.name):
            return
        parts = (self._panes, self._workings, self._arrangement)
        at_output, plotted = self._focus.light.port == OUTPUT, self._curve is not None
        lines = connector_routes.lines(*parts, self._focus.light, plotted) if at_output else ()
        self._connectors.set_lines(tuple(lines))

    def _shade(self) -> None:
        self._panes.shade(self._legend.isVisibleTo(self))

    def _title(self) -> None:
        self._panes.title()
        self._workings.title()

    @property
    def _panes(self) -> PaneSet:
        assert self._set is not None
        return self._set

    @property
    def _workings(self) -> Workings:
        assert self._parts is not None
        return self._parts[0]

    @property
    def _arrangement(self) -> Arrangement:
        assert self._parts is not None
        return self._parts[1]

    def _say(self, grid: GridView, row: int, column: int, text: str) -> None:
        self.said.emit(text, grid.cell_rect(row, column).translated(grid.pos()))
