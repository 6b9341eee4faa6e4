"""Cells of a tensor in the places where a matrix has them, the same cell often in several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Qt

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.region import Region
from cnn_tutor.study import words
from cnn_tutor.widgets.grids.tensor_model import TensorModel

_SINGLE_UPDATES = 200
"""More places are not painted again one by one, but with all between them."""


class MatrixModel(TensorModel):
    """A matrix whose every place looks into a tensor: all copies of a cell are one number.

    An index outside the tensor is padding and holds 0.
    """

    ringed = False

    def __init__(self, editable: bool, parent: QObject | None = None) -> None:
        super().__init__(editable, parent)
        self._indices: Array = np.zeros((0, 0, 1), np.int64)
        self._inside: Array = np.zeros((0, 0), np.bool_)
        self._name = ""
        self._labels: tuple[Sequence[str], Sequence[str]] = ((), ())

    def show_matrix(
        self, tensor: Array, indices: Array, visible: Callable[[Index], bool] | None = None
    ) -> None:
        """Show the cells of a tensor that stand in a matrix; ``visible`` says which to show.

        ``indices`` is (rows, columns, rank of the tensor). The tensor is looked at, not copied.
        """
        self.beginResetModel()
        self._tensor, self._indices, self.visible = tensor, indices, visible
        self._inside = np.all((indices >= 0) & (indices < tensor.shape), axis=-1)
        self._size, self._labels = self._inside.shape, ((), ())
        self.endResetModel()

    def set_labels(self, name: str, rows: Sequence[str], columns: Sequence[str]) -> None:
        """Name the tensor, the rows and the columns."""
        self._name, self._labels = name, (rows, columns)
        for orientation, labels in zip(
            (Qt.Orientation.Vertical, Qt.Orientation.Horizontal), self._labels, strict=True
        ):
            if labels:
                self.headerDataChanged.emit(orientation, 0, len(labels) - 1)

    def is_padding(self, row: int, column: int) -> bool:
        return not self._inside[row, column]

    def tensor_index(self, row: int, column: int) -> Index:
        return tuple(self._indices[row, column].tolist())

    def places(self, index: Index) -> list[tuple[int, int]]:
        """Return every row and column where a cell of the tensor stands."""
        found = np.argwhere(np.all(self._indices == index, axis=-1))
        return [(row, column) for row, column in found.tolist()]

    def cell_of(self, index: Index) -> tuple[int, int] | None:
        return next(iter(self.places(index)), None)

    def nearest(self, index: Index) -> tuple[int, int]:
        """Return where a cell of the tensor stands first, or the first place with any cell."""
        if len(index) == self._indices.shape[-1] and (found := self.cell_of(index)):
            return found
        row, column = next(iter(np.argwhere(self._inside).tolist()), (0, 0))
        return row, column

    def refresh(self, region: Region) -> None:
        if not self._indices.size:
            return
        within = self._inside.copy()
        for axis, part in enumerate(region):
            read = self._indices[..., axis]
            within &= (read >= part.start) & (read < part.stop)
        places = np.argwhere(within)
        if len(places) > _SINGLE_UPDATES:
            places = np.stack([places.min(0), places.max(0)])
            (top, left), (bottom, right) = places.tolist()
            self.dataChanged.emit(self.index(top, left), self.index(bottom, right))
            return
        for row, column in places.tolist():
            self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        labels = self._labels[int(orientation == Qt.Orientation.Horizontal)]
        texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return labels[section] if role in texts and section < len(labels) else None

    def _spoken(self, row: int, column: int) -> str:
        place = ", ".join(map(str, self.tensor_index(row, column)))
        said = {"port": self._name, "place": place}
        if self.is_padding(row, column):
            return words.say("layers.padding_entry", **said)
        number = self.number(row, column)
        if number is None:
            return words.say("layers.blank_entry", **said)
        return words.say("layers.entry", value=number, **said)
