"""Draws the blanks that stand below the grids, each in a box beside its label."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from cnn_tutor.app.worksheet.paper import ink
from cnn_tutor.app.worksheet.paper.board import Line
from cnn_tutor.app.worksheet.paper.ink import MM

_POINTS, _ANSWER_POINTS = 9.5, 10.5
_BOX, _HIGH, _SPACE = 20 * MM, 7 * MM, 2.2 * MM
_MARK = 5 * MM
_GAP, _APART = 4 * MM, 12 * MM
_FEW = 5


class LineDrawing:
    """Labels and boxes: a few in one column, many or those ``in_a_row`` in as many as fit."""

    def __init__(self, lines: Sequence[Line], answered: bool, room: float, in_a_row: bool) -> None:
        self._lines, self._answered = lines, answered
        label = max(ink.width(line.label, _POINTS) for line in lines)
        longest = max(ink.width(line.cell.answer, _ANSWER_POINTS, True) for line in lines)
        only_marks = all(line.cell.mark for line in lines)
        self._box = _MARK if only_marks else max(_BOX, longest + 4 * MM)
        self._label = min(label, room - self._box - _GAP) + 1
        self._column = self._label + _GAP + self._box
        fits = int((room + _APART) // (self._column + _APART))
        columns = max(1, min(fits, 1 if len(lines) <= _FEW and not in_a_row else len(lines)))
        self._each = -(-len(lines) // columns)
        columns = -(-len(lines) // self._each)
        self.width = columns * (self._column + _APART) - _APART
        self._high = [
            max(_HIGH, ink.wrapped(line.label, _POINTS, self._label)) + _SPACE for line in lines
        ]
        starts = range(0, len(lines), self._each)
        self.height = max(sum(self._high[n : n + self._each]) for n in starts) - _SPACE

    def paint(self, painter: QPainter) -> None:
        """Draw it with its upper left corner at the origin."""
        y = 0.0
        for place, line in enumerate(self._lines):
            column, row = divmod(place, self._each)
            x = column * (self._column + _APART)
            y = 0.0 if row == 0 else y
            high = self._high[place] - _SPACE
            painter.setPen(ink.TEXT)
            painter.setFont(ink.font(_POINTS))
            flags = int(ink.LEFT | Qt.TextFlag.TextWordWrap)
            painter.drawText(QRectF(x, y, self._label, high), flags, line.label)
            self._paint_box(painter, x + self._label + _GAP, y + (high - _HIGH) / 2, line)
            y += self._high[place]

    def _paint_box(self, painter: QPainter, x: float, y: float, line: Line) -> None:
        side = _MARK if line.cell.mark else _HIGH
        box = QRectF(x, y + (_HIGH - side) / 2, side if line.cell.mark else self._box, side)
        answered = self._answered and bool(line.cell.answer)
        painter.fillRect(box, ink.ANSWERED if answered else Qt.GlobalColor.white)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink.pen(ink.TEXT, 0.8))
        painter.drawRect(box)
        if answered:
            painter.setPen(ink.ANSWER)
            painter.setFont(ink.font(_ANSWER_POINTS, True))
            painter.drawText(box, int(ink.CENTRE), line.cell.answer)
