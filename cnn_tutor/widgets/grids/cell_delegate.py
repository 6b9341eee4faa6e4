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
from cnn_tutor.widgets.grids.fitting import fit, smallest_letters
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import ink_on, shade
from cnn_tutor.widgets.style.sizes import digits

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
        number = model.number(row, column)
        in_block = self._grid.in_block(index)
        fill = self._fill(mark, padding, in_block, theme)
        if fill is not None:
            painter.fillRect(rect, fill)
            self._lines(painter, rect, row, column, padding, fill)
        asked = model.asks and model.is_asked(row, column)
        marked = model.marked(row, column) if asked else None
        if number is not None:
            ink = theme.text if in_block else self.ink_at(number, padding and not mark, theme)
            bold = self.bold or bool(mark & (_WRITTEN | _ACTIVE))
            room, size = self.letters(rect.width(), rect.height())
            text, font = fit(number, room, size, self._grid.font().family(), bold)
            painter.setFont(font)
            painter.setPen(colours.colour(ink))
            place = answer_painter.beside_mark(rect) if asked and marked is None else rect
            painter.drawText(place, CENTRE, text)
        if mark & (_WON | _BEST):
            _corner(painter, rect, theme)
        _ring(painter, rect, mark, theme)
        if asked:
            right, ringed = model.right(row, column), bool(mark & (_WRITTEN | _REACHED))
            if marked is not None:
                answer_painter.paint_mark(painter, rect, marked, right)
            else:
                written = model.entry(row, column)
                answer_painter.paint_number(painter, rect, self._grid, written, right, ringed)

    def letters(self, width: int, height: int) -> tuple[int, int]:
        """Return the room that a number has in a cell, and how high it had best be, in pixels."""
        room = width - 6
        return room, max(smallest_letters(), self._grid.text_size(room, digits(height)))

    @property
    def bold(self) -> bool:
        """Whether all numbers are bold, and not only those of cells that stand out."""
        return self._tone == "written"

    def ink(self, theme: colours.Colours) -> str:
        """Return the colour of the numbers."""
        if self._tone == "written":
            return theme.written_text
        return theme.weight_text if self._tone == "weight" else theme.text

    def ink_at(self, number: float, dim: bool, theme: colours.Colours) -> str:
        """Return the colour of a number on its ground; in padding that nobody reads it is dim."""
        shading = self._grid.shading
        if shading is not None and shading.strong and not dim:
            return ink_on(shade(number, shading.largest))
        return theme.dim if dim else self.ink(theme)

    def _fill(
        self, mark: int, padding: bool, in_block: bool, theme: colours.Colours
    ) -> QColor | None:
        """Return the ground of a cell that has one of its own; None for that of all cells."""
        strong = self._grid.shading is not None and self._grid.shading.strong
        ground = theme.padding if padding else theme.cell
        if in_block:
            return colours.blend(theme.accent, ground, 0.25)
        if mark & (_WRITTEN | _REACHED) and not strong:
            return written_ground(theme)
        if padding and not self._model.ringed:
            return colours.blend(theme.read, ground, window_share(theme) if mark & _READ else 0.0)
        return None

    def _lines(
        self,
        painter: QPainter,
        rect: QRect,
        row: int,
        column: int,
        padding: bool,
        fill: QColor,
    ) -> None:
        """Draw the lines between cells: each cell its right and lower one, dashed in padding."""
        painter.setPen(line_pen(line_on(fill), padding))
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


def line_on(ground: QColor) -> str:
    """Return the colour of lines between highlighted cells: the usual one would all but vanish."""
    return colours.blend(colours.current().dim, ground.name(), 0.35).name()


def window_share(theme: colours.Colours) -> float:
    """Return how much of its colour is laid over the cells of a window."""
    return 0.28 if theme.dark else 0.22


def written_ground(theme: colours.Colours) -> QColor:
    """Return the ground of the output that is looked at, and of those that are reached."""
    return colours.blend(theme.written, theme.cell, 0.6 * window_share(theme))


def _ring(painter: QPainter, rect: QRect, mark: int, theme: colours.Colours) -> None:
    if mark & _WRITTEN:
        painter.setPen(QPen(colours.colour(theme.written), 3))
        painter.drawRect(rect.adjusted(1, 1, -2, -2))
    elif mark & _REACHED:
        painter.setPen(QPen(colours.colour(theme.written), 1, Qt.PenStyle.DashLine))
        painter.drawRect(rect.adjusted(1, 1, -2, -2))
    elif mark & _WON:
        paint_won(painter, rect, theme)


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
