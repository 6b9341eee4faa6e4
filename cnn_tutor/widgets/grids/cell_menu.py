"""What a right click on a cell offers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from cnn_tutor.engine.arrays import Array
from cnn_tutor.widgets.controls.gestures import GridCell
from cnn_tutor.widgets.grids.cell_editing import CellEditing, Fill

_Keys = QKeySequence.StandardKey


class CellMenu(QMenu):
    """Copies, pastes and fills the selected cells of a grid, and asks where one comes from.

    Beside the cells, ``at`` being None, only the grid as a whole can be copied. What actions the
    grid has been given stand below.
    """

    def __init__(
        self,
        grid: CellEditing,
        at: GridCell | None,
        random_range: tuple[int, int],
        copy_picture: Callable[[], None],
    ) -> None:
        super().__init__(grid)
        self.setObjectName("cell_menu")
        self._grid, self._random_range = grid, random_range
        self.aboutToHide.connect(self.deleteLater)
        if at is not None:
            self._offer(self, self.tr("Copy"), grid.copy, keys=_Keys.Copy)
            if grid.can_paste:
                paste = self._offer(self, self.tr("Paste"), grid.paste, keys=_Keys.Paste)
                paste.setEnabled(bool(QGuiApplication.clipboard().text()))
            if grid.editable:
                self._offer_fills()
            self.addSeparator()
            why = self._offer(self, self.tr("Why this number?"), lambda: grid.pinned.emit(at))
            why.setEnabled(grid.can_explain(*at))
        self._offer(self, self.tr("Copy as picture"), copy_picture)
        self.addActions(grid.actions())

    def _offer_fills(self) -> None:
        grid = self._grid
        menu = self.addMenu(self.tr("Fill"))
        for number in (0, 1):
            self._offer(menu, str(number), partial(grid.fill_with, float(number)))
        self._offer(menu, self.tr("Random"), lambda: grid.fill(random_numbers(*self._random_range)))
        # A pattern takes more than one cell.
        whole = len(grid.selectedIndexes()) < 2
        patterns = menu.addMenu(self.tr("Pattern in all cells") if whole else self.tr("Pattern"))
        names = {
            "checkerboard": self.tr("Checkerboard"),
            "diagonal": self.tr("Diagonal"),
            "gradient": self.tr("Gradient"),
        }
        for key, pattern in PATTERNS.items():
            if all(grid.tensor_model.takes(n) for n in pattern(3, 3).flat):
                self._offer(patterns, names[key], partial(grid.fill, pattern, whole))

    @staticmethod
    def _offer(
        menu: QMenu,
        text: str,
        does: Callable[[], object],
        keys: QKeySequence.StandardKey | None = None,
    ) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda: does())
        if keys is not None:  # to be read here; the grid itself listens to them
            action.setShortcuts(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return action


def random_numbers(least: int, most: int) -> Fill:
    """Return what fills cells with random whole numbers, ``most`` among them."""
    rng = np.random.default_rng()
    return lambda rows, columns: rng.integers(least, most + 1, (rows, columns)).astype(np.float64)


def _checkerboard(rows: int, columns: int) -> Array:
    row, column = np.indices((rows, columns))
    return np.where((row + column) % 2, 0.0, 1.0)


def _diagonal(rows: int, columns: int) -> Array:
    return np.eye(rows, columns)


def _gradient(rows: int, columns: int) -> Array:
    """0, 1, 2 ... from left to right; of a single column downwards."""
    steps = np.arange(max(rows, columns), dtype=np.float64)
    line = steps[:columns] if columns > 1 else steps[:rows, None]
    return np.broadcast_to(line, (rows, columns))


PATTERNS: dict[str, Fill] = {
    "checkerboard": _checkerboard,
    "diagonal": _diagonal,
    "gradient": _gradient,
}
