"""Which way the lines on a board run: along the lines between cells, never over a number."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from PySide6.QtCore import QRect

from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.views.cells.arrangement import Arrangement
from cnn_tutor.pages.views.cells.pane import Pane
from cnn_tutor.pages.views.cells.pane_set import PaneSet
from cnn_tutor.pages.views.cells.workings import Workings
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.overlays.connectors import Connector
from cnn_tutor.widgets.style import colours

_NEAR, _FAR = 7, 14


def lines(
    panes: PaneSet,
    workings: Workings,
    arrangement: Arrangement,
    highlight: Highlight,
    plotted: bool,
) -> Iterator[Connector]:
    """Join the windows that an output cell reads, their products, their total and the cell.

    A line to what is scrolled out of sight is left out. Where the filter stands between a window
    and its products, and where a curve does, no line runs across it.
    """
    tables = [t for t in workings.tables if not workings.pane(t).grid.isHidden()]
    output = panes.pane_of(OUTPUT, highlight.at)
    target, grid = _cell(output, highlight.at), output.grid.geometry()
    joined = highlight.marks[OUTPUT] and highlight.marks.get("x")
    if plotted or not joined or not workings.on_board:
        return
    if not workings.tables:
        yield from _straight(panes, highlight, target)
        return
    for table in tables:
        products = workings.pane(table).grid.geometry()
        known = table.plane in panes.panes["x"]
        if known and (arrangement.stacked or len(table.ports) == 1):
            pane = panes.pane_of("x", (0, 0, *table.plane))
            window = _window(pane, [i for i in highlight.marks["x"] if i[2:] == table.plane])
            if window.isValid():
                yield from window_to_products(window, pane.grid.geometry(), products)
        if workings.has_total:
            ink = workings.ink(table) or colours.current().written
            yield to_total(products, workings.total.geometry(), ink)
    if workings.has_total and target.isValid():
        yield products_to_output(workings.total.geometry(), target, grid)
    elif tables and target.isValid():
        yield products_to_output(workings.pane(tables[0]).grid.geometry(), target, grid)


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
        yield _line("read", (start, y), (lane, y), (lane, end), (products.left() + 0.5, end))


def products_to_output(products: QRect, cell: QRect, grid: QRect) -> Connector:
    """Join the products' right side with an output cell, along the edge of the cell's row."""
    y = products.center().y() + 0.5
    edge = cell.bottom() + 0.5 if y > cell.center().y() else cell.top() - 0.5
    lane = grid.left() - _FAR
    start, last = (products.right() + 1.5, y), (cell.left() - 0.5, edge)
    return _line("written", start, (lane, y), (lane, edge), last)


def to_total(products: QRect, total: QRect, ink: str) -> Connector:
    """Join the products of one channel with the total, in the channel's colour."""
    y, end = products.center().y() + 0.5, total.center().y() + 0.5
    lane = total.left() - _FAR
    return _line(
        ink, (products.right() + 2.5, y), (lane, y), (lane, end), (total.left() - 3.5, end)
    )


def _straight(panes: PaneSet, highlight: Highlight, target: QRect) -> Iterator[Connector]:
    for index in list(highlight.marks["x"])[:1]:
        cell = _cell(panes.pane_of("x", index), index)
        if cell.isValid() and target.isValid():
            out = panes.pane_of("x", index).grid.geometry().right() + _FAR
            edge, y = cell.bottom() + 0.5, target.top() - 0.5
            if y > edge:
                y = target.bottom() + 0.5
            first, last = (cell.right() + 0.5, edge), (target.left() - 0.5, y)
            yield _line("written", first, (out, edge), (out, y), last)


def _window(pane: Pane[TensorGrid], indices: list[Index]) -> QRect:
    """The rectangle around some cells of one pane; invalid if any of them is out of sight."""
    window = QRect()
    for index in indices:
        cell = pane.grid.tensor_model.cell_of(index)
        if cell is not None:
            rect = pane.cell_rect(*cell)
            if not rect.isValid():
                return QRect()
            window = window.united(rect)
    return window


def _cell(pane: Pane[TensorGrid], index: Index) -> QRect:
    if pane.grid.isHidden():
        return QRect()
    cell = pane.grid.tensor_model.cell_of(index)
    return pane.cell_rect(*cell) if cell else QRect()


def _line(tone: str, *points: tuple[float, float]) -> Connector:
    """Join points, none of them twice in a row."""
    return Connector(tuple(point for point, _ in itertools.groupby(points)), tone)
