"""Outlines around cells: one around all that touch each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from PySide6.QtCore import QRect

from cnn_tutor.widgets.controls.gestures import GridCell

OUTLINE = 3
"""How thick the outline of cells that stand out is in pixels; others are a pixel thinner."""

Side = tuple[int, int, int]
"""A side of a cell: its row and column, and which: 0 above, 1 below, 2 left or 3 right of it."""

_BESIDE = ((-1, 0), (1, 0), (0, -1), (0, 1))


def sides(cells: Collection[GridCell]) -> Iterator[Side]:
    """Go through the sides of cells beyond which there is none of them."""
    for row, column in cells:
        for side, (down, across) in enumerate(_BESIDE):
            if (row + down, column + across) not in cells:
                yield row, column, side


def beside(cells: Iterable[GridCell]) -> Iterator[GridCell]:
    """Go through the neighbours of cells; there may be none in the grid."""
    for row, column in cells:
        for down, across in _BESIDE:
            yield row + down, column + across


def strips(outline: Iterable[Side], first: QRect, width: int) -> Iterator[QRect]:
    """Go through the strips of ``width`` pixels along some sides, each inside of its cell.

    ``first`` is where the cell at row 0 and column 0 is.
    """
    wide, high = first.width(), first.height()
    # The lines between cells are at their right and lower edges; those before the first cells
    # are inside of these.
    for row, column, side in outline:
        x, y = first.x() + column * wide, first.y() + row * high
        if side == 0:
            yield QRect(x, y, wide, width)
        elif side == 1:
            yield QRect(x, y + high - width, wide, width)
        elif side == 2:
            yield QRect(x, y, width, high)
        else:
            yield QRect(x + wide - width, y, width, high)


def runs(cells: Iterable[GridCell], first: QRect) -> Iterator[QRect]:
    """Go through the places of cells, those that stand side by side in a row as one."""
    wide, high = first.width(), first.height()
    start: GridCell | None = None
    last: GridCell | None = None

    def place(start: GridCell, last: GridCell) -> QRect:
        x, y = first.x() + start[1] * wide, first.y() + start[0] * high
        return QRect(x, y, (last[1] - start[1] + 1) * wide, high)

    for cell in sorted(cells):
        if start is None or last is None:
            start = cell
        elif cell != (last[0], last[1] + 1):
            yield place(start, last)
            start = cell
        last = cell
    if start is not None and last is not None:
        yield place(start, last)
