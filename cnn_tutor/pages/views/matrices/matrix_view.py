"""The layer as one product of matrices: patches as rows, filters as columns."""

from __future__ import annotations

import itertools
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cnn_tutor.document.document import Change, Document
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.engine.region import Region
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.state.lab_state import LabState, Snapshot
from cnn_tutor.pages.state.shading import shading
from cnn_tutor.pages.views.matrices import matrix_words
from cnn_tutor.pages.views.matrices.matrix_marks import MatrixMarks
from cnn_tutor.pages.views.matrices.matrix_panes import MatrixPanes
from cnn_tutor.pages.views.view import View
from cnn_tutor.study import words
from cnn_tutor.study.boards.views import MATRICES
from cnn_tutor.widgets.grids.matrix_grid import MatrixGrid
from cnn_tutor.widgets.overlays.notice import Notice


class MatrixView(View):
    """Shows what becomes of a layer when all its windows are written out one under the other.

    Every copy of an input cell is that cell: writing into one writes into all. Pointing at a
    patch, a filter or an output highlights the other two, and the patch on the input's picture.
    """

    key: ClassVar[str] = MATRICES

    def __init__(
        self, document: Document, state: LabState, parent: QWidget | None = None, tab: str = ""
    ) -> None:
        super().__init__(document, state, parent, tab)
        self._marks: MatrixMarks | None = None
        self._tap: tuple[int | None, int] | None = None
        self._brush = False
        self._hand = ""
        """The matrix that is pointed at: it must not scroll away under the pointer."""
        self._panes = MatrixPanes(self)
        self._panes.map.hovered.connect(lambda index: self._point("map", "x", index))
        self._panes.map.pinned.connect(lambda index: state.pin("x", index))
        for part, grid in self._panes.grids.items():
            self._listen(part, grid)
        for before, after in itertools.pairwise(self._panes.grids.values()):
            QWidget.setTabOrder(before, after)
        self._notice = Notice(self)

    @property
    def first_part(self) -> QWidget:
        return self._panes.grids["x"]

    def set_brush(self, on: bool) -> None:
        self._brush = on
        for grid in self._panes.grids.values():
            grid.set_brush(on)

    # --- building and following ------------------------------------------------------------------

    def rebuild(self) -> None:
        matrices = self.shown.matrices
        assert matrices is not None
        added = matrix_words.added_port(self.shown, matrices)
        self._marks, self._tap, self._hand = MatrixMarks(matrices, added), None, ""
        tensors, windows = self.shown.tensors, self.shown.windows
        sliding = len(windows) == 2
        self._panes.fill(matrices, added, tensors, self.state.shows, sliding)
        for part, port in self._panes.ports.items():
            model = self._panes.grids[part].matrix_model
            model.editable = bool(port) and self.shown.address(port) is not None
        self._shade()
        self.set_brush(self._brush)
        if sliding:
            pads = (windows[0].pads, windows[1].pads)
            self._panes.map.show_planes(tensors["x"], pads, matrix_words.channels(self.shown))
        self._notice.hide()
        self._go_along()
        self.write()
        self.show_highlight(self.state.highlight)

    def write(self) -> None:
        ports = self._panes.ports
        self._panes.write(
            matrix_words.names(self.shown, self._matrix_marks.matrices),
            {part: words.port(self.shown.layer.kind, port) for part, port in ports.items()},
            matrix_words.titles(self.shown, self._matrix_marks.matrices, ports),
        )
        self._place()

    def follow(self, old: Snapshot, new: Snapshot, change: Change | None) -> None:
        if old.place != new.place:
            self._go_along()
        if old.hidden != new.hidden:
            self._panes.grids[OUTPUT].viewport().update()
            self._shade()
        super().follow(old, new, change)

    def repaint_change(self, change: Change) -> None:
        ports, tensors = self._panes.ports, self.shown.tensors
        regions: dict[str, Region] = {}
        box = tuple(slice(min(axis), max(axis) + 1) for axis in zip(*change.cells, strict=True))
        for part, port in ports.items():
            if port and self.shown.address(port) == change.address:
                regions[part] = box
        for part, name in (("x", self.shown.before), (OUTPUT, self.shown.name)):
            if name in change.outputs:
                regions[part] = change.outputs[name]
        outgrown = False
        for part, region in regions.items():
            self._panes.grids[part].matrix_model.refresh(region)
            outgrown |= self._panes.outgrown(part, tensors[ports[part]][region])
        if "x" in regions:
            self._panes.map.refresh()
        self._shade()
        if outgrown:
            self._place()
        self._notice.hide()

    def _shade(self) -> None:
        """Colour all cells quietly by their numbers."""
        for part, port in self._panes.ports.items():
            tint = shading(self.state, port, self.shown.tensors[port]) if port else None
            self._panes.grids[part].set_shading(tint)
        self._panes.map.set_shading(shading(self.state, "x", self.shown.tensors["x"]))

    def show_highlight(self, found: Highlight) -> None:
        marks = self._matrix_marks.of(found, self._tap)
        grids = self._panes.grids
        for part, grid in grids.items():
            grid.set_marks(marks.grids[part])
        grids["x"].highlight(marks.rows, marks.taps)
        grids["kernel"].highlight(marks.taps, marks.filters)
        grids[OUTPUT].highlight(marks.rows, marks.filters)
        self._panes.map.set_marks(marks.picture)
        self._reveal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._marks is not None:
            self._place()

    def _place(self) -> None:
        self._panes.arrange(self.width(), self.height())
        self._reveal()
        QTimer.singleShot(0, self, self._reveal)  # the tables have laid themselves out then

    def _go_along(self) -> None:
        """Show what the playback has reached, and go where it is."""
        row, column = self._pinned
        grids = self._panes.grids
        grids[OUTPUT].viewport().update()
        grids[OUTPUT].go_to(row, column)
        # Typing in another matrix goes on in the patch and the filter that are highlighted.
        patches = grids["x"].matrix_model
        tap = max(0, grids["x"].currentIndex().column())
        taps = (tap, *range(patches.columnCount()))
        inside = next((k for k in taps if not patches.is_padding(row, k)), None)
        if inside is not None:
            grids["x"].go_to(row, inside)
        grids["kernel"].go_to(max(0, grids["kernel"].currentIndex().row()), column)

    def _reveal(self) -> None:
        """Bring the highlighted row and column into sight where nobody is pointing."""
        found = self.state.highlight
        if not self.up_to_date or found.port != OUTPUT:
            return
        row, column = self._matrix_marks.matrices.place(found.at)
        grids, linked = self._panes.grids, ("x", OUTPUT)
        if self._hand not in linked:
            grids["x"].reveal(row, None)
            grids[OUTPUT].reveal(row, column)
        if self._hand != "kernel":
            grids["kernel"].reveal(None, column)

    # --- pointing --------------------------------------------------------------------------------

    def _listen(self, part: str, grid: MatrixGrid) -> None:
        def point_at_name(row: int | None, column: int | None) -> None:
            self._point(part, *self._named(part, row, column))

        def pin_name(row: int | None, column: int | None) -> None:
            port, index = self._named(part, row, column)
            if index is not None:
                self.state.pin(port, index)

        grid.hovered.connect(lambda cell: self._point_at_cell(part, cell))
        grid.pinned.connect(lambda cell: self.state.pin(*self._meant(part, *cell)))
        grid.rows.hovered.connect(lambda row: point_at_name(row, None))
        grid.columns.hovered.connect(lambda column: point_at_name(None, column))
        grid.rows.pinned.connect(lambda row: pin_name(row, None))
        grid.columns.pinned.connect(lambda column: pin_name(None, column))
        grid.refused.connect(lambda row, column, why: self._refuse(grid, row, column, why))
        if part != OUTPUT:
            grid.cells_edited.connect(lambda cells, gesture: self._announce(part, cells, gesture))

    def _announce(self, part: str, cells: dict[Index, float], gesture: int) -> None:
        self.edited.emit(self.shown.address(self._panes.ports[part]), cells, gesture)

    def _point_at_cell(self, part: str, cell: tuple[int, int] | None) -> None:
        if cell is None:
            self._point("", OUTPUT, None)
            return
        port, index = self._meant(part, *cell)
        tap: tuple[int | None, int] | None = None
        if part in ("x", "kernel") and self.state.can_highlight(index):
            tap = cell if part == "x" else (None, cell[0])
        self._point(part, port, index, tap)

    def _point(
        self,
        part: str,
        port: str,
        index: Index | None,
        tap: tuple[int | None, int] | None = None,
    ) -> None:
        self._hand = part if index is not None else ""
        self._tap = tap
        self.state.point_at(port, index)

    def _meant(self, part: str, row: int, column: int) -> tuple[str, Index]:
        """What a cell stands for: the output that its row or column makes with the pinned one."""
        at = self._pinned
        if part == "added":
            return self._panes.ports[part], (column,)
        place = {"x": (row, at[1]), "kernel": (at[0], column)}.get(part, (row, column))
        return OUTPUT, self._matrix_marks.matrices.output(*place)

    def _named(self, part: str, row: int | None, column: int | None) -> tuple[str, Index | None]:
        """What the name of a row or a column stands for: an output, or one weight of all."""
        if row is None and column is None:
            return OUTPUT, None
        matrices, at = self._matrix_marks.matrices, self._pinned
        tap = {"x": column, "kernel": row}.get(part)
        if tap is not None:
            return matrices.port, tuple(matrices.columns[tap, at[1]].tolist())
        return OUTPUT, matrices.output(
            at[0] if row is None else row, at[1] if column is None else column
        )

    @property
    def _pinned(self) -> tuple[int, int]:
        """The row and the column of the output that the playback is at."""
        return self._matrix_marks.matrices.place(self.state.playback.at)

    @property
    def _matrix_marks(self) -> MatrixMarks:
        assert self._marks is not None
        return self._marks

    def _refuse(self, grid: MatrixGrid, row: int, column: int, why: Refusal) -> None:
        self._notice.say(words.explain(why), grid.cell_rect(row, column).translated(grid.pos()))
