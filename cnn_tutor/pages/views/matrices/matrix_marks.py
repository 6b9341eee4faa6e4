"""What lights up in a product of matrices, worked out from the spotlight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.matrices import Matrices
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.state.shown_layer import OUTPUT
from cnn_tutor.widgets.grids.marks import Mark

PARTS = ("x", "kernel", "added", OUTPUT)
"""The matrices of a product: patches, filters, what is added to it, and what comes out."""

Marks = dict[tuple[int, int], Mark]


@dataclass
class Lit:
    """The marks of every matrix and of the input's picture, and the names that are brought out."""

    grids: dict[str, Marks] = field(default_factory=lambda: {part: {} for part in PARTS})
    picture: Mapping[Index, Mark] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    taps: set[int] = field(default_factory=set)
    filters: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class MatrixMarks:
    """Finds the places of a spotlight in the matrices; ``added`` is the port that is added."""

    matrices: Matrices
    added: str = ""

    def of(self, light: Highlight, tap: tuple[int | None, int] | None = None) -> Lit:
        """Return what is lit.

        ``tap`` stands out in the lit output's row and column: a place along the row, with the
        row itself if all copies of the cell there are to stand out, too.
        """
        if light.port == OUTPUT:
            return self._output(light, tap)
        if light.port == "x":
            return self._input(light.at)
        if light.port == self.matrices.port:
            return self._weight(light)
        lit = Lit()
        if light.port == self.added:
            (column,) = light.at
            lit.grids["added"][0, column] = Mark.WEIGHT | Mark.ACTIVE
            self._reach(lit, range(len(self.matrices.rows)), [column])
        return lit

    def _output(self, light: Highlight, tap: tuple[int | None, int] | None) -> Lit:
        row, column = self.matrices.place(light.at)
        lit = Lit(picture=light.marks.get("x", {}), rows={row}, filters={column})
        read, weights = light.marks.get("x", {}), light.marks.get(self.matrices.port, {})
        for k, index in enumerate(map(tuple, self.matrices.rows[row].tolist())):
            lit.grids["x"][row, k] = _toned(Mark.READ, read.get(index))
        for k, index in enumerate(map(tuple, self.matrices.columns[:, column].tolist())):
            lit.grids["kernel"][k, column] = _toned(Mark.WEIGHT, weights.get(index))
        for index, mark in light.marks.get(self.added, {}).items():
            lit.grids["added"][0, index[0]] = mark
        lit.grids[OUTPUT][row, column] = Mark.WRITTEN
        if tap is not None:
            self._stand_out(lit, row, column, tap)
        return lit

    def _stand_out(self, lit: Lit, row: int, column: int, tap: tuple[int | None, int]) -> None:
        at, k = tap
        lit.taps = {k}
        lit.grids["x"][row, k] |= Mark.ACTIVE
        lit.grids["kernel"][k, column] |= Mark.ACTIVE
        index = tuple(self.matrices.rows[row, k].tolist())
        lit.picture = {**lit.picture, index: Mark.READ | Mark.ACTIVE}
        if at is not None:
            for copy in self._copies(index):
                lit.grids["x"][copy] = Mark.READ | Mark.ACTIVE

    def _input(self, at: Index) -> Lit:
        lit = Lit(picture={at: Mark.READ | Mark.ACTIVE})
        filters = range(self.matrices.columns.shape[1])
        for row, k in self._copies(at):
            lit.grids["x"][row, k] = Mark.READ | Mark.ACTIVE
            lit.rows.add(row)
            lit.grids["kernel"].update({(k, column): Mark.WEIGHT for column in filters})
        self._reach(lit, lit.rows, filters)
        return lit

    def _weight(self, light: Highlight) -> Lit:
        lit = Lit(picture=light.marks.get("x", {}))
        rows = range(len(self.matrices.rows))
        found = np.argwhere(np.all(self.matrices.columns == light.at, axis=-1)).tolist()
        for k, column in found:
            lit.grids["kernel"][k, column] = Mark.WEIGHT | Mark.ACTIVE
            lit.grids["x"].update({(row, k): Mark.READ for row in rows})
            lit.taps.add(k)
            lit.filters.add(column)
        self._reach(lit, rows, lit.filters)
        return lit

    def _reach(self, lit: Lit, rows: Iterable[int], columns: Iterable[int]) -> None:
        columns = list(columns)
        for row in rows:
            lit.grids[OUTPUT].update({(row, column): Mark.REACHED for column in columns})

    def _copies(self, index: Index) -> list[tuple[int, int]]:
        found = np.argwhere(np.all(self.matrices.rows == index, axis=-1)).tolist()
        return [(row, k) for row, k in found]


def _toned(tone: Mark, mark: Mark | None) -> Mark:
    """Return a tone, and whether the cell stands out; of thousands most have the tone alone."""
    return tone if mark is None or mark is tone else tone | (mark & Mark.ACTIVE)
