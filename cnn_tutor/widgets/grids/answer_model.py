"""A table of numbers, some of which the learner is asked for."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.study import numbers, words

ModelIndex = QModelIndex | QPersistentModelIndex


class Asked(Protocol):
    """What a grid has to know of the cells that the learner is asked for."""

    def is_asked(self, at: Index) -> bool:
        """Say whether a cell is asked for, answered or not."""

    def entry(self, at: Index) -> float | None:
        """Return what was written last into a cell; None where nothing is."""

    def right(self, at: Index) -> bool | None:
        """Say whether what was written is right; None where it is not known, or nothing is."""

    def marked(self, at: Index) -> bool | None:
        """Say whether a cell has been marked; None where a number is asked for, not a mark."""


class AnswerModel(QAbstractTableModel):
    """Takes what is written into cells that are asked for; ``tensor_index`` is their address."""

    answered = Signal(object, float)
    """Emitted with the index of a cell that is asked for and the number that was written there."""

    refused = Signal(int, int, object)
    """Emitted with a row, a column and the Refusal that says why nothing was written there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: Asked | None = None
        self._size = (0, 0)
        """The number of rows and of columns."""

    @property
    def asks(self) -> bool:
        """Whether any cell may be asked for."""
        return self._asked is not None

    def ask(self, asked: Asked | None) -> None:
        """Ask for cells, which can be written into then; None for none.

        To be called again whenever something about them is other.
        """
        if asked is None and self._asked is None:
            return
        self._asked = asked
        if self.rowCount() and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def tensor_index(self, row: int, column: int) -> Index:
        """Return the index in the tensor of a cell."""
        raise NotImplementedError

    def is_asked(self, row: int, column: int) -> bool:
        """Say whether a cell is asked for, answered or not."""
        return self._asked is not None and self._asked.is_asked(self.tensor_index(row, column))

    def entry(self, row: int, column: int) -> float | None:
        """Return what was written last into a cell that is asked for, None where nothing is."""
        asked = self._asked
        return None if asked is None else asked.entry(self.tensor_index(row, column))

    def right(self, row: int, column: int) -> bool | None:
        """Say whether what was written there is right, None where nothing is."""
        asked = self._asked
        return None if asked is None else asked.right(self.tensor_index(row, column))

    def marked(self, row: int, column: int) -> bool | None:
        """Say whether the learner has marked a cell; None where no mark is asked for."""
        asked, at = self._asked, self.tensor_index(row, column)
        return asked.marked(at) if asked is not None and asked.is_asked(at) else None

    def takes_answer(self, row: int, column: int) -> bool:
        """Say whether a number can be written there; what was answered rightly stays."""
        asked = self.is_asked(row, column) and self.marked(row, column) is None
        return asked and not self.right(row, column)

    def written(self, row: int, column: int) -> float | None:
        """Return what stands in a cell, None where nothing does."""
        return self.entry(row, column)

    def read(self, text: str) -> float:
        """Return the number that was typed for a cell.

        Raises:
            Refusal: if it is none, or can't stand there.
        """
        return numbers.parse(text)

    def take(self, at: Index, number: float) -> None:
        """Take a number that was typed into a cell."""
        self.answered.emit(at, number)

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._size[0]

    def columnCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._size[1]

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(row, column)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        number, shown = self.written(row, column), role == Qt.ItemDataRole.DisplayRole
        if number is None:
            return numbers.UNKNOWN if shown and self.is_asked(row, column) else ""
        return numbers.show(number) if shown else numbers.plain(number)

    def setData(self, index: ModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        if value == self.data(index, role):
            return True  # only looked at; what is shown may have fewer digits than the number
        try:
            number = self.read(str(value))
        except Refusal as refusal:
            self.refused.emit(index.row(), index.column(), refusal)
            return False
        self.take(self.tensor_index(index.row(), index.column()), number)
        return True

    def _spoken(self, row: int, column: int) -> str:
        """What a screen reader says of a cell, and what its tool tip shows in full."""
        return self._spoken_answer(row, column, {"row": row, "column": column})

    def _spoken_answer(self, row: int, column: int, at: dict[str, int]) -> str:
        """What is said of a cell that a number is asked for in."""
        written, right = self.entry(row, column), self.right(row, column)
        if written is None:
            return words.say("layers.asked_at", **at)
        key = {None: "written_at", True: "answered_at", False: "wrong_at"}[right]
        return words.say(f"layers.{key}", value=written, **at)
