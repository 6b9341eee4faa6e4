"""A grid on a board with its title over it."""

from __future__ import annotations

import html
import itertools
from typing import Generic, TypeVar

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.labs.board_layout import GAP, SCROLL_BAR, TITLE, Box
from cnn_tutor.widgets import colours
from cnn_tutor.widgets.grid_view import GridView

Grid = TypeVar("Grid", bound=GridView)


class Pane(Generic[Grid]):
    """A titled grid; both are children of the board, which places them."""

    def __init__(self, board: QWidget, grid: Grid, name: str) -> None:
        self.grid = grid
        grid.setParent(board)
        grid.setObjectName(name)
        self.title = QLabel(board)
        self.title.setBuddy(grid)
        self._short = self._full = ""
        self.letters = 1
        """How long the longest number in it is."""

    def set_title(self, title: str, detail: str) -> None:
        """Name the grid; the detail, such as its shape, stands beside it in a quieter tone."""
        dim = colours.current().dim
        self._short = f"<b>{html.escape(title)}</b>"
        self._full = (
            f"{self._short}&nbsp;&nbsp;<span style='color:{dim}'>{html.escape(detail)}</span>"
        )
        self.title.setText(self._full)
        self.title.setToolTip(f"{title} {detail}".strip())
        self.grid.setAccessibleName(f"{title} {detail}".strip())

    def title_width(self) -> int:
        """Return how wide the title is in pixels."""
        return self.title.sizeHint().width()

    def place(self, box: Box, cell: tuple[int, int]) -> None:
        """Put the grid into a box, the title over it; its detail goes where room is short."""
        self.grid.set_cell_size(*cell)
        self.grid.set_longest(self.letters)
        self.grid.setGeometry(box.x, box.y, box.width, box.height)
        self.title.setText(self._full)
        if self.title_width() > max(box.width, GAP) + GAP:
            self.title.setText(self._short)
        self.title.setGeometry(box.x, box.y - TITLE, self.title_width(), TITLE - 4)

    def cell_rect(self, row: int, column: int) -> QRect:
        """Return where a cell is on the board; invalid if it is not wholly in sight."""
        rect = self.grid.cell_rect(row, column)
        return rect.translated(self.grid.pos()) if self._sight().contains(rect) else QRect()

    def _sight(self) -> QRect:
        """The part of the grid that its scroll bars leave free."""
        model, (across, down) = self.grid.model(), self.grid.cell_size()
        width, height = self.grid.width(), self.grid.height()
        high = model.rowCount() * down > height
        wide = model.columnCount() * across > width - (SCROLL_BAR if high else 0)
        return QRect(
            0, 0, width - (SCROLL_BAR if high else 0), height - (SCROLL_BAR if wide else 0)
        )


def planes(port: str, shape: Shape) -> list[tuple[str, Index]]:
    """Return the name and the suffix of every plane of a tensor.

    The suffix is the plane's place on the axes after the first two. A single plane goes by the
    port's own name, as ``x``; others as ``x[2]``.
    """
    suffixes = list(itertools.product(*map(range, shape[2:])))
    if len(suffixes) == 1:
        return [(port, suffixes[0])]
    return [(f"{port}[{','.join(map(str, suffix))}]", suffix) for suffix in suffixes]


def grid_size(shape: Shape) -> tuple[int, int]:
    """Return the rows and columns of a plane; a tensor with one axis is a row."""
    return (1, shape[0]) if len(shape) == 1 else (shape[0], shape[1])
