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
        if window.stride > 1:
            found["field_stride_and_padding_ignored"] = lambda position: _moved(
                window, position, position * (1 - window.stride) + window.before
            )
    if window.extent > window.size:
        found["field_dilation_ignored"] = lambda position: _close(window, position)
        found["field_gaps_marked"] = lambda position: _filled(window, position)
    if window.size > 1:
        found["field_centred"] = lambda position: _moved(
            window, position, position - window.reads(position).start - window.extent // 2
        )
    found["field_from_one"] = lambda position: window.reads(position - 1)
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

    def marked(found: Callable[[int, int], bool]) -> dict[str, float]:
        return {
            blank.name: float(blank.index[-1] in channels and found(*blank.index[-3:-1]))
            for blank in exercise.blanks
        }

    i, j = at[-3:-1]
    wrongly: dict[str, Callable[[int, int], bool]] = {}
    for mistake in dict.fromkeys((*first, *second)):
        down, across = first.get(mistake, rows.reads), second.get(mistake, columns.reads)
        wrongly[mistake] = _both(reads, (down, i), (across, j))
    if i != j:
        wrongly["field_sides_swapped"] = _both(reads, (rows.reads, j), (columns.reads, i))
    if reached:
        wrongly["reached_same_place"] = lambda row, column: (row, column) == (i, j)
        wrongly["reached_backwards"] = lambda row, column: (
            row in rows.reads(i) and column in columns.reads(j)
        )
    for mistake, found in wrongly.items():
        marks = marked(found)
        if any(marks.values()):  # who finds nothing to mark looks for the mistake
            yield Outcome(mistake, exercise.differing(marks), together=True, values=values)


def _both(
    reads: Callable[[Reads, int, int], bool], down: tuple[Reads, int], across: tuple[Reads, int]
) -> Callable[[int, int], bool]:
    return lambda row, column: reads(*down, row) and reads(*across, column)


def _close(window: Window, position: int) -> range:
    """Return the cells of a window whose taps lie side by side."""
    start = window.reads(position).start
    return range(start, start + window.size)


def _filled(window: Window, position: int) -> range:
    """Return the cells of a window with those in its gaps."""
    cells = window.reads(position)
    return range(cells.start, cells.stop)


def _moved(window: Window, position: int, by: int) -> range:
    cells = window.reads(position)
    return range(cells.start + by, cells.stop + by, cells.step)
