"""Mistakes about which cells a window reads, and which outputs a cell reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cnn_tutor.engine.arrays import shapes_of
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.window import Window
from cnn_tutor.study.exercise import Exercise, Outcome

Reads = Callable[[int], range]
"""The input cells that one output position along an axis reads."""


def wrong(window: Window) -> Mapping[str, Reads]:
    """Return the cells that are taken to be read along one axis, by the mistake."""
    found: dict[str, Reads] = {}
    if window.stride > 1:
        found["field_stride_ignored"] = lambda position: _moved(
            window, position, position * (1 - window.stride)
        )
    if window.before:
        found["field_padding_ignored"] = lambda position: _moved(window, position, window.before)
    return found


def outcomes(exercise: Exercise, at: Index, reached: bool) -> Iterator[Outcome]:
    """Go through what mistakes mark: the input cells that the output at ``at`` reads.

    Where ``reached``, they are the outputs that the input cell at ``at`` reaches.
    """
    windows = exercise.layer.windows(shapes_of(exercise.tensors))
    if len(windows) != 2 or len(at) < 3:
        return
    (rows, columns), (first, second) = windows, map(wrong, windows)
    channels = {blank.index[-1] for blank in exercise.blanks if blank.answer}
    values = {
        "rows": rows.stride,
        "columns": columns.stride,
        "top": rows.before,
        "left": columns.before,
    }

    def reads(axis: Reads, one: int, other: int) -> bool:
        return one in axis(other) if reached else other in axis(one)

    for mistake in dict.fromkeys((*first, *second)):
        down, across = first.get(mistake, rows.reads), second.get(mistake, columns.reads)
        marks = {}
        for blank in exercise.blanks:
            i, j, channel = blank.index[-3:]
            read = reads(down, at[-3], i) and reads(across, at[-2], j)
            marks[blank.name] = float(read and channel in channels)
        yield Outcome(mistake, exercise.differing(marks), together=True, values=values)


def _moved(window: Window, position: int, by: int) -> range:
    cells = window.reads(position)
    return range(cells.start + by, cells.stop + by, cells.step)
