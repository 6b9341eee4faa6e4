"""A table of cells that can be highlighted: the base of every grid on a board."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QTableView, QWidget

from cnn_tutor.widgets.grids.answer_model import AnswerModel, ModelIndex
from cnn_tutor.widgets.grids.marks import Mark, Marks
from cnn_tutor.widgets.grids.outlines import beside, runs
from cnn_tutor.widgets.style.focus_ring import rings_itself
from cnn_tutor.widgets.style.shades import Shading
from cnn_tutor.widgets.style.sizes import DIGIT

_SINGLE_UPDATES = 40
"""More cells whose mark has changed are not painted one by one, but with all others."""


class GridView(QTableView):
    """A table without headers whose cells all have one size; says which cell is pointed at."""

    hovered = Signal(object)
    """Emitted with the (row, column) under the pointer, or None when it has left the grid."""

    pinned = Signal(object)
    """Emitted with the (row, column) that was clicked or reached with the arrow keys."""

    answered = Signal(object, float)
    """Emitted with the index of a cell that is asked for and the number that was written there."""

    taken_back = Signal(object)
    """Emitted with the index of a cell that is asked for; what was written there is forgotten."""

    refused = Signal(int, int, object)
    """Emitted with a row, a column and the Refusal that says why not all was written."""

    def __init__(self, model: AnswerModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rings_itself(self)
        model.setParent(self)
        self._answers = model
        self.marks: dict[tuple[int, int], Mark] = {}
        """The cells that stand out, and why."""
        self._marked: dict[Mark, frozenset[tuple[int, int]]] = {}
        self._pointed: tuple[int, int] | None = None
        self._quiet = False
        self._block = False
        self.in_menu = False
        """Whether a menu about its cells is open, which takes the keyboard for a while."""
        self.posing = False
        """Whether a picture is being taken of it."""
        self.shading: Shading | None = None
        """How its cells are coloured by their numbers; None where they aren't."""
        self.reads: frozenset[tuple[int, int]] = frozenset()
        """The cells that the output which is looked at reads. While something else is pointed at,
        their outline is faint."""
        self.slide = QPoint()
        """How far from its place the outline of the window is painted, in pixels: it is moving."""
        self._longest = 1
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setTabKeyNavigation(False)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        self.setModel(model)  # which calls methods that need all of the above

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        was_open = self.state() == self.State.EditingState
        super().inputMethodEvent(event)
        # Qt opens the editor for what an input method commits at once, but then drops it.
        editor = self.viewport().findChild(QLineEdit)
        if not was_open and editor is not None and event.commitString():
            editor.setText(event.commitString())

    def set_cell_size(self, width: int, height: int) -> None:
        """Make every cell this many pixels wide and high."""
        across, down = self.horizontalHeader(), self.verticalHeader()
        if across.defaultSectionSize() != width:
            across.setDefaultSectionSize(width)
        if down.defaultSectionSize() != height:
            down.setDefaultSectionSize(height)

    def set_longest(self, letters: int) -> None:
        """Say how long the longest text of a cell is, for all of them to have one size."""
        if letters != self._longest:
            self._longest = letters
            self.viewport().update()

    def text_size(self, width: int, wanted: int) -> int:
        """Return the height in pixels at which the longest text fits a width: ``wanted`` at most.

        It is an estimate from the usual width of a digit; a delegate still fits each text.
        """
        return min(wanted, int(width / (self._longest * DIGIT)))

    def cell_size(self) -> tuple[int, int]:
        """Return the width and height of a cell in pixels."""
        across, down = self.horizontalHeader(), self.verticalHeader()
        return across.defaultSectionSize(), down.defaultSectionSize()

    def cell_rect(self, row: int, column: int) -> QRect:
        """Return where a cell is, in this widget; it may be scrolled out of sight."""
        # Not asked of the table, which only knows once it has laid itself out.
        width, height = self.cell_size()
        x = column * width - self.horizontalScrollBar().value()
        y = row * height - self.verticalScrollBar().value()
        return QRect(x, y, width, height).translated(self.viewport().pos())

    def ground_rect(self, row: int, column: int) -> QRect:
        """Return where a cell is in the viewport, which is what is painted on."""
        return self.cell_rect(row, column).translated(-self.viewport().pos())

    def update_cell(self, row: int, column: int) -> None:
        """Paint a cell again, as soon as there is time."""
        over = self._over
        self.viewport().update(self.ground_rect(row, column).adjusted(-over, -over, over, over))

    @property
    def _over(self) -> int:
        """How far rings reach over a cell's edge: a little where pixels are not the screen's."""
        return 0 if self.devicePixelRatioF() == 1 else 1

    def cells_in(self, part: QRect) -> tuple[range, range]:
        """Return the rows and the columns that lie in a part of the viewport."""
        width, height = self.cell_size()
        inside = part.translated(-self.ground_rect(0, 0).topLeft())
        rows = range(max(0, inside.top() // height), inside.bottom() // height + 1)
        columns = range(max(0, inside.left() // width), inside.right() // width + 1)
        model = self.model()
        rows = range(rows.start, min(rows.stop, model.rowCount()))
        return rows, range(columns.start, min(columns.stop, model.columnCount()))

    def kept_clear(self) -> list[QRect]:
        """Return where the cells in sight are that the learner is asked for."""
        rows, columns = self.cells_in(self.viewport().rect())
        cells = itertools.product(rows, columns)
        return [self.cell_rect(*cell) for cell in cells if self.is_asked(*cell)]

    def is_asked(self, row: int, column: int) -> bool:
        """Say whether the learner is asked for a cell, answered or not."""
        return self._answers.is_asked(row, column)

    def allow_composing(self) -> None:
        """Let letters be composed where the keyboard's cell takes any.

        Qt finds out whether it does only when it comes to a cell.
        """
        editable = bool(self._answers.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, editable)

    def chosen(self, rows: range, columns: range) -> set[tuple[int, int]]:
        """Return, of some cells, the keyboard's and those that are selected with it."""
        if not self._has_keyboard:
            return set()
        current = self.currentIndex()
        found = {(current.row(), current.column())}
        if not self._block:
            return found
        for part in self.selectionModel().selection().toList():
            down = range(max(rows.start, part.top()), min(rows.stop, part.bottom() + 1))
            across = range(max(columns.start, part.left()), min(columns.stop, part.right() + 1))
            found.update(itertools.product(down, across))
        return found

    def cells_marked(self, mark: Mark) -> frozenset[tuple[int, int]]:
        """Return the cells that have a mark; worked out once for all that is painted of them."""
        if mark not in self._marked:
            wanted = int(mark)
            found = (cell for cell, marks in self.marks.items() if int(marks) & wanted)
            self._marked[mark] = frozenset(found)
        return self._marked[mark]

    def set_marks(self, marks: Marks) -> None:
        """Mark these cells and no others; only cells whose mark changes are painted again."""
        old, self.marks = self.marks, dict(marks)
        self._marked.clear()
        changed = [
            cell for cell in old.keys() | self.marks.keys() if old.get(cell) != self.marks.get(cell)
        ]
        if len(changed) > _SINGLE_UPDATES:  # to paint them all anew is less work than to name each
            self.viewport().update()
            return
        self._update_with_outline(changed, self.marks.keys())

    def set_reads(self, cells: Iterable[tuple[int, int]]) -> None:
        """Say which cells the output that is looked at reads."""
        old, self.reads = self.reads, frozenset(cells)
        self._update_with_outline(old ^ self.reads, self.reads)

    @property
    def corner(self) -> tuple[int, int]:
        """The first row and column of what is read, which must be something."""
        rows, columns = zip(*self.reads, strict=True)
        return min(rows), min(columns)

    def set_slide(self, slide: QPoint) -> None:
        """Paint the outline of the window so far from its place."""
        if slide != self.slide and self.reads:
            rows, columns = zip(*self.reads, strict=True)
            where = self.ground_rect(*self.corner) | self.ground_rect(max(rows), max(columns))
            for way in (self.slide, slide):
                self.viewport().update(where.translated(way))
            self.slide = slide

    def set_shading(self, shading: Shading | None) -> None:
        """Colour the cells by their numbers."""
        if shading != self.shading:
            self.shading = shading
            self.viewport().update()

    def _update_with_outline(
        self, changed: Collection[tuple[int, int]], outlined: Collection[tuple[int, int]]
    ) -> None:
        """Paint cells again, and those beside them whose outline may have come or gone."""
        cells = {*changed, *(cell for cell in beside(changed) if cell in outlined)}
        over, region = self._over, QRegion()
        for run in runs(cells, self.ground_rect(0, 0)):
            region += run.adjusted(-over, -over, over, over)
        self.viewport().update(region)

    def mark(self, row: int, column: int) -> Mark:
        """Return why a cell stands out."""
        return self.marks.get((row, column), Mark.NONE)

    def has_cursor(self, index: ModelIndex) -> bool:
        """Say whether the keyboard is at a cell of this grid."""
        return self._has_keyboard and index == self.currentIndex()

    def in_block(self, index: ModelIndex) -> bool:
        """Say whether a cell is one of several that are selected."""
        return self._block and self._has_keyboard and self.selectionModel().isSelected(index)

    def go_to(self, row: int, column: int) -> None:
        """Move the keyboard's cell without saying that it was pinned."""
        index = self.model().index(row, column)
        if index != self.currentIndex() or not self.selectionModel().isSelected(index):
            select = QItemSelectionModel.SelectionFlag.ClearAndSelect
            with self._quietly():
                self.selectionModel().setCurrentIndex(index, select)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._cell_at(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        with self._quietly():  # one click, one announcement
            super().mousePressEvent(event)
        cell = self._cell_at(event.position().toPoint())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pinned.emit(cell)

    def focusInEvent(self, event: QFocusEvent) -> None:
        with self._quietly():  # Qt goes to a cell, but nobody has pointed at it yet
            super().focusInEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        ranges = self.selectionModel().selection().toList()
        was, self._block = self._block, sum(r.width() * r.height() for r in ranges) > 1
        if was or self._block:  # a cell looks different once others are selected with it
            self.viewport().update()

    def currentChanged(self, current: ModelIndex, previous: ModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus() and not self._quiet:
            self.pinned.emit((current.row(), current.column()))

    @property
    def _has_keyboard(self) -> bool:
        """Whether the keyboard's cell and what is selected stand out; they do in no picture."""
        return (self.hasFocus() or self.in_menu) and not self.posing

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        was, self._quiet = self._quiet, True
        yield
        self._quiet = was

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        index = self.indexAt(point)
        return (index.row(), index.column()) if index.isValid() else None

    def _point_at(self, cell: tuple[int, int] | None) -> None:
        if cell != self._pointed:
            self._pointed = cell
            self.hovered.emit(cell)
