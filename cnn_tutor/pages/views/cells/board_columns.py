"""Which columns a board has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.pages.views.cells.columns_layout import Column, Size, Style, cell_width
from cnn_tutor.pages.views.cells.pane import Pane
from cnn_tutor.pages.views.cells.pane_set import PaneSet, letters
from cnn_tutor.pages.views.cells.workings import Workings
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import PRODUCTS
from cnn_tutor.widgets.style.sizes import px

TOTAL, CURVE = "total", "curve"
"""The columns that are no port's."""

_TOTAL_WIDTH, _SUM_LINE = 108, 25
"""How wide the total and how high the line of a sum is in letters of ``TEXT``, in pixels."""

_MOST_FACTOR_LETTERS = 12
"""Letters of a product with its factors for which a cell is wide enough."""

TOTAL_APART = 8
"""How far the total is under what it stands under, and beside the lines that end at it."""

_STRETCH, _LEAST_PRODUCT = 1.36, 48
"""How much wider than high a product of an equation is, and how wide at least."""


def board_columns(
    panes: PaneSet, workings: Workings, plotted: Column | None, style: Style
) -> dict[str, Column]:
    """Return the columns of a board from left to right, by the port or part that is in them.

    ``plotted`` is that of the layer's plot, if it has one.

    The input's channels are rows, beside them what they are multiplied by and the products. What
    is added after that, such as the bias, stands over the total, if there is one. Where maps and
    channels are in pairs, each map stands in its channel's row.
    """
    reserved = not plotted and workings.has_room
    tables = workings.tables if reserved else ()
    totalled = reserved and workings.has_total
    rows = len(panes.panes["x"])
    columns = {"x": _of_port(panes, "x", rows, 0)}
    if plotted:
        columns[CURVE] = plotted
    stacks = [port for port in panes.inner if by_maps(port, panes, workings)]
    for port in stacks:
        count = len(panes.panes[port])
        columns[port] = _of_port(panes, port, count, style.sign, stands_in_row=False)
    singles = [port for port in panes.inner if port not in stacks and not in_rows(port, workings)]
    for port in panes.inner:
        if port not in (*singles, *stacks):
            columns[port] = _of_port(panes, port, rows, style.sign)
    if not totalled:
        for port in singles:
            columns[port] = _of_port(panes, port, 1, style.sign, stands_in_row=False)
    if tables:
        gap = style.sign if len(columns) > 1 else style.gap
        columns[PRODUCTS] = _products(panes, workings, rows, gap)
    if totalled:
        columns.update(_total(panes, workings, singles, style))
    gap = style.sign if plotted else style.gap if tables else style.gap + style.sign
    paired = bool(workings.pairs)
    for port in (OUTPUT, *panes.besides):
        count = len(panes.panes[port])
        columns[port] = _of_port(panes, port, count, gap, stands_in_row=paired)
        gap = style.sign
    return columns


def equation_columns(panes: PaneSet, workings: Workings, style: Style) -> dict[str, Column]:
    """Return the columns of a board with a single row, with the products under the axis.

    They stand under all that the input is combined with.
    """

    def column(port: str, gap: int, count: int = 1) -> Column:
        wide = panes.first(port).title_width()
        return replace(_of_port(panes, port, count, gap, stands_in_row=False), title=wide)

    products = _products(panes, workings, 1, style.gap)
    products = replace(
        products,
        in_rows=False,
        factors=max(
            px(_LEAST_PRODUCT), cell_width(factor_letters(panes, workings), _MOST_FACTOR_LETTERS)
        ),
        stretch=_STRETCH,
        over=tuple(column(port, style.sign if n else 0) for n, port in enumerate(panes.inner)),
    )
    columns = {"x": replace(column("x", 0), window=workings.room()[1]), PRODUCTS: products}
    for port in (OUTPUT, *panes.besides):
        columns[port] = column(port, style.gap, len(panes.panes[port]))
    return columns


