"""A board as a rich text document: grids side by side as an equation, blanks in lines below."""

from __future__ import annotations

from html import escape
from itertools import chain
from math import gcd
from typing import NamedTuple

from PySide6.QtGui import QTextDocument

from cnn_tutor.app.worksheet import ink
from cnn_tutor.app.worksheet.board import Board, Cell, Grid, Group, Line
from cnn_tutor.app.worksheet.ink import MM
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.widgets.style.colours import LIGHT

NUMBER_POINTS, LABEL_POINTS = 10.5, 9.5

_CELL, _CELL_TO_WRITE, _CELL_MARGIN = 7 * MM, 10 * MM, 2.4 * MM
_BOX, _BOX_SPACE, _LABEL_SPACE, _COLUMN_SPACE = 20 * MM, 2 * MM, 4 * MM, 12 * MM
_LINES_IN_ONE_COLUMN = 5

_EDGES = {"top": (-1, 0), "bottom": (1, 0), "left": (0, -1), "right": (0, 1)}
"""The sides of a cell, and where its neighbour there is."""

_STYLE = f"""
td {{ vertical-align: middle; }}
.grid {{ border-collapse: collapse; }}
.title {{ margin-top: 24px; font-size: 80px; color: {ink.DIM}; white-space: pre; }}
.count {{ font-size: 60px; color: {ink.DIM}; }}
.side {{ padding-right: 10px; text-align: right; }}
.cell {{ border: 4px solid {ink.GRID}; padding: 24px 0 24px 0; text-align: center; }}
.top {{ border-top: 8px solid {ink.TEXT}; }}
.bottom {{ border-bottom: 8px solid {ink.TEXT}; }}
.left {{ border-left: 8px solid {ink.TEXT}; }}
.right {{ border-right: 8px solid {ink.TEXT}; }}
.asked {{ border: 11px solid {ink.TEXT}; }}
.open {{ background-color: {ink.OPEN}; }}
.read {{ border: 18px solid {ink.READ}; background-color: {ink.READ_GROUND}; }}
.written {{ border: 18px solid {ink.WRITTEN}; }}
.answer {{ font-weight: bold; color: {ink.ANSWER}; background-color: {ink.ANSWERED}; }}
.marked {{ border: 11px solid {ink.ANSWER}; }}
.gap {{ font-size: 60px; }}
.sign {{ font-size: 150px; padding: 120px 60px 0 10px; }}
.plane {{ padding-right: 50px; }}
.line {{ font-size: {round(LABEL_POINTS * ink.POINT)}px; }}
.box {{ font-size: {round(NUMBER_POINTS * ink.POINT)}px; border: 8px solid {ink.TEXT};
  padding: 26px 0 26px 0; text-align: center; }}
"""


class Manner(NamedTuple):
    """One way to arrange the same grids.

    Where ``upright``, vectors are columns. ``beside`` is the number of planes of a tensor that
    stand beside each other. The equation goes on in a new line after ``broken`` groups, if any.
    """

    upright: bool = False
    beside: int = 1
    broken: int = 0


def document(html: str, width: float = -1, style: str = "") -> QTextDocument:
    """Return rich text in the font of the paper, as wide as it needs or with a width."""
    made = QTextDocument()
    made.setDocumentMargin(0)
    made.setDefaultFont(ink.font(NUMBER_POINTS))
    # Without a colour it would be that of the theme, light letters on white paper in the dark one.
    made.setDefaultStyleSheet(f"body {{ color: {ink.TEXT}; }}\n{style}")
    made.setHtml(f"<body>{html}</body>")
    made.setTextWidth(width)
    return made


def figure(board: Board, answered: bool, room: float, manner: Manner) -> QTextDocument:
    """Return a board with its answers or without; lines go on in columns where there is room."""
    parts = []
    for place, row in enumerate(board.rows):
        end = 0 if place else manner.broken  # only the equation itself is ever broken
        parts += [_row(part, answered, manner) for part in (row[:end], row[end:]) if part]
    if board.lines:
        parts.append(_lines(board.lines, answered, room, in_a_row=bool(board.rows)))
    return document("<p class=gap>&nbsp;</p>".join(parts), style=_STYLE)


def _table(*rows: str, name: str = "", space: float = 0) -> str:
    start = f"<table class='{name}' cellspacing={round(space)} cellpadding=0>"
    return f"{start}{''.join(rows)}</table>"


def _row(groups: tuple[Group, ...], answered: bool, manner: Manner) -> str:
    parts = []
    for group in groups:
        if group.sign:
            parts.append(f"<td class=sign>{escape(group.sign)}</td>")
        columns = _columns(group, answered, manner.beside)
        parts += [f"<td class=plane>{column}</td>" for column in columns]
    return _table(f"<tr>{''.join(parts)}</tr>")


