"""What can be done to the selected cells of a grid, however it is asked for."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.widgets.controls.gestures import GridCell
from cnn_tutor.widgets.grids import clipboard
from cnn_tutor.widgets.grids.grid_view import GridView
from cnn_tutor.widgets.grids.tensor_model import TensorModel

Explains = Callable[[Index], bool]
"""Says of the index of a cell whether it may be seen what it has to do with others."""

Fill = Callable[[int, int], Array]
"""Returns the numbers for a block of some rows and columns."""


class CellEditing(GridView):
    """A grid whose selected cells can be copied, pasted, cleared, nudged and turned over.

    It says what the learner wants to write and never writes itself.
    """

    cells_edited = Signal(object, int)
    """Emitted with numbers by their index in the tensor, and the gesture they belong to."""

    marked = Signal(object, bool)
    """Emitted with the index of a cell that can be marked, and whether it is to be."""

    def __init__(
        self, model: TensorModel, explains: Explains, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, parent)
        self._model, self._explains = model, explains

    @property
    def tensor_model(self) -> TensorModel:
        """The numbers it shows."""
        return self._model

    @property
    def editor(self) -> QLineEdit | None:
        """The line in which a cell is being edited; None while none is."""
        editing = self.state() == self.State.EditingState
        return self.viewport().findChild(QLineEdit) if editing else None

    @property
    def editable(self) -> bool:
        """Whether the learner can change its cells."""
        return self._model.editable

    @property
    def can_paste(self) -> bool:
        """Whether what is copied can be written into the selected cells."""
        return self.editable or any(self._takes_typing(*cell) for cell in self._selected)

    def can_explain(self, row: int, column: int) -> bool:
        """Say whether it may be seen what a cell has to do with others."""
        shown = self._model.number(row, column) is not None
        return shown and self._explains(self._model.tensor_index(row, column))

    def copy(self) -> None:
        """Copy the selected cells as a block for a spreadsheet; what is between them is empty."""
        numbers = {cell: self._model.number(*cell) for cell in self._selected}
        if numbers:
            down, across = _block(numbers)
            clipboard.put([[numbers.get((row, column)) for column in across] for row in down])

    def cut(self) -> None:
        """Copy the selected cells and make them 0; what is computed is only copied."""
        self.copy()
        if self.editable:
            self.clear_cells()

    def paste(self) -> None:
        """Write the block on the clipboard, its first cell onto the first chosen one."""
        chosen = self._selected
        asked = len(chosen) == 1 and self._takes_typing(*chosen[0])
        if not chosen or not (self.editable or asked):
            return
        try:
            targets = clipboard.laid_out(clipboard.take(), chosen)
        except Refusal as refusal:
            self.refused.emit(*min(chosen), refusal)
            return
        if not self.editable:
            if len(targets) == 1:  # of several numbers nobody knows which one is the answer
                self.answered.emit(self._model.tensor_index(*chosen[0]), targets[chosen[0]])
            return
        fitting = {cell: value for cell, value in targets.items() if self._writable(*cell)}
        for value in fitting.values():
            if not self._model.takes(value):
                self.refused.emit(*min(chosen), Refusal("not_a_switch", value=value))
                return
        self._write(fitting)
        left_out = len(targets) - len(fitting)
        if left_out:
            self.refused.emit(*min(chosen), Refusal("paste_cut", count=left_out))

    def clear_cells(self) -> None:
        """Make the selected cells 0, and take back what was written into those asked for."""
        for cell in [] if self.editable else self._selected:
            if self._takes_typing(*cell):
                self.taken_back.emit(self._model.tensor_index(*cell))
        self._write(dict.fromkeys(self._selected, 0.0))

    def fill(self, fill: Fill, whole: bool = False) -> None:
        """Write numbers into the selected cells, or into all of them, laid out over their block."""
        rows, columns = range(self._model.rowCount()), range(self._model.columnCount())
        chosen = list(itertools.product(rows, columns)) if whole else self._selected
        cells = [cell for cell in chosen if self._writable(*cell)]
        if not cells:
            return
        down, across = _block(cells)
        values = fill(len(down), len(across))
        self._write({(r, c): float(values[r - down.start, c - across.start]) for r, c in cells})

    def fill_with(self, number: float) -> None:
        """Write one number into all selected cells."""
        self._write({cell: number for cell in self._selected if self._writable(*cell)})

    def nudge(self, by: float) -> None:
        """Add to the selected cells."""
        self._change(lambda number: self._model.nearest_taken(number + by))

    def turn_over(self) -> None:
        """Make the selected switches 0 where they are 1, and 1 where they are 0."""
        self._change(lambda number: 1.0 - number)

    def turn_marks_over(self) -> None:
        """Mark the selected cells that a mark is asked for in, or take their marks away."""
        states = {cell: self._model.marked(*cell) for cell in self._selected}
        cells = [cell for cell, state in states.items() if state is not None]
        for cell in cells:
            self.marked.emit(self._model.tensor_index(*cell), not states[cells[0]])

    def _change(self, change: Callable[[float], float]) -> None:
        cells = {cell: self._model.number(*cell) for cell in self._selected}
        self._write({cell: change(number) for cell, number in cells.items() if number is not None})

    def _write(self, cells: dict[tuple[int, int], float], gesture: int = 0) -> None:
        if self.editable and cells:
            values = {self._model.tensor_index(*cell): value for cell, value in cells.items()}
            self.cells_edited.emit(values, gesture)

    def _writable(self, row: int, column: int) -> bool:
        return self.editable and self._takes_typing(row, column)

    def _takes_typing(self, row: int, column: int) -> bool:
        """Say whether anything can be typed into a cell: a number, or an answer."""
        index = self._model.index(row, column)
        return bool(self._model.flags(index) & Qt.ItemFlag.ItemIsEditable)

    @property
    def selected(self) -> list[Index]:
        """The selected cells, by their index in the tensor."""
        return [self._model.tensor_index(*cell) for cell in sorted(self._selected)]

    @property
    def _selected(self) -> list[GridCell]:
        return [(index.row(), index.column()) for index in self.selectedIndexes()]


def _block(cells: Iterable[GridCell]) -> tuple[range, range]:
    """Return the rows and the columns of the smallest block around some cells."""
    rows, columns = zip(*cells, strict=True)
    return range(min(rows), max(rows) + 1), range(min(columns), max(columns) + 1)
