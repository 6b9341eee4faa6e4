"""Mistakes about which cells a window reads, and which outputs a cell reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cnn_tutor.engine.arrays import shapes_of
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.window import Window
from cnn_tutor.study.exercise import Exercise, Outcome
from cnn_tutor.study.mistakes.differing import differing

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


def read_outcomes(exercise: Exercise) -> Iterator[Outcome]:
    """Go through the input cells that mistakes mark as read by the output at ``at``."""
    row, column = exercise.at[-3:-1]
    channels = {blank.index[-1] for blank in exercise.blanks if blank.answer}

    def marked(index: Index, rows: Reads, columns: Reads) -> bool:
        *_, r, q, c = index
        return r in rows(row) and q in columns(column) and c in channels

    yield from _outcomes(exercise, marked)


def reached_outcomes(exercise: Exercise, cell: Index) -> Iterator[Outcome]:
    """Go through the outputs that mistakes mark as reached by an input cell."""
    *_, r, q, _ = cell
    channels = {blank.index[-1] for blank in exercise.blanks if blank.answer}

    def marked(index: Index, rows: Reads, columns: Reads) -> bool:
        *_, row, column, c = index
        return r in rows(row) and q in columns(column) and c in channels

    yield from _outcomes(exercise, marked)


def _outcomes(
    exercise: Exercise, marked: Callable[[Index, Reads, Reads], bool]
) -> Iterator[Outcome]:
    windows = exercise.layer.windows(shapes_of(exercise.tensors))
    if len(windows) != 2:
        return
    (rows, columns), (first, second) = windows, map(wrong, windows)
    values = {
        "rows": rows.stride,
        "columns": columns.stride,
        "top": rows.before,
        "left": columns.before,
    }
    for mistake in dict.fromkeys((*first, *second)):
        down, across = first.get(mistake, rows.reads), second.get(mistake, columns.reads)
        marks = {b.name: float(marked(b.index, down, across)) for b in exercise.blanks}
        yield Outcome(mistake, differing(exercise, marks), together=True, values=values)


def _moved(window: Window, position: int, by: int) -> range:
    cells = window.reads(position)
    return range(cells.start + by, cells.stop + by, cells.step)