def _columns(group: Group, answered: bool, beside: int) -> list[str]:
    """Return the grids of a group in columns, all with cells of the same width."""
    to_write = any(cell.asked and not cell.mark for cell in group.cells)
    written = (_written(cell, answered) for cell in group.cells)
    longest = max(ink.width(text, NUMBER_POINTS, bold) for text, bold in written)
    width = max(_CELL_TO_WRITE if to_write else _CELL, longest + _CELL_MARGIN)
    planes = [_grid(grid, answered, width) for grid in chain(*group.grids)]
    count = max(map(len, group.grids))
    if count == 1:
        count = gcd(beside, len(planes))
    first = group.grids[0][0]
    # The cells of grids without counts are level with those of others beside them.
    lead = "" if _counts_columns(first) else "<p class=count>&nbsp;</p>"
    return [lead + "".join(planes[n::count]) for n in range(count)]


def _counts_columns(grid: Grid) -> bool:
    return grid.counted and max(map(len, grid.rows)) > 1


def _grid(grid: Grid, answered: bool, width: float) -> str:
    numbered = grid.counted and len(grid.rows) > 1
    shade = "" if grid.channel is None else LIGHT.channels[grid.channel % len(LIGHT.channels)]
    lines = []
    if _counts_columns(grid):
        columns = range(max(map(len, grid.rows)))
        counts = "".join(f"<td class=count align=center>{j}</td>" for j in columns)
        lines.append(f"<tr>{'<td></td>' * numbered}{counts}</tr>")
    for i, row in enumerate(grid.rows):
        count = f"<td class='count side'>{i * grid.step}</td>" if numbered else ""
        cells = "".join(_cell(grid, i, j, answered, width) for j in range(len(row)))
        lines.append(f"<tr>{count}{cells}</tr>")
    style = f" style='color: {shade}'" if shade else ""
    return f"<p class=title{style}>{escape(grid.title)}</p>{_table(*lines, name='grid')}"


def _cell(grid: Grid, i: int, j: int, answered: bool, width: float) -> str:
    cell = grid.rows[i][j]
    classes = ["cell"]
    for edge, (down, right) in _EDGES.items():
        if not (0 <= i + down < len(grid.rows) and 0 <= j + right < len(grid.rows[i + down])):
            classes.append(edge)
    solved = answered and bool(cell.answer)
    if cell.pointed:
        classes.append("written" if grid.port == OUTPUT else "read")
    elif cell.asked and not cell.mark:
        classes.append("asked")
    if not cell.given and not cell.asked:
        classes.append("open")
    if solved:
        classes += ["answer", "marked"] if cell.mark else ["answer"]
    text, _ = _written(cell, answered)
    return f"<td class='{' '.join(classes)}' width={round(width)}>{escape(text)}</td>"


def _written(cell: Cell, answered: bool) -> tuple[str, bool]:
    """Return what is written in a cell, and whether it is an answer."""
    if not (answered and cell.answer):
        return cell.given, False
    return (cell.given if cell.mark and cell.given else cell.answer), True


def _lines(lines: tuple[Line, ...], answered: bool, room: float, in_a_row: bool) -> str:
    """Return labels and boxes: a few in one column, many or those ``in_a_row`` in several."""
    longest = max(ink.width(line.cell.answer, NUMBER_POINTS, True) for line in lines)
    box = _CELL if all(line.cell.mark for line in lines) else max(_BOX, longest + _LABEL_SPACE)
    label = max(ink.width(line.label, LABEL_POINTS) for line in lines)
    label = min(label + 1, room - box - _LABEL_SPACE)
    columns = int((room + _COLUMN_SPACE) // (label + _LABEL_SPACE + box + _COLUMN_SPACE))
    if len(lines) <= _LINES_IN_ONE_COLUMN and not in_a_row:
        columns = 1
    each = -(-len(lines) // max(columns, 1))
    rows = []
    for first in range(each):
        cells = [_line(line, answered, label, box) for line in lines[first::each]]
        rows.append(f"<tr>{f'<td width={round(_COLUMN_SPACE)}></td>'.join(cells)}</tr>")
    return _table(*rows, space=_BOX_SPACE)


def _line(line: Line, answered: bool, label: float, box: float) -> str:
    text = line.cell.answer if answered else ""
    name = "box answer" if text else "box"
    return (
        f"<td class=line width={round(label + _LABEL_SPACE)}>{escape(line.label)}</td>"
        f"<td class='{name}' width={round(box)}>{escape(text)}</td>"
    )
