"""Which columns a board has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.pages.views.cells.columns_layout import (
    COLUMNS,
    EQUATION,
    GAP,
    Column,
    Size,
    cell_width,
)
from cnn_tutor.pages.views.cells.pane import Pane
from cnn_tutor.pages.views.cells.pane_set import PaneSet, letters
from cnn_tutor.pages.views.cells.tables import Table
from cnn_tutor.pages.views.cells.workings import Workings
from cnn_tutor.study.exercise import PRODUCTS

SIGN = 30
"""Width of the strip for a sign between two columns, in pixels."""

TOTAL, CURVE = "total", "curve"
"""The columns that are no port's."""

_TOTAL_WIDTH = 108
_FACTORS_LETTER = 8.0
_STRETCH, _LEAST_PRODUCT = 1.36, 48
"""How much wider than high a product of an equation is, and how wide at least."""

_CURVE = ((230, 520), (220, 420))
"""The least and the most width of a curve, and the same of its height, in pixels."""


def board_columns(
    panes: PaneSet, workings: Workings, plotted: bool, room: Size
) -> dict[str, Column]:
    """Return the columns of a board from left to right, by the port or part that is in them.

    ``room`` is the width and height of the board; a curve takes its share of it.

    The input's channels are rows, beside them what they are multiplied by and the products. What
    is added after that, such as the bias, stands with the total, if there is one. Of an equation
    the products stand under all that the input is combined with.
    """
    if is_equation(panes, workings, plotted):
        return _equation(panes, workings)
    tables = () if plotted or not workings.on_board else workings.tables
    rows = len(panes.panes["x"])
    columns = {"x": _of_port(panes, "x", rows, 0)}
    if plotted:
        shares = (room[0] // 3, room[1] // 2)
        wide, high = (
            max(least, min(share, most))
            for share, (least, most) in zip(shares, _CURVE, strict=True)
        )
        columns[CURVE] = Column(wide=wide, high=high, gap=SIGN, in_rows=False)
    stacks = [port for port in panes.inner if by_maps(port, panes, workings)]
    for port in stacks:
        count = len(panes.panes[port])
        columns[port] = _of_port(panes, port, count, SIGN, stands_in_row=False)
    singles = [
        port for port in panes.inner if port not in stacks and not in_rows(port, workings.tables)
    ]
    for port in panes.inner:
        if port not in (*singles, *stacks):
            columns[port] = _of_port(panes, port, rows, SIGN)
    if not workings.has_total:
        for port in singles:
            columns[port] = _of_port(panes, port, 1, SIGN, stands_in_row=False)
    if tables:
        columns[PRODUCTS] = _products(workings, rows, SIGN if len(columns) > 1 else GAP)
    if workings.has_total:
        columns.update(_total(panes, workings, singles))
    gap = GAP if tables or plotted else GAP + SIGN
    for port in (OUTPUT, *panes.besides):
        columns[port] = _of_port(panes, port, len(panes.panes[port]), gap, stands_in_row=False)
        gap = SIGN
    return columns


def is_equation(panes: PaneSet, workings: Workings, plotted: bool) -> bool:
    """Say whether a board reads as an equation: everything has a single plane."""
    return (
        len(workings.tables) == 1
        and workings.on_board
        and not (plotted or panes.besides)
        and all(len(planes) == 1 for planes in panes.panes.values())
        and len(panes.first("x").grid.tensor_model.tensor_index(0, 0)) > 1
    )


def factor_letters(panes: PaneSet) -> int:
    """Return how long a product of an equation can become with its factors, and their sign."""
    first, second = ("x", *panes.inner, OUTPUT)[:2]
    return panes.letters[first] + panes.letters[second] + 2


def in_rows(port: str, tables: Sequence[Table]) -> bool:
    """Say whether a port stands in the rows: it is multiplied there, channel by channel."""
    return port == "x" or any(port in table.ports for table in tables)


def by_maps(port: str, panes: PaneSet, workings: Workings) -> bool:
    """Say whether all planes of a port stand over each other, as the maps that they make do.

    So stand filters for one channel, where there are no products for which one is picked.
    """
    several = len(panes.panes[port]) > 1 and len(panes.panes["x"]) == 1
    return several and not workings.on_board and port in panes.inner


def size_of(pane: Pane[Any]) -> Size:
    """Return how many rows and columns a pane's grid has."""
    model = pane.grid.model()
    return model.rowCount(), model.columnCount()


def _equation(panes: PaneSet, workings: Workings) -> dict[str, Column]:
    def column(port: str, gap: int) -> Column:
        title = panes.first(port).title_width()
        return replace(_of_port(panes, port, 1, gap, stands_in_row=False), title=title)

    (table,), room = workings.tables, workings.room()
    products = Column(
        room,
        title=workings.pane(table).title_width(),
        foot=EQUATION.sum_line,
        gap=GAP,
        in_rows=False,
        factors=max(_LEAST_PRODUCT, cell_width(factor_letters(panes))),
        stretch=_STRETCH,
        over=tuple(column(port, SIGN if n else 0) for n, port in enumerate(panes.inner)),
    )
    x = replace(column("x", 0), window=room[1])
    return {"x": x, PRODUCTS: products, OUTPUT: column(OUTPUT, GAP)}


def _of_port(panes: PaneSet, port: str, count: int, gap: int, stands_in_row: bool = True) -> Column:
    pane = panes.first(port)
    long = 1 if pane.hidden else panes.letters[port]
    size = (1, 1) if pane.hidden else size_of(pane)
    return Column(size, count, long, pane.short_width(), gap=gap, in_rows=stands_in_row)


def _products(workings: Workings, rows: int, gap: int) -> Column:
    tables = workings.tables
    pane = workings.pane(tables[0])
    return Column(
        workings.room(),
        rows,
        max(letters(table.products) for table in tables),
        pane.short_width(),
        max(workings.sum_of(table).sizeHint().width() for table in tables),
        foot=COLUMNS.sum_line,
        gap=gap,
        factors=round(max(workings.letters(table) for table in tables) * _FACTORS_LETTER),
    )


def _total(panes: PaneSet, workings: Workings, singles: Sequence[str]) -> dict[str, Column]:
    high = workings.total_height(_TOTAL_WIDTH) + 8
    gap = GAP - 10
    if not singles:
        return {TOTAL: Column(wide=_TOTAL_WIDTH, high=high, gap=gap, in_rows=False)}
    pane, long = panes.first(singles[0]), panes.letters[singles[0]]
    wide = pane.short_width()
    column = Column(size_of(pane), 1, long, wide, _TOTAL_WIDTH, lead=high, gap=gap, in_rows=False)
    return {singles[0]: column}
