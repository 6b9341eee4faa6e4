"""How large everything may be: one limit for each size, wherever it comes from."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import fields

import numpy as np

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layer import Layer

MAX_SIDE = 64
"""Rows or columns of an input."""

MAX_KERNEL = 11
"""Rows or columns of a filter."""

MAX_DEPTH = 16
"""Channels or filters."""

MAX_SETTING = 16
"""Any number among a layer's settings: strides, dilation, cells of padding on a side."""

MAX_NODES = 32
"""Layers in one network."""

MAX_CELLS = 2**20
"""Numbers in the output of one layer."""

MAX_NUMBER = 1_000_000.0
"""Any cell, without its sign. Sums of the largest products over 11×11×16 then stay below 2⁵³,
so that whole numbers are exact throughout."""

MAX_FILE_BYTES = 8 * 2**20
"""A project file."""


class LimitError(Refusal):
    """Something larger than the program takes."""


def check_shape(port: str, shape: Shape) -> None:
    """Raise LimitError if a tensor of a port is too large, before any memory is taken for it."""
    if not 1 <= len(shape) <= (3 if port == "x" else 4):
        raise LimitError("rank_limit", value=len(shape))
    sides = shape[:2] if len(shape) > 2 else ()
    most = MAX_SIDE if port == "x" else MAX_KERNEL
    for side in sides:
        if not 1 <= side <= most:
            raise LimitError("side_limit", value=side, most=most)
    for depth in shape[len(sides) :]:
        if not 1 <= depth <= MAX_DEPTH:
            raise LimitError("depth_limit", value=depth, most=MAX_DEPTH)


def check_cells(shape: Shape) -> None:
    """Raise LimitError if a layer's output has too many numbers."""
    if math.prod(shape) > MAX_CELLS:
        raise LimitError("cells_limit", shape=shape, most=MAX_CELLS)


def check_planes(shapes: Iterable[Shape]) -> None:
    """Raise LimitError if a tensor has several channels or filters, which no board shows yet."""
    for shape in shapes:
        if any(n > 1 for n in shape[2:]):
            raise LimitError("planes_limit", shape=shape)


def check_number(value: float) -> None:
    """Raise LimitError if a cell's number is too large or not finite."""
    if not abs(value) <= MAX_NUMBER:
        raise LimitError("number_limit", value=value, most=MAX_NUMBER)


def check_numbers(values: Iterable[float]) -> None:
    """Raise LimitError for the first number that :func:`check_number` would refuse."""
    array = np.asarray(values, dtype=np.float64)
    for value in array[~(np.abs(array) <= MAX_NUMBER)].flat:
        check_number(float(value))


def check_settings(layer: Layer) -> None:
    """Raise LimitError if a layer's setting is too large."""
    for setting in fields(layer):  # type: ignore[arg-type]
        for number in _numbers(getattr(layer, setting.name)):
            if number > MAX_SETTING:
                raise LimitError("setting_limit", value=number, most=MAX_SETTING)


def _numbers(value: object) -> Iterable[float]:
    if isinstance(value, tuple):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, int | float):
        yield value
