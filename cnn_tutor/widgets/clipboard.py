"""Blocks of numbers to and from a spreadsheet, as tab-separated text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.study import numbers

Block = list[list[float]]

_MAX_LETTERS = 40 * limits.MAX_SIDE**2


def put(rows: Sequence[Sequence[float | None]]) -> None:
    """Put a block on the clipboard; None, a cell not shown yet, is left empty."""
    lines = ("\t".join("" if n is None else numbers.exact(n) for n in row) for row in rows)
    QGuiApplication.clipboard().setText("".join(f"{line}\n" for line in lines))


def take() -> Block:
    """Return the block on the clipboard.

    Raises:
        Refusal: if it is empty, larger than any tensor, or one of its cells is no number.
    """
    text = QGuiApplication.clipboard().text().replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > _MAX_LETTERS:
        raise Refusal("paste_large", most=limits.MAX_SIDE)
    if not text.strip():
        raise Refusal("paste_empty")
    rows = csv.reader(io.StringIO(text.rstrip("\n")), dialect="excel-tab")
    try:
        return [
            [_number(cell, r, c) for c, cell in enumerate(row or [""])]
            for r, row in enumerate(rows)
        ]
    except csv.Error as error:  # a cell of more letters than a spreadsheet's can have
        raise Refusal("paste_large", most=limits.MAX_SIDE) from error


def _number(cell: str, row: int, column: int) -> float:
    try:
        value = numbers.parse(cell)
        limits.check_number(value)
    except Refusal as refusal:
        text = cell.strip()[:20]
        raise Refusal("paste_cell", row=row + 1, column=column + 1, text=text) from refusal
    return value
