"""Which way the lines on a board run: along the lines between cells, never over a number."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect

from cnn_tutor.labs.pane_set import PaneSet
from cnn_tutor.labs.shown_layer import OUTPUT
from cnn_tutor.labs.spotlight import Spotlight
from cnn_tutor.widgets.connectors import Connector

_NEAR, _FAR = 7, 14


def lines(panes: PaneSet, light: Spotlight) -> Iterator[Connector]:
    """Join the window that an output cell reads, its products and the cell itself.

    A line to what is scrolled out of sight is left out.
    """
    products = panes.products.grid.geometry()
    window, whole = QRect(), True
    for index in light.marks["x"]:
        cell = panes.x.grid.tensor_model.cell_of(index)
        if cell is not None:
            rect = panes.x.cell_rect(*cell)
            whole &= rect.isValid()
            window = window.united(rect)
    if window.isValid() and whole:
        yield from window_to_products(window, panes.x.grid.geometry(), products)
    cell = panes.output.grid.tensor_model.cell_of(light.at)
    rect = panes.output.cell_rect(*cell) if cell else QRect()
    if rect.isValid() and light.marks[OUTPUT]:
        yield products_to_output(products, rect, panes.output.grid.geometry())


def window_to_products(window: QRect, grid: QRect, products: QRect) -> Iterator[Connector]:
    """Join the right corners of a window in ``grid`` with the left corners of its products.

    From each corner the line follows the row's edge out of the grid, runs down the free strip
    beside it and enters the products' corner. The two runs are kept from crossing.
    """
    upper, lower = window.top() - 0.5, window.bottom() + 0.5
    start, right = window.right() + 0.5, grid.right() + 1
    goes_down = products.center().y() >= window.center().y()
    lanes = (right + _FAR, right + _NEAR) if goes_down else (right + _NEAR, right + _FAR)
    ends = (products.top() + 0.5, products.bottom() + 0.5)
    for y, lane, end in zip((upper, lower), lanes, ends, strict=True):
        points = ((start, y), (lane, y), (lane, end), (products.left() + 0.5, end))
        yield Connector(_without_repeats(points), "read")


def products_to_output(products: QRect, cell: QRect, grid: QRect) -> Connector:
    """Join the products' right side with an output cell, along the edge of the cell's row."""
    y = products.center().y() + 0.5
    edge = cell.bottom() + 0.5 if y > cell.center().y() else cell.top() - 0.5
    lane = grid.left() - _FAR
    points = ((products.right() + 1.5, y), (lane, y), (lane, edge), (cell.left() - 0.5, edge))
    return Connector(_without_repeats(points), "written")


def _without_repeats(points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    return tuple(p for n, p in enumerate(points) if n == 0 or p != points[n - 1])
