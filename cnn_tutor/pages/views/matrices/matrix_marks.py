"""What is highlighted in a product of matrices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.engine.matrices import Matrices
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.widgets.grids.marks import Mark

PARTS = ("x", "kernel", "added", OUTPUT)
"""The matrices of a product: patches, filters, what is added to it, and what comes out."""

Marks = dict[tuple[int, int], Mark]


@dataclass
class Highlighted:
    """The marks of every matrix and of the input's picture, and the names that are brought out."""

    grids: dict[str, Marks] = field(default_factory=lambda: {part: {} for part in PARTS})
    picture: Mapping[Index, Mark] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    taps: set[int] = field(default_factory=set)
    filters: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class MatrixMarks:
    """Finds what is highlighted in the matrices; ``added`` is the port that is added."""

    matrices: Matrices
    added: str = ""

    def of(self, highlight: Highlight, tap: tuple[int | None, int] | None = None) -> Highlighted:
        """Return what is highlighted.

        ``tap`` stands out in the highlighted output's row and column: a place along the row, with
        the row itself if all copies of the cell there are to stand out, too.
        """
        if highlight.port == OUTPUT:
            return self._output(highlight, tap)
        if highlight.port == "x":
            return self._input(highlight.at)
        if highlight.port == self.matrices.port:
            return self._weight(highlight)
        found = Highlighted()
        if highlight.port == self.added:
            (column,) = highlight.at
            found.grids["added"][0, column] = Mark.WEIGHT | Mark.ACTIVE
            self._reach(found, range(len(self.matrices.rows)), [column])
        return found

    def _output(self, highlight: Highlight, tap: tuple[int | None, int] | None) -> Highlighted:
        row, column = self.matrices.place(highlight.at)
        found = Highlighted(picture=highlight.marks.get("x", {}), rows={row}, filters={column})
        read, weights = highlight.marks.get("x", {}), highlight.marks.get(self.matrices.port, {})
        for k, index in enumerate(map(tuple, self.matrices.rows[row].tolist())):
            found.grids["x"][row, k] = _toned(Mark.READ, read.get(index))
        for k, index in enumerate(map(tuple, self.matrices.columns[:, column].tolist())):
            found.grids["kernel"][k, column] = _toned(Mark.WEIGHT, weights.get(index))
        for index, mark in highlight.marks.get(self.added, {}).items():
            found.grids["added"][0, index[0]] = mark
        found.grids[OUTPUT][row, column] = Mark.WRITTEN
        if tap is not None:
            self._stand_out(found, row, column, tap)
        return found

    def _stand_out(
        self, found: Highlighted, row: int, column: int, tap: tuple[int | None, int]
    ) -> None:
        at, k = tap
        found.taps = {k}
        found.grids["x"][row, k] |= Mark.ACTIVE
        found.grids["kernel"][k, column] |= Mark.ACTIVE
        index = tuple(self.matrices.rows[row, k].tolist())
        found.picture = {**found.picture, index: Mark.READ | Mark.ACTIVE}
        if at is not None:
            for copy in self._copies(index):
                found.grids["x"][copy] = Mark.READ | Mark.ACTIVE

    def _input(self, at: Index) -> Highlighted:
        found = Highlighted(picture={at: Mark.READ | Mark.ACTIVE})
        filters = range(self.matrices.columns.shape[1])
        for row, k in self._copies(at):
            found.grids["x"][row, k] = Mark.READ | Mark.ACTIVE
            found.rows.add(row)
            found.grids["kernel"].update({(k, column): Mark.WEIGHT for column in filters})
        self._reach(found, found.rows, filters)
        return found

    def _weight(self, highlight: Highlight) -> Highlighted:
        found = Highlighted(picture=highlight.marks.get("x", {}))
        rows = range(len(self.matrices.rows))
        places = np.argwhere(np.all(self.matrices.columns == highlight.at, axis=-1)).tolist()
        for k, column in places:
            found.grids["kernel"][k, column] = Mark.WEIGHT | Mark.ACTIVE
            found.grids["x"].update({(row, k): Mark.READ for row in rows})
            found.taps.add(k)
            found.filters.add(column)
        self._reach(found, rows, found.filters)
        return found

    def _reach(self, found: Highlighted, rows: Iterable[int], columns: Iterable[int]) -> None:
        columns = list(columns)
        for row in rows:
            found.grids[OUTPUT].update({(row, column): Mark.REACHED for column in columns})

    def _copies(self, index: Index) -> list[tuple[int, int]]:
        places = np.argwhere(np.all(self.matrices.rows == index, axis=-1)).tolist()
        return [(row, k) for row, k in places]


def _toned(tone: Mark, mark: Mark | None) -> Mark:
    """Return a tone, and whether the cell stands out; of thousands most have the tone alone."""
    return tone if mark is None or mark is tone else tone | (mark & Mark.ACTIVE)
