"""Where a cell of a board is: its grid, and its row and column there."""

from __future__ import annotations

from cnn_tutor.engine.explanation import Index
from cnn_tutor.pages.views.cells.pane_set import PaneSet
from cnn_tutor.pages.views.cells.workings import Workings
from cnn_tutor.study.exercise import PRODUCTS
from cnn_tutor.widgets.grids.grid_view import GridView

Place = tuple[GridView, int, int]


def find(panes: PaneSet, workings: Workings, port: str, index: Index) -> Place | None:
    """Return the grid, row and column of a cell; of a product by its step's place and its own.

    None where there is no such cell.
    """
    if port == PRODUCTS:
        for table in workings.tables:
            if table.place == index[0]:
                return (workings.pane(table).grid, *divmod(index[1], table.columns))
        return None
    if port not in panes.panes or index[2:] not in panes.panes[port]:
        return None
    grid = panes.pane_of(port, index).grid
    cell = grid.tensor_model.cell_of(index)
    return (grid, *cell) if cell is not None else None
