"""What the exercises about who reads what have in common: the draw, and the window in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Tensors, shapes_of
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Window
from cnn_tutor.study import naming
from cnn_tutor.study.exercise import Exercise, ExerciseShape, Text
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.levers import Range, Wanted
from cnn_tutor.study.exercises.shapes._cells import blank
from cnn_tutor.study.exercises.shapes._texts import cell_text, joined, number_text

CELLS_LIMIT = 64
"""Cells that can be marked in one exercise."""


_LEVELS = (
    Range((4, 5), (2, 3)),
    Range((5, 7), (2, 3), (2, 2)),
    Range((4, 6), (2, 3), pads=(1, 2)),
    Range((5, 8), (2, 4), (2, 3), (1, 2)),
    Range((5, 8), (2, 4), (2, 3), (1, 2), square=False),
    Range((6, 8), (2, 3), (2, 2), (1, 1), square=False, dilation=2),
)


def drawn(kind: type[Layer], level: int, rng: Generator) -> tuple[Layer, Tensors]:
    """Make up a layer of one map whose window moves as the level has it.

    A kind that has no window gets several small maps; one that can't be set is as in its sample.
    """
    layer, tensors = kind.sample(rng, level)
    if not levers.windows_of(layer, tensors):
        rows, columns = (int(n) for n in rng.integers(2, 4 + level // 3, 2))
        maps = Wanted(lengths=(rows, columns), channels=int(rng.integers(2, 4 + level // 3)))
        return levers.made(kind, level, maps, rng) or (layer, tensors)
    asked = _LEVELS[level]
    sizes, (top, left), _ = asked.window(rng)
    wanted = Wanted(
        lengths=asked.pair(asked.lengths, rng),
        channels=1,
        sizes=sizes,
        strides=asked.pair(asked.strides, rng),
        pads=((top, top), (left, left)),
        filters=1,
    )
    rate = int(rng.integers(1, asked.dilation + 1))
    for spread in (replace(wanted, dilation=(rate, rate)), wanted):
        found = levers.made(kind, 0, spread, rng)
        if found:
            return found
    return layer, tensors


def reads_part(layer: Layer, tensors: Tensors) -> bool:
    """Say whether one output reads several cells of the input, but not all."""
    at = (0,) * len(layer.output_shape(shapes_of(tensors)))
    return 1 < len(layer.explain(tensors, at).cells("x")) < np.size(tensors["x"])


def inside(layer: Layer, tensors: Tensors, at: Index) -> set[Index]:
    """Return the input cells that an output reads, without the padding."""
    shape = np.shape(tensors["x"])
    cells = layer.explain(tensors, at).cells("x")
    return {cell.index for cell in cells if regions.has(cell.index, shape)}


def _rule(layer: Layer, tensors: Tensors) -> str:
    """Return the entry of the rule: another one where each output reads a whole map."""
    shape = np.shape(tensors["x"])
    if levers.windows_of(layer, tensors) or len(layer.output_shape(shapes_of(tensors))) != 1:
        return "rule"
    of_last = {index for index in np.ndindex(shape) if index[-1] == shape[-1] - 1}
    whole = len(shape) > 2 and inside(layer, tensors, (shape[-1] - 1,)) == of_last
    return "rule_whole" if whole else "rule"


def ask(
    source: ExerciseShape,
    layer: Layer,
    tensors: Tensors,
    about: tuple[str, Index],
    marks: tuple[str, Sequence[Index], Collection[Index]],
    found: Callable[[Window, int], range],
    **more: Any,
) -> Exercise:
    """Return the exercise to mark cells: it is ``about`` one cell, given with its port.

    ``marks`` are the port and the cells that can be marked, and those that should be. ``found``
    gives the right ones along one axis; ``more`` are other fields of the exercise.
    """
    (port, cell), (other, cells, right) = about, marks
    shapes = shapes_of(tensors)
    shape = layer.output_shape(shapes) if other == OUTPUT else shapes[other]
    return Exercise(
        layer,
        tensors,
        source.text(
            "prompt",
            cell=cell_text(layer, shapes, port, cell),
            window=_window_text(source, layer, tensors),
        ),
        tuple(blank(other, at, at in right, mark=True) for at in cells),
        source.text(_rule(layer, tensors)),
        source,
        worked=_worked_text(source, layer, tensors, cell[-3:], found, shape[-3:]),
        **more,
    )


def _window_text(shape: ExerciseShape, layer: Layer, tensors: Tensors) -> Text:
    windows = levers.windows_of(layer, tensors)
    if not windows:
        return shape.text("still")
    sizes = tuple(window.size for window in windows)
    return shape.text("sliding", k=sizes, moves=naming.moves(layer, windows))


def _worked_text(
    shape: ExerciseShape,
    layer: Layer,
    tensors: Tensors,
    places: Index,
    found: Callable[[Window, int], range],
    most: Sequence[int],
) -> Text:
    """Return how rows and columns are found, one of each at ``places``; nothing without a window.

    ``found`` gives those along one axis, of which those outside, from ``most`` on, are left out.
    """
    windows = levers.windows_of(layer, tensors)
    if not windows:
        return {}
    comma = shape.text("comma")
    listed = [
        joined(comma, (number_text(n) for n in found(window, place) if 0 <= n < end))
        for window, place, end in zip(windows, places, most, strict=False)
    ]
    (rows, columns), (row, column) = windows, places[:2]
    return shape.text(
        "worked",
        row=row,
        column=column,
        down=rows.stride,
        across=columns.stride,
        top=rows.before,
        left=columns.before,
        first_row=row * rows.stride - rows.before,
        first_column=column * columns.stride - columns.before,
        rows=listed[0],
        columns=listed[1],
    )
