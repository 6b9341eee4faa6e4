"""Paints the cells of a grid: their number, why they stand out, and the keyboard's place."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from cnn_tutor.widgets.grids import answer_painter
from cnn_tutor.widgets.grids.answer_model import ModelIndex
from cnn_tutor.widgets.grids.cell_editing import CellEditing
from cnn_tutor.widgets.grids.cell_editor import EditingDelegate
from cnn_tutor.widgets.grids.fitting import SMALLEST_LETTERS, fit
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import ink_on, shade

# As plain numbers: a flag of an enumeration takes ten times as long to ask, for every cell.
_READ, _WEIGHT, _WRITTEN = int(Mark.READ), int(Mark.WEIGHT), int(Mark.WRITTEN)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_REACHED, _ACTIVE, _WON, _BEST = map(int, (Mark.REACHED, Mark.ACTIVE, Mark.WON, Mark.BEST))


class CellDelegate(EditingDelegate):
    """Paints tensor cells. ``tone`` is how the numbers are drawn: read, weight or written."""

    def __init__(self, grid: CellEditing, tone: str) -> None:
        super().__init__(grid)
        self._model, self._tone = grid.tensor_model, tone

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        model = self._model
        row, column = index.row(), index.column()
        rect: QRect = option.rect
        theme = colours.current()
        padding = model.is_padding(row, column)
        mark = int(self._grid.mark(row, column))
        background = theme.padding if padding else theme.cell
        number, shading = model.number(row, column), self._grid.shading
        shaded = shading is not None and number is not None
        fill = _fill(mark, theme, background)
        if shading is not None and number is not None:
            fill = shade(number, shading)
        in_block = self._grid.in_block(index)
        if in_block:
            fill = colours.blend(theme.accent, background, 0.25)
        painter.fillRect(rect, fill or colours.colour(background))
        self._outline(painter, rect, row, column, padding, fill)
        asked = model.asks and model.is_asked(row, column)
        marked = model.marked(row, column) if asked else None
        if number is not None:
            ink = theme.dim if padding and fill is None else self.ink(theme)
            ink = theme.text if in_block else ink_on(fill) if shaded and fill else ink
            bold = self.bold or bool(mark & (_WRITTEN | _ACTIVE))
            room, size = self.letters(rect.width(), rect.height())
            text, font = fit(number, room, size, self._grid.font().family(), bold)
            painter.setFont(font)
            painter.setPen(colours.colour(ink))
            place = answer_painter.beside_mark(rect) if asked and marked is None else rect
            painter.drawText(place, CENTRE, text)
        if mark & (_WON | _BEST):
            _corner(painter, rect, theme)
        _ring(painter, rect, mark, theme, shaded)
        if asked:
            right, ringed = model.right(row, column), bool(mark & (_WRITTEN | _REACHED))
            if marked is not None:
                answer_painter.paint_mark(painter, rect, marked, right)
            else:
                written = model.entry(row, column)
                answer_painter.paint_number(painter, rect, self._grid, written, right, ringed)
        if self._grid.has_cursor(index):
            painter.setPen(QPen(colours.colour(theme.accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def letters(self, width: int, height: int) -> tuple[int, int]:
        """Return the room that a number has in a cell, and how high it had best be, in pixels."""
        room = width - 6
        return room, max(SMALLEST_LETTERS, self._grid.text_size(room, round(height * 0.44)))

    @property
    def bold(self) -> bool:
        """Whether all numbers are bold, and not only those of cells that stand out."""
        return self._tone == "written"

    def ink(self, theme: colours.Colours) -> str:
        """Return the colour of the numbers."""
        if self._tone == "written":
            return theme.written_text
        return theme.weight_text if self._tone == "weight" else theme.text

    def _outline(
        self,
        painter: QPainter,
        rect: QRect,
        row: int,
        column: int,
        padding: bool,
        fill: QColor | None,
    ) -> None:
        """Draw the lines between cells: each cell its right and lower one, dashed in padding."""
        theme = colours.current()
        # On a highlighted cell the usual line would all but vanish.
        line = colours.blend(theme.dim, fill.name(), 0.35).name() if fill else theme.line
        painter.setPen(line_pen(line, padding))
        x, y, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
        painter.drawLine(right, y, right, bottom)
        painter.drawLine(x, bottom, right, bottom)
        if column == 0:
            painter.drawLine(x, y, x, bottom)
        if row == 0:
            painter.drawLine(x, y, right, y)


@lru_cache(maxsize=256)
def line_pen(ink: str, dashed: bool) -> QPen:
    """Return the pen for lines between cells: dashed in padding."""
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    return QPen(colours.colour(ink), 1, style)


def _fill(mark: int, theme: colours.Colours, under: str) -> QColor | None:
    share = 0.28 if theme.dark else 0.22
    if mark & _READ:
        return colours.blend(theme.read, under, share)
    if mark & _WEIGHT:
        return colours.blend(theme.weight, under, share / 2)
    if mark & (_WRITTEN | _REACHED):
        return colours.blend(theme.written, under, share * 0.6)
    return None


def _ring(painter: QPainter, rect: QRect, mark: int, theme: colours.Colours, shaded: bool) -> None:
    if mark & _WRITTEN:
        painter.setPen(QPen(colours.colour(theme.written), 3))
        painter.drawRect(rect.adjusted(1, 1, -2, -2))
    elif mark & _REACHED:
        painter.setPen(QPen(colours.colour(theme.written), 1, Qt.PenStyle.DashLine))
        painter.drawRect(rect.adjusted(1, 1, -2, -2))
    elif mark & _WON:
        paint_won(painter, rect, theme)
    elif mark & _ACTIVE or (shaded and mark):  # a shaded cell has no fill to spare for it
        name = theme.read if mark & _READ else theme.weight
        painter.setPen(QPen(colours.colour(name), 3 if mark & _ACTIVE else 2))
        painter.drawRect(rect.adjusted(1, 1, -2, -2))


def paint_won(painter: QPainter, rect: QRect, theme: colours.Colours) -> None:
    """Mark the largest cell of a window: an outline and a filled corner."""
    painter.setPen(QPen(colours.colour(theme.written), 2))
    painter.drawRect(rect.adjusted(1, 1, -2, -2))
    _corner(painter, rect, theme)


def _corner(painter: QPainter, rect: QRect, theme: colours.Colours) -> None:
    side = max(6, rect.height() // 5)
    corner = [rect.topLeft(), rect.topLeft() + QPoint(side, 0), rect.topLeft() + QPoint(0, side)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.colour(theme.written))
    painter.drawPolygon(corner)
    painter.setBrush(Qt.BrushStyle.NoBrush)
