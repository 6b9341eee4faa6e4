"""The numbers of one grid: a plane of a tensor, with the padding around it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.region import Region
from cnn_tutor.engine.window import Pair
from cnn_tutor.project import limits
from cnn_tutor.study import numbers, words
from cnn_tutor.widgets.grids.answer_model import AnswerModel, ModelIndex

NO_PADS: tuple[Pair, Pair] = ((0, 0), (0, 0))

# Put together once: Qt asks for them with every cell that it paints.
_NONE = Qt.ItemFlag.NoItemFlags
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable


class TensorModel(AnswerModel):
    """One plane of a tensor as a table: rows and columns are its first two axes.

    ``suffix`` picks the place on the axes after those, such as the channel. A tensor with a
    single axis is one column. Cells of the padding stand around the plane and hold 0.
    """

    ringed = True
    """Whether all padding is the ring that :attr:`pads` makes."""

    edited = Signal(object)
    """Emitted with what the learner wants to write: numbers by their index in the tensor."""

    def __init__(
        self, editable: bool, parent: QObject | None = None, switches: bool = False
    ) -> None:
        super().__init__(parent)
        self.editable, self.switches = editable, switches
        self._tensor: Array = np.zeros((0, 0))
        self._plane = (0, 0)
        """The number of rows and of columns without the padding."""
        self.suffix: Index = ()
        """The place of this plane on the tensor's axes after rows and columns."""
        self._flat = False
        self.pads = NO_PADS
        """The rows of padding above and below, and the columns left and right."""
        self.padding: float | None = 0.0
        """What stands in the padding; None where that is left out."""
        self.visible: Callable[[Index], bool] | None = None
        """What says of each cell whether to show it; None where all are shown."""

    def show(
        self,
        tensor: Array,
        suffix: Index = (),
        pads: tuple[Pair, Pair] = NO_PADS,
        visible: Callable[[Index], bool] | None = None,
        padding: float | None = 0.0,
    ) -> None:
        """Show a tensor, which is looked at, not copied; ``visible`` says which cells to show.

        ``padding`` is what stands in the padding; None where that is left out.
        """
        self.beginResetModel()
        self._tensor, self._flat = tensor, tensor.ndim == 1
        self.suffix, self.pads, self.visible = suffix, pads, visible
        self.padding = padding
        height, width = self._plane = tensor.shape[0], 1 if self._flat else tensor.shape[1]
        self._size = (height + sum(pads[0]), width + sum(pads[1]))
        self.endResetModel()

    def number(self, row: int, column: int) -> float | None:
        """Return the number in a cell, None where nothing is shown yet or nothing is read."""
        if self.is_padding(row, column):
            return self.padding
        at, asked = self.tensor_index(row, column), self._asked
        hidden = self.visible is not None and not self.visible(at)
        if asked is not None and asked.is_asked(at):
            hidden = hidden or asked.marked(at) is None
        if hidden and not self.right(row, column):  # else the learner has found it out
            return None
        return float(self._tensor[at])

    def written(self, row: int, column: int) -> float | None:
        """Return the number in a cell, or what the learner wrongly takes for it."""
        number = self.number(row, column)
        return self.entry(row, column) if number is None else number

    def takes(self, number: float) -> bool:
        """Say whether a number can stand in a cell: a switch is 1 or 0."""
        return not self.switches or number in (0, 1)

    def read(self, text: str) -> float:
        number = super().read(text)
        limits.check_number(number)
        if not self.takes(number):
            raise Refusal("not_a_switch", value=number)
        return number

    def take(self, at: Index, number: float) -> None:
        if self.editable:
            self.edited.emit({at: number})
        else:
            super().take(at, number)

    def nearest_taken(self, number: float) -> float:
        """Return the number itself, or the nearest that a switch can be."""
        return min(1.0, max(0.0, number)) if self.switches else number

    def is_padding(self, row: int, column: int) -> bool:
        """Say whether a cell is padding."""
        height, width = self._plane
        (top, _), (left, _) = self.pads
        return not (top <= row < top + height and left <= column < left + width)

    def tensor_index(self, row: int, column: int) -> Index:
        """Return the index in the tensor of a cell; outside it for padding."""
        place = (row - self.pads[0][0], column - self.pads[1][0])
        return place[:1] if self._flat else (*place, *self.suffix)

    def cell_of(self, index: Index) -> tuple[int, int] | None:
        """Return the row and column of an index of the tensor, None if this plane lacks it."""
        if self._flat:
            return (index[0], 0)
        if index[2:] != self.suffix:
            return None
        cell = (index[0] + self.pads[0][0], index[1] + self.pads[1][0])
        inside = 0 <= cell[0] < self._size[0] and 0 <= cell[1] < self._size[1]
        return cell if inside else None

    def nearest(self, index: Index) -> tuple[int, int]:
        """Return the cell of this plane, not of its padding, that is nearest to an index."""
        place = (index[0], 0) if len(index) == 1 else index[:2]
        (top, _), (left, _) = self.pads
        row, column = (max(0, min(i, n - 1)) for i, n in zip(place, self._plane, strict=True))
        return row + top, column + left

    def refresh(self, region: Region) -> None:
        """Say that the numbers in a box of the tensor are others now."""
        box = (*region, slice(0, 1)) if self._flat else region
        if not all(p.start <= n < p.stop for p, n in zip(box[2:], self.suffix, strict=True)):
            return  # another plane of the tensor
        rows, columns = box[0], box[1]
        (top, _), (left, _) = self.pads
        first = self.index(rows.start + top, columns.start + left)
        last = self.index(rows.stop - 1 + top, columns.stop - 1 + left)
        self.dataChanged.emit(first, last)

    def flags(self, index: ModelIndex) -> Qt.ItemFlag:
        if not index.isValid() or self.is_padding(index.row(), index.column()):
            return _NONE
        if self.editable or self._asked is None:
            return _EDITABLE if self.editable else _PLAIN
        return _EDITABLE if self.takes_answer(index.row(), index.column()) else _PLAIN

    def _spoken(self, row: int, column: int) -> str:
        place = self.tensor_index(row, column)
        at = {"row": place[0], "column": place[1] if len(place) > 1 else 0}
        if self.is_padding(row, column):
            key = "outside_at" if self.padding is None else "padding_at"
            return words.say(f"layers.{key}", **at)
        number = self.number(row, column)
        if self.is_asked(row, column):
            return self._spoken_question(row, column, at)
        if number is None:
            return words.say("layers.blank_at", **at)
        return words.say("layers.value_at", value=number, **at)

    def _spoken_question(self, row: int, column: int, at: dict[str, int]) -> str:
        number, marked = self.number(row, column), self.marked(row, column)
        if marked is None:
            if number is None:
                return self._spoken_answer(row, column, at)
            return words.say("layers.answered_at", value=number, **at)
        value = numbers.UNKNOWN if number is None else number
        said = words.say(f"layers.{'marked_at' if marked else 'unmarked_at'}", value=value, **at)
        judged = {None: "", True: "mark_right", False: "mark_wrong"}[self.right(row, column)]
        return f"{said}{words.say(f'layers.{judged}')}" if marked and judged else said
