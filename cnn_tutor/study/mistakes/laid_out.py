"""Mistakes about the order in which the cells of maps become a vector."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study.mistakes.case import Case, Way

Order = tuple[int, ...]
"""The axes of the maps, the one that runs fastest last."""


def ways(case: Case) -> Iterator[Way]:
    """Go through the mistakes of a layer that copies maps into a vector, row by row."""
    x = case.tensors.get("x")
    if x is None or not case.cells or not copies(case.layer, case.shapes["x"]):
        return
    flat = case.output
    for mistake, order in orders(x.shape).items():
        yield Way(mistake, case.picked(x.transpose(order).ravel()))
    yield Way("flatten_from_one", case.picked(np.concatenate(([np.nan], flat[:-1]))))


def orders(shape: Shape) -> Mapping[str, Order]:
    """Return the orders that the main mistakes take for the right one, where they differ."""
    rank = len(shape)
    found: dict[str, Order] = {}
    if rank > 1 and min(shape[:2]) > 1:
        found["flatten_by_column"] = (1, 0, *range(2, rank))
    if rank > 2 and shape[-1] > 1 and max(shape[:-1]) > 1:
        found["flatten_channels_first"] = (rank - 1, *range(rank - 1))
    return found


def copies(layer: Layer, shape: Shape) -> bool:
    """Say whether the output of maps of a shape is a vector of their cells, row by row."""
    if tuple(type(layer).inputs) != ("x",) or len(shape) < 2:
        return False
    x: Array = np.arange(np.prod(shape, dtype=int), dtype=np.float64)
    output = layer.forward({"x": x.reshape(shape)})
    return bool(output.shape == x.shape and (output == x).all())


def place(cell: Index, shape: Shape, order: Order) -> int:
    """Return where a cell lands in a vector if the axes run in an order."""
    at, sides = ([values[axis] for axis in order] for values in (cell, shape))
    return int(np.ravel_multi_index(at, sides))
