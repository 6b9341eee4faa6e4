"""Draws one grid of numbers on paper."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from cnn_tutor.app.worksheet.paper import ink
from cnn_tutor.app.worksheet.paper.cells import Cell, Grid
from cnn_tutor.app.worksheet.paper.ink import MM, POINT
from cnn_tutor.study.exercise import OUTPUT
from cnn_tutor.widgets.style.colours import LIGHT, colour

POINTS = 10.5
"""The size of the numbers."""

_TITLE_POINTS, _COUNT_POINTS = 8, 6
_SIDE = 7 * MM
_TO_WRITE = 10 * MM
_BESIDE_TEXT = 2.4 * MM
_COUNT = 3 * MM
_THIN, _FRAME, _ASKED, _POINTED = 0.4, 0.8, 1.1, 1.8


class GridDrawing:
    """A grid as it is drawn, with the answers in its blanks or without."""

    def __init__(self, grid: Grid, answered: bool) -> None:
        self._grid, self._answered = grid, answered
        cells = [cell for row in grid.rows for cell in row]
        written = (_written(cell, answered) for cell in cells)
        self.longest = max(ink.width(text, POINTS, bold) for text, bold in written)
        to_write = any(cell.asked and not cell.mark for cell in cells)
        self.cell_width = max(_TO_WRITE if to_write else _SIDE, self.longest + _BESIDE_TEXT)
        self._rows, self._columns = len(grid.rows), max(len(row) for row in grid.rows)
        self._lead = _COUNT if grid.counted and self._rows > 1 else 0.0
        self._head = _COUNT if grid.counted and self._columns > 1 else 0.0
        self._title = ink.height(_TITLE_POINTS) + 0.6 * MM if grid.title else 0.0

    @property
    def top(self) -> float:
        """How far below the upper end the cells begin."""
        return self._title + self._head

    @property
    def width(self) -> float:
        """The width with everything that stands beside the cells."""
        cells = self._lead + self._columns * self.cell_width
        return max(cells, self._lead + ink.width(self._grid.title, _TITLE_POINTS))

    @property
    def height(self) -> float:
        """The height with everything that stands over the cells."""
        return self.top + self._rows * _SIDE

    def paint(self, painter: QPainter) -> None:
        """Draw it with its upper left corner at the origin."""
        self._paint_title(painter)
        painter.save()
        painter.translate(self._lead, self.top)
        self._paint_counts(painter)
        for i, row in enumerate(self._grid.rows):
            for j, cell in enumerate(row):
                self._paint_ground(painter, self._box(i, j), cell)
        for i, row in enumerate(self._grid.rows):
            for j, cell in enumerate(row):
                self._paint_cell(painter, self._box(i, j), cell)
        self._paint_frames(painter)
        painter.restore()

    # --- inside ----------------------------------------------------------------------------------

    def _box(self, i: int, j: int) -> QRectF:
        return QRectF(j * self.cell_width, i * _SIDE, self.cell_width, _SIDE)

    def _paint_title(self, painter: QPainter) -> None:
        place = self._grid.place
        palette = LIGHT.channels
        painter.setPen(ink.DIM if place is None else colour(palette[place % len(palette)]))
        painter.setFont(ink.font(_TITLE_POINTS))
        box = QRectF(self._lead, 0, self.width, ink.height(_TITLE_POINTS))
        painter.drawText(box, int(ink.LEFT), self._grid.title)

    def _paint_counts(self, painter: QPainter) -> None:
        painter.setPen(ink.DIM)
        painter.setFont(ink.font(_COUNT_POINTS))
        if self._head:
            for j in range(self._columns):
                box = QRectF(j * self.cell_width, -_COUNT, self.cell_width, _COUNT)
                painter.drawText(box, int(ink.CENTRE), str(j))
        if self._lead:
            for i in range(self._rows):
                box = QRectF(-_COUNT, i * _SIDE, _COUNT - 1 * POINT, _SIDE)
                painter.drawText(box, int(ink.RIGHT), str(i * max(self._grid.step, 1)))

    def _paint_ground(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        ground = Qt.GlobalColor.white
        if self._answered and cell.answer:
            painter.fillRect(box, ink.ANSWERED)
        elif not cell.given and not cell.asked:
            painter.fillRect(box, ink.OPEN)
        elif cell.pointed and self._grid.port != OUTPUT:
            painter.fillRect(box, ink.READ_GROUND)
        else:
            painter.fillRect(box, ground)

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        painter.setPen(ink.pen(ink.GRID, _THIN))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        text, bold = _written(cell, self._answered)
        painter.setPen(ink.ANSWER if bold else ink.TEXT)
        painter.setFont(ink.font(POINTS, bold))
        painter.drawText(box, int(ink.CENTRE), text)

    def _paint_frames(self, painter: QPainter) -> None:
        """Draw the outline, and over it that of the cells that are asked for or pointed at."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink.pen(ink.TEXT, _FRAME))
        for i, row in enumerate(self._grid.rows):
            box = QRectF(0, i * _SIDE, len(row) * self.cell_width, _SIDE)
            above = len(self._grid.rows[i - 1]) if i else 0
            below = len(self._grid.rows[i + 1]) if i + 1 < self._rows else 0
            painter.drawLine(box.topLeft(), box.bottomLeft())
            painter.drawLine(box.topRight(), box.bottomRight())
            if not above:
                painter.drawLine(box.topLeft(), box.topRight())
            if len(row) > below:
                start = QPointF(below * self.cell_width, box.bottom())
                painter.drawLine(start, box.bottomRight())
        for i, row in enumerate(self._grid.rows):
            for j, cell in enumerate(row):
                marked = cell.mark and self._answered and cell.answer
                if cell.pointed:
                    shade = ink.WRITTEN if self._grid.port == OUTPUT else ink.READ
                    painter.setPen(ink.pen(shade, _POINTED))
                    painter.drawRect(self._box(i, j))
                elif marked or (cell.asked and not cell.mark):
                    painter.setPen(ink.pen(ink.ANSWER if marked else ink.TEXT, _ASKED))
                    painter.drawRect(self._box(i, j))


def _written(cell: Cell, answered: bool) -> tuple[str, bool]:
    """Return what is written in a cell, and whether it is an answer."""
    if not (answered and cell.answer):
        return cell.given, False
    return (cell.given if cell.mark and cell.given else cell.answer), True
