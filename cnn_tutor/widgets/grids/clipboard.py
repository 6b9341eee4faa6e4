"""Blocks of numbers to and from a spreadsheet, as tab-separated text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.study import numbers
from cnn_tutor.widgets.controls.gestures import GridCell

Block = list[list[float]]


def put(rows: Sequence[Sequence[float | None]]) -> None:
    """Put a block on the clipboard; None, a cell not shown yet, is left empty."""
    lines = ("\t".join("" if n is None else numbers.exact(n) for n in row) for row in rows)
    QGuiApplication.clipboard().setText("".join(f"{line}\n" for line in lines))


def take() -> Block:
    """Return the block on the clipboard.

    Raises:
        Refusal: if it is empty, too large, or one of its cells is no number.
    """
    text = QGuiApplication.clipboard().text()
    if len(text) > limits.MAX_PASTED_LETTERS:  # before anything is done with it
        raise _too_large()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refusal("paste_empty")
    rows: list[list[str]] = []
    room = limits.MAX_PASTED
    try:
        for row in csv.reader(io.StringIO(text.rstrip("\n")), "excel-tab"):
            rows.append(row or [""])
            room -= len(rows[-1])
            if room < 0:
                raise _too_large()
    except csv.Error as error:  # a cell of more letters than a spreadsheet's can have
        raise _too_large() from error
    return [[_number(cell, r, c) for c, cell in enumerate(row)] for r, row in enumerate(rows)]


def laid_out(block: Block, chosen: Sequence[GridCell]) -> dict[GridCell, float]:
    """Return which cells a block fills: all chosen ones with a single number, else its own shape.

    A block starts at the first chosen cell, and may stick out of the grid.
    """
    if len(block) == len(block[0]) == 1:
        return dict.fromkeys(chosen, block[0][0])
    top, left = min(chosen)
    return {
        (top + r, left + c): value for r, row in enumerate(block) for c, value in enumerate(row)
    }


def _too_large() -> Refusal:
    return Refusal("paste_large", most=limits.MAX_PASTED)


def _number(cell: str, row: int, column: int) -> float:
    try:
        value = numbers.parse(cell)
        limits.check_number(value)
    except Refusal as refusal:
        text = cell.strip()[:20]
        raise Refusal("paste_cell", row=row + 1, column=column + 1, text=text) from refusal
    return value
