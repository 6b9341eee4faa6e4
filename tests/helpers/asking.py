"""Asking for output cells of a board, and reading what stands in them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from cnn_tutor.pages.lesson.questions import Questions
from tests.helpers.driver import Driver

FIRST, SECOND = (0, 0, 0), (0, 1, 0)


def shown(lab: Driver, row: int = 0, column: int = 0) -> str:
    """Return what stands in an output cell."""
    return lab.read("output")[row][column]


def spoken(lab: Driver, row: int, column: int) -> Any:
    """Return what a screen reader says of an output cell."""
    grid = lab.grid("output")
    return grid.model().index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)


def ask(lab: Driver, *cells: tuple[int, ...], workings: bool = True) -> Questions:
    """Ask for output cells, the first one if none is given."""
    lab.lab.questions.ask(cells or (FIRST,), workings)
    return lab.lab.questions