def is_equation(panes: PaneSet, workings: Workings, plotted: bool) -> bool:
    """Say whether a board has a single row, whose products can stand under it."""
    one_row = len(workings.tables) == 1 and len(panes.panes["x"]) == 1
    return one_row and workings.has_room and not (plotted or workings.has_total)


def factor_letters(panes: PaneSet, workings: Workings) -> int:
    """Return how long a product can become when it is written with its factors and their sign.

    A negative factor is in brackets. What a layer itself multiplies with is a factor, too.
    """
    terms = (term for table in workings.tables for term in table.terms)
    scales = {numbers.show(term.scale) for term in terms if term.scale != 1}
    longest = max((len(scale) + len("×") for scale in scales), default=0)
    tensors, ports = panes.tensors(), ("x", *panes.inner, OUTPUT)[:2]
    brackets = sum(2 for port in ports if tensors[port].min(initial=0) < 0)
    return sum(panes.letters[port] for port in ports) + brackets + 1 + longest


def in_rows(port: str, workings: Workings) -> bool:
    """Say whether a port stands in the rows: it is multiplied there, channel by channel."""
    paired = bool(workings.pairs) and port == OUTPUT
    return port == "x" or paired or any(port in table.ports for table in workings.tables)


def by_maps(port: str, panes: PaneSet, workings: Workings) -> bool:
    """Say whether all planes of a port stand over each other, as the maps that they make do.

    So stand filters for one channel, where there are no products for which one is picked.
    """
    several = len(panes.panes[port]) > 1 and len(panes.panes["x"]) == 1
    return several and not workings.has_room and port in panes.inner


def size_of(pane: Pane[Any]) -> Size:
    """Return how many rows and columns a pane's grid has."""
    model = pane.grid.model()
    return model.rowCount(), model.columnCount()


def product_letters(panes: PaneSet, workings: Workings) -> int:
    """Return how long a product can be at any place, for nothing to move from one to another."""
    tensors = panes.tensors()
    found = 1
    for ports in {table.ports for table in workings.tables}:
        ends = [np.array([tensors[port].min(), tensors[port].max()]) for port in ports]
        whole = all((tensors[port] == np.rint(tensors[port])).all() for port in ports)
        if whole and len(ends) == 2:
            found = max(found, letters(np.outer(*ends)))
        else:
            found = max(found, sum(panes.letters[port] for port in ports))
    return found


def _of_port(panes: PaneSet, port: str, count: int, gap: int, stands_in_row: bool = True) -> Column:
    pane = panes.first(port)
    (rows, columns), pads = size_of(pane), panes.kept_pads(port)
    size, long = (rows + sum(pads[0]), columns + sum(pads[1])), panes.letters[port]
    return Column(size, count, long, pane.short_width(), gap=gap, in_rows=stands_in_row)


def _products(panes: PaneSet, workings: Workings, rows: int, gap: int) -> Column:
    wide = workings.sum_width(panes.letters[OUTPUT] + 1)
    return Column(
        workings.room(),
        rows,
        product_letters(panes, workings),
        workings.pane(workings.tables[0]).short_width(),
        wide,
        foot=px(_SUM_LINE) if wide else 0,
        text=True,
        gap=gap,
        factors=cell_width(factor_letters(panes, workings), _MOST_FACTOR_LETTERS),
    )


def _total(
    panes: PaneSet, workings: Workings, singles: Sequence[str], style: Style
) -> dict[str, Column]:
    """Return the column of what is added to the sums, with the total under it."""
    wide, gap = px(_TOTAL_WIDTH), style.gap - px(10)
    high = workings.total_height(wide - px(8), panes.letters[OUTPUT] + 1) + px(TOTAL_APART + 2)
    if not singles:
        return {TOTAL: Column(wide=wide, high=high, text=True, gap=gap, in_rows=False)}
    pane, long = panes.first(singles[0]), panes.letters[singles[0]]
    column = Column(
        size_of(pane),
        1,
        long,
        pane.short_width(),
        wide,
        foot=high,
        text=True,
        gap=gap,
        inset=style.sign,
        in_rows=False,
    )
    return {singles[0]: column}
