"""A grid on a board with its title over it."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.pages.views.boxes import Box
from cnn_tutor.widgets.grids.grid_view import GridView
from cnn_tutor.widgets.style.rich_text import cut_title_html, title_html
from cnn_tutor.widgets.style.sizes import SCROLL_BAR

Grid = TypeVar("Grid", bound=GridView)


class Pane(Generic[Grid]):
    """A titled grid; both are children of the board, which places them."""

    def __init__(self, board: QWidget, grid: Grid, name: str) -> None:
        self.grid = grid
        grid.setParent(board)
        grid.setObjectName(name)
        self.title = QLabel(board)
        self.title.setBuddy(grid)
        self._short = self._full = self._ink = ""
        self._texts = ("", "")
        self.letters = 1
        """How long the longest number in it is."""
        self.hidden = False
        """Whether it keeps its place but must not be seen."""

    def set_title(self, title: str, detail: str, ink: str = "") -> None:
        """Name the grid; the detail, such as its shape, stands beside it in a quieter tone.

        ``ink`` is the colour of a channel's name.
        """
        was = self._full
        self._texts, self._ink = (title, detail), ink
        self._short, self._full = title_html(title, "", ink), title_html(title, detail, ink)
        if self._full == was:
            return
        self.title.setText(self._full)
        self.title.setToolTip(f"{title} {detail}".strip())
        self.grid.setAccessibleName(f"{title} {detail}".strip())

    def title_width(self) -> int:
        """Return how wide the title is in pixels, with its detail."""
        return title_width(*self._texts, self.title.font())

    def short_width(self) -> int:
        """Return how wide the title is without its detail."""
        return title_width(self._texts[0], "", self.title.font())

    def place(
        self, box: Box, cell: tuple[int, int], room: int, title: int, detailed: bool = True
    ) -> None:
        """Put the grid into a box, the title over it; its detail goes where room is short.

        ``room`` is how wide the title may be, and ``title`` the height of the line for it.
        ``detailed`` says whether it may have its detail at all.
        """
        self.grid.set_cell_size(*cell)
        self.grid.set_longest(self.letters)
        self.grid.setGeometry(box.x, box.y, box.width, box.height)
        self.title.setText(self._fitting(room, detailed))
        high = min(title, max(self.title.sizeHint().height(), title - 4))
        self.title.setGeometry(box.x, box.y - title, self.title.sizeHint().width(), high)
        self.set_visible(True)

    def set_visible(self, visible: bool) -> None:
        """Show the grid and its title, or hide both."""
        self.grid.setVisible(visible and not self.hidden)
        self.title.setVisible(visible and not self.hidden)

    def cell_rect(self, row: int, column: int) -> QRect:
        """Return where a cell is on the board; invalid if it is not wholly in sight."""
        rect = self.grid.cell_rect(row, column)
        return rect.translated(self.grid.pos()) if self._sight().contains(rect) else QRect()

    def remove(self) -> None:
        """Take both off the board."""
        # Hiding what the pointer is on would announce that it has left a grid of the old layer.
        self.grid.blockSignals(True)
        self.grid.setObjectName("")  # a new one may get the name before this one has gone
        for widget in (self.grid, self.title):
            widget.hide()
            widget.deleteLater()

    def _fitting(self, room: int, detailed: bool) -> str:
        """Return the title as far as it has room."""
        if detailed and self.title_width() <= room:
            return self._full
        if self.short_width() <= room:
            return self._short
        return cut_title_html(self._texts[0], self.title.font(), room, self._ink)

    def _sight(self) -> QRect:
        """The part of the grid that its scroll bars leave free."""
        model, (across, down) = self.grid.model(), self.grid.cell_size()
        width, height = self.grid.width(), self.grid.height()
        high = model.rowCount() * down > height
        wide = model.columnCount() * across > width - (SCROLL_BAR if high else 0)
        return QRect(
            0, 0, width - (SCROLL_BAR if high else 0), height - (SCROLL_BAR if wide else 0)
        )


def title_width(title: str, detail: str, font: QFont) -> int:
    """Return how wide the title of a pane is in pixels, with a detail beside it if there is one."""
    text = title_html(title, detail)
    measured = (text, font.key())
    if measured not in _widths:
        label = QLabel(text)
        label.setFont(font)
        _widths[measured] = label.sizeHint().width()
    return _widths[measured]


_widths: dict[tuple[str, str], int] = {}
"""The widths of titles that have been measured: some hundreds of them."""
