"""What the exercises about who reads what have in common: the draw, and the window in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Pair, Window
from cnn_tutor.study.exercise import Text
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.levers import Wanted
from cnn_tutor.study.exercises.shape import ExerciseShape
from cnn_tutor.study.exercises.shapes._texts import joined, moves_text, number_text

MOST = 64
"""So many cells can be marked in one exercise."""


@dataclass(frozen=True)
class _Range:
    """What one level draws from, both ends included."""

    lengths: Pair
    sizes: Pair
    strides: Pair = (1, 1)
    pads: Pair = (0, 0)
    square: bool = True
    dilation: int = 1


_LEVELS = (
    _Range((4, 5), (2, 3)),
    _Range((5, 7), (2, 3), (2, 2)),
    _Range((4, 6), (2, 3), pads=(1, 2)),
    _Range((5, 8), (2, 4), (2, 3), (1, 2)),
    _Range((5, 8), (2, 4), (2, 3), (1, 2), square=False),
    _Range((6, 8), (2, 3), (2, 2), (1, 1), square=False, dilation=2),
)


def drawn(
    kind: type[Layer], level: int, rng: np.random.Generator
) -> tuple[Layer, Mapping[str, Array]]:
    """Make up a layer of one map whose window moves as the level has it.

    A kind that has no window gets several small maps; one that can't be set is as in its sample.
    """
    layer, tensors = kind.sample(rng, level)
    if not levers.windows_of(layer, tensors):
        rows, columns = (int(n) for n in rng.integers(2, 4 + level // 3, 2))
        maps = Wanted(lengths=(rows, columns), channels=int(rng.integers(2, 4 + level // 3)))
        return levers.made(kind, level, maps, rng) or (layer, tensors)
    asked = _LEVELS[level]

    def pair(ends: Pair) -> Pair:
        first, second = (int(n) for n in rng.integers(ends[0], ends[1] + 1, 2))
        return (first, first if asked.square else second)

    sizes = pair(asked.sizes)
    most = min(asked.pads[1], min(sizes) - 1)  # a pool is never padded by as much as its size
    top, left = pair((min(asked.pads[0], most), most))
    wanted = Wanted(
        lengths=pair(asked.lengths),
        channels=1,
        sizes=sizes,
        strides=pair(asked.strides),
        pads=((top, top), (left, left)),
        filters=1,
    )
    rate = int(rng.integers(1, asked.dilation + 1))
    for spread in (replace(wanted, dilation=(rate, rate)), wanted):
        found = levers.made(kind, 0, spread, rng)
        if found:
            return found
    return layer, tensors


def reads_part(layer: Layer, tensors: Mapping[str, Array]) -> bool:
    """Say whether one output reads several cells of the input, but not all."""
    at = (0,) * len(layer.output_shape(shapes_of(tensors)))
    return 1 < len(layer.explain(tensors, at).cells("x")) < np.size(tensors["x"])


def inside(layer: Layer, tensors: Mapping[str, Array], at: Index) -> set[Index]:
    """Return the input cells that an output reads, without the padding."""
    shape = np.shape(tensors["x"])
    cells = layer.explain(tensors, at).cells("x")
    return {cell.index for cell in cells if regions.has(cell.index, shape)}


def rule(layer: Layer, tensors: Mapping[str, Array]) -> str:
    """Return the entry of the rule: another one where each output reads a whole map."""
    shape = np.shape(tensors["x"])
    if levers.windows_of(layer, tensors) or len(layer.output_shape(shapes_of(tensors))) != 1:
        return "rule"
    of_last = {index for index in np.ndindex(shape) if index[-1] == shape[-1] - 1}
    whole = len(shape) > 2 and inside(layer, tensors, (shape[-1] - 1,)) == of_last
    return "rule_whole" if whole else "rule"


def window_text(shape: ExerciseShape, layer: Layer, tensors: Mapping[str, Array]) -> Text:
    """Return the window's size, stride and padding in words; nothing where none slides."""
    windows = levers.windows_of(layer, tensors)
    if not windows:
        return shape.text("still")
    sizes = tuple(window.size for window in windows)
    return shape.text("sliding", k=sizes, moves=moves_text(layer, windows))


def worked_text(
    shape: ExerciseShape,
    layer: Layer,
    tensors: Mapping[str, Array],
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
