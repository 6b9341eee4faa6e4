"""Draws the grids of an exercise on paper, side by side as an equation."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from cnn_tutor.app.worksheet.paper import ink
from cnn_tutor.app.worksheet.paper.board import Board
from cnn_tutor.app.worksheet.paper.cells import Group
from cnn_tutor.app.worksheet.paper.grid import GridDrawing
from cnn_tutor.app.worksheet.paper.ink import MM
from cnn_tutor.app.worksheet.paper.lines import LineDrawing

_SIGN = 8 * MM
_SIGN_POINTS = 15
_BESIDE, _BELOW = 3 * MM, 2.6 * MM
_ROWS = 5 * MM
_MANY = 4


class Manner(NamedTuple):
    """One way to arrange the same grids.

    ``upright`` vectors stand; planes go on beside each other where a column of them would be
    higher than ``tallest``; the equation goes on in a new line after ``broken`` groups, if any.
    """

    upright: bool = False
    tallest: float = 140 * MM
    broken: int = 0


@dataclass(frozen=True)
class _Placed:
    drawing: GridDrawing | LineDrawing
    x: float
    y: float


@dataclass(frozen=True)
class _Sign:
    text: str
    box: QRectF


class Figure:
    """A board as it is drawn, with its answers or without; ``width`` and ``height`` at scale 1."""

    def __init__(self, board: Board, answered: bool, room: float, manner: Manner) -> None:
        self._answered, self._tallest = answered, manner.tallest
        self._placed: list[_Placed] = []
        self._signs: list[_Sign] = []
        self.width = self.height = 0.0
        for place, row in enumerate(board.rows):
            end = 0 if place else manner.broken  # only the equation itself is ever broken
            for part in (row[:end], row[end:]):
                if part:
                    self._add_row(part)
        if board.lines:
            lines = LineDrawing(board.lines, answered, room, in_a_row=bool(board.rows))
            self._placed.append(_Placed(lines, 0, self._next()))
            self.height = self._next() + lines.height
            self.width = max(self.width, lines.width)

    @property
    def boxes(self) -> list[QRectF]:
        """Where the grids, the signs and the lines stand, at scale 1."""
        signs = [sign.box for sign in self._signs]
        return signs + [QRectF(p.x, p.y, p.drawing.width, p.drawing.height) for p in self._placed]

    @property
    def grids(self) -> list[GridDrawing]:
        """The grids, in the order in which they are read."""
        return [p.drawing for p in self._placed if isinstance(p.drawing, GridDrawing)]

    def paint(self, painter: QPainter, x: float, y: float, scale: float) -> None:
        """Draw it with its upper left corner at a place."""
        painter.save()
        painter.translate(x, y)
        painter.scale(scale, scale)
        for placed in self._placed:
            painter.save()
            painter.translate(placed.x, placed.y)
            placed.drawing.paint(painter)
            painter.restore()
        painter.setFont(ink.font(_SIGN_POINTS))
        painter.setPen(ink.TEXT)
        for sign in self._signs:
            painter.drawText(sign.box, int(ink.CENTRE), sign.text)
        painter.restore()

    def _next(self) -> float:
        return self.height + _ROWS if self.height else 0.0

    def _add_row(self, groups: tuple[Group, ...]) -> None:
        drawings = [_drawings(group, self._answered) for group in groups]
        folds = [_fold(rows, self._tallest) for rows in drawings]
        alike = {len(rows): 1 for rows in drawings}
        for rows, fold in zip(drawings, folds, strict=True):
            alike[len(rows)] = max(alike[len(rows)], fold)
        blocks = [_Block(rows, alike[len(rows)]) for rows in drawings]
        top = self._next()
        tall = max(block.rise for block in blocks)
        x = 0.0
        for group, block in zip(groups, blocks, strict=True):
            if group.sign:
                middle = top + tall
                self._signs.append(_Sign(group.sign, QRectF(x, middle - _SIGN, _SIGN, 2 * _SIGN)))
            if group.sign or x:
                x += _SIGN
            y = top + tall - block.rise
            for drawing, at in block.places:
                self._placed.append(_Placed(drawing, x + at.x(), y + at.y()))
            x += block.width
        fall = max(block.height - block.rise for block in blocks)
        self.height = top + tall + fall
        self.width = max(self.width, x)


_Drawings = list[list[GridDrawing]]


def _drawings(group: Group, answered: bool) -> _Drawings:
    """Return the grids of a group in their rows, all with cells of the same width."""
    rows = [[GridDrawing(grid, answered) for grid in row] for row in group.grids]
    cell = max(drawing.cell_width for row in rows for drawing in row)
    for row in rows:
        for drawing in row:
            drawing.cell_width = cell
    return rows


def _fold(rows: _Drawings, tallest: float) -> int:
    """Return how many planes of one column stand beside each other so that it is not too high."""
    if max(map(len, rows)) > 1:
        return 1
    tall = sum(row[0].height + _BELOW for row in rows)
    least = min(len(rows), math.ceil(tall / tallest))
    return next(n for n in range(least, len(rows) + 1) if len(rows) % n == 0 or n > _MANY)


class _Block:
    """The grids of one group in their places; ``rise`` is how far its middle is below its top."""

    def __init__(self, rows: _Drawings, fold: int) -> None:
        if fold > 1 and max(map(len, rows)) == 1:
            column = [row[0] for row in rows]
            rows = [column[n : n + fold] for n in range(0, len(column), fold)]
        self.places: list[tuple[GridDrawing, QPointF]] = []
        y = self.width = self.height = 0.0
        for row in rows:
            x = 0.0
            for drawing in row:
                self.places.append((drawing, QPointF(x, y)))
                x += drawing.width + _BESIDE
            self.width = max(self.width, x - _BESIDE)
            self.height = y + max(drawing.height for drawing in row)
            y = self.height + _BELOW
        lead = rows[0][0].top
        self.rise = lead + (self.height - lead) / 2
