"""Which way the lines on a board run: along the lines between cells, never over a number."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

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
) -> Iterator[Connector]:
    """Join the windows that an output cell reads, their products, their total and the cell.

    A line to what is scrolled out of sight is left out. Where the filter stands between a window
    and its products, no line runs across it.
    """
    tables = [t for t in workings.tables if not workings.pane(t).grid.isHidden()]
    output = panes.pane_of(OUTPUT, highlight.at)
    target, grid = _cell(output, highlight.at), output.grid.geometry()
    joined = highlight.marks[OUTPUT] and highlight.marks.get("x")
    if not joined or not workings.on_board:
        return
    if not workings.tables:
        yield from _straight(panes, highlight, target, grid)
        return
    for table in tables:
        known = table.plane in panes.panes["x"]
        if known and (arrangement.stacked or len(table.ports) == 1):
            pane = panes.pane_of("x", (0, 0, *table.plane))
            window = _window(pane, [i for i in highlight.marks["x"] if i[2:] == table.plane])
            if window.isValid():
                products = workings.pane(table).grid.geometry()
                yield from window_to_products(window, pane.grid.geometry(), products)
        if workings.has_total:
            ink = workings.ink(table)
            dashes = colours.dashes(table.plane[0]) if ink else ()
            result, total = workings.result(table), workings.total_lines()[0]
            yield to_total(result, total, ink or colours.current().written, dashes)
    if tables and target.isValid():
        result = workings.total_lines()[1] if workings.has_total else workings.result(tables[0])
        last = panes.pane_of(OUTPUT, (0, 0, *list(panes.panes[OUTPUT])[-1]))
        yield to_output(result, target, grid, last.grid is output.grid)


def window_to_products(window: QRect, grid: QRect, products: QRect) -> Iterator[Connector]:
    """Join the rows of a window in ``grid`` with the left corners of its products.

    Two lines begin at the grid's right edge, where they enclose the window's rows, run down the
    free strip beside it and enter the products' corners. They are kept from crossing.
    """
    upper, lower, edge = window.top() - 0.5, window.bottom() + 0.5, grid.right() + 1.5
    goes_down = products.center().y() >= window.center().y()
    lanes = (edge + _FAR, edge + _NEAR) if goes_down else (edge + _NEAR, edge + _FAR)
    ends = (products.top() + 0.5, products.bottom() + 0.5)
    middle = (edge, (upper + lower) / 2)
    for y, lane, end in zip((upper, lower), lanes, ends, strict=True):
        to = (products.left() + 0.5, end)
        yield _line("read", middle, (edge, y), (lane, y), (lane, end), to)


def to_output(result: QRect, cell: QRect, grid: QRect, open_below: bool) -> Connector:
    """Join the end of a sum with the edge of the output's ``grid`` that is next to a cell.

    That is the left one, or the lower one where nothing of the output is below: ``open_below``.
    """
    start, middle = (result.right() + 4.5, result.center().y() + 0.5), cell.center()
    below = open_below and start[1] > grid.bottom() + _FAR
    if below and grid.bottom() - cell.bottom() < cell.left() - grid.left():
        x = middle.x() + 0.5
        return _line("written", start, (x, start[1]), (x, grid.bottom() + 3.5))
    lane, y = grid.left() - _FAR, middle.y() + 0.5
    return _line("written", start, (lane, start[1]), (lane, y), (grid.left() - 2.5, y))


def to_total(result: QRect, total: QRect, ink: str, dashes: tuple[float, ...] = ()) -> Connector:
    """Join the sum of one channel with the total, in the channel's colour and dashes."""
    y, end = result.center().y() + 0.5, total.center().y() + 0.5
    lane = total.left() - _FAR
    start, last = (result.right() + 4.5, y), (total.left() - 4.5, end)
    return replace(_line(ink, start, (lane, y), (lane, end), last), dashes=dashes)


def _straight(
    panes: PaneSet, highlight: Highlight, target: QRect, grid: QRect
) -> Iterator[Connector]:
    """Join the row of the only cell that is read with that of the output cell."""
    for index in list(highlight.marks["x"])[:1]:
        pane = panes.pane_of("x", index)
        cell = _cell(pane, index)
        if cell.isValid() and target.isValid():
            edge, lane = pane.grid.geometry().right() + 2.5, grid.left() - _FAR
            y, end = cell.center().y() + 0.5, target.center().y() + 0.5
            yield _line("written", (edge, y), (lane, y), (lane, end), (grid.left() - 2.5, end))


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
