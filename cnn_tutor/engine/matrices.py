"""A layer written as one product of two matrices, as im2col does with a convolution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Index

__all__ = ["Matrices"]


@dataclass(frozen=True, eq=False)
class Matrices:
    """Which cell stands in which place of a matrix product: patches as rows, filters as columns.

    ``rows`` (m, k, rank of x) and ``columns`` (k, n, rank of the weights) hold the index of the
    cell at each place, ``outputs`` (m, n, rank of the output) that of the output which the row
    and the column make. An index outside the tensor is padding and counts as 0. What is added
    after the product, such as the bias, is not part of it.
    """

    rows: Array
    columns: Array
    outputs: Array
    port: str = "kernel"
    """The port whose cells are in the columns; those of the rows are of ``x``."""

    def left(self, tensors: Mapping[str, Array]) -> Array:
        """Return the numbers of the patches, (m, k): one patch a row."""
        return _gather(tensors["x"], self.rows)

    def right(self, tensors: Mapping[str, Array]) -> Array:
        """Return the numbers of the filters, (k, n): one filter a column."""
        return _gather(tensors[self.port], self.columns)

    def place(self, output: Index) -> tuple[int, int]:
        """Return the row and the column that make one output; KeyError if none do."""
        return self._places[output]

    def output(self, row: int, column: int) -> Index:
        """Return the index of the output that a row and a column make."""
        return tuple(int(i) for i in self.outputs[row, column])

    @cached_property
    def _places(self) -> dict[Index, tuple[int, int]]:
        rows, columns = self.outputs.shape[:2]
        return {self.output(r, c): (r, c) for r in range(rows) for c in range(columns)}


def _gather(tensor: Array, indices: Array) -> Array:
    inside = np.all((indices >= 0) & (indices < tensor.shape), axis=-1)
    kept = np.where(inside[..., None], indices, 0)
    return np.where(inside, tensor[tuple(np.moveaxis(kept, -1, 0))], 0.0)
