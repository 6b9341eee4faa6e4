"""Paints the cells of a grid: their number, why they stand out, and the keyboard's place."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cnn_tutor.study import numbers
from cnn_tutor.widgets import colours
from cnn_tutor.widgets.grid_view import GridView
from cnn_tutor.widgets.marks import Mark
from cnn_tutor.widgets.shades import ink_on, shade
from cnn_tutor.widgets.tensor_model import TensorModel

_SMALLEST_LETTERS = 9
# As plain numbers: a flag of an enumeration takes ten times as long to ask, for every cell.
_READ, _WEIGHT, _WRITTEN = int(Mark.READ), int(Mark.WEIGHT), int(Mark.WRITTEN)
_REACHED, _ACTIVE, _WON, _BEST = map(int, (Mark.REACHED, Mark.ACTIVE, Mark.WON, Mark.BEST))
_EDITOR_WIDTH = 44
_ROOMY = 30
"""A cell less high than this, in pixels, has no room for an outline within another."""

Points = tuple[tuple[float, float], ...]
_TICK: tuple[Points, ...] = (((0.0, 0.55), (0.35, 0.9), (1.0, 0.1)),)
_CROSS: tuple[Points, ...] = (((0.0, 0.0), (1.0, 1.0)), ((0.0, 1.0), (1.0, 0.0)))
"""Lines through points of a square whose side is 1: at an answer that is right, and a wrong one."""


@lru_cache(maxsize=8192)
def fit(value: float, width: int, size: int, family: str, bold: bool) -> tuple[str, QFont]:
    """Return how to write a number in a cell: smaller if need be, shortened as a last resort.

    ``width`` and ``size`` are in pixels; the text's height is ``size`` where there is room.
    """
    text = numbers.show(value)
    font = QFont(family)
    font.setBold(bold)
    font.setPixelSize(size)
    if QFontMetricsF(font).horizontalAdvance(text) <= width:
        return text, font
    text = numbers.brief(value)  # large and cut is read more easily than whole and tiny
    least = min(_SMALLEST_LETTERS, size)
    for pixels in range(size, least - 1, -1):
        font.setPixelSize(pixels)
        if QFontMetricsF(font).horizontalAdvance(text) <= width:
            return text, font
    metrics = QFontMetricsF(font)
    for letters in range(len(text) - 1, 1, -1):
        short = numbers.shorten(value, letters)
        if metrics.horizontalAdvance(short) <= width:
            return short, font
    # Not even that: better tiny than over the neighbours.
    while metrics.horizontalAdvance(text) > width and font.pixelSize() > 1:
        font.setPixelSize(font.pixelSize() - 1)
        metrics = QFontMetricsF(font)
    return text, font


class CellDelegate(QStyledItemDelegate):
    """Paints tensor cells. ``tone`` is how the numbers are drawn: read, weight or written."""

    def __init__(self, grid: GridView, tone: str) -> None:
        super().__init__(grid)
        self._grid = grid
        self._tone = tone

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = self._grid.model()
        assert isinstance(model, TensorModel)
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
        if number is not None:
            ink = theme.dim if padding and fill is None else self._ink(theme)
            ink = theme.text if in_block else ink_on(fill) if shaded and fill else ink
            bold = self._tone == "written" or bool(mark & (_WRITTEN | _ACTIVE))
            room = rect.width() - 6
            size = self._grid.text_size(room, round(rect.height() * 0.44))
            family = self._grid.font().family()
            text, font = fit(number, room, max(_SMALLEST_LETTERS, size), family, bold)
            painter.setFont(font)
            painter.setPen(colours.colour(ink))
            place = _beside_mark(rect) if asked else rect
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        if mark & (_WON | _BEST):
            _corner(painter, rect, theme)
        _ring(painter, rect, mark, theme, shaded)
        if asked:
            written = None if number is not None else model.entry(row, column)
            self._question(painter, rect, number, written, mark)
        if self._grid.has_cursor(index):
            painter.setPen(QPen(colours.colour(theme.accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _question(
        self,
        painter: QPainter,
        rect: QRect,
        number: float | None,
        written: float | None,
        mark: int,
    ) -> None:
        """Draw what makes a cell a question, and over it a tick or a cross once it is answered."""
        theme, ringed = colours.current(), bool(mark & (_WRITTEN | _REACHED))
        if number is not None:
            _strokes(painter, rect, theme.written, _TICK, ringed)
            return
        if written is None and not (ringed and rect.height() < _ROOMY):
            inset = 4 if ringed else 1
            pen = QPen(colours.colour(theme.accent), 1)
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))
        room = rect.width() - 6
        size = max(_SMALLEST_LETTERS, self._grid.text_size(room, round(rect.height() * 0.44)))
        if written is None:
            font = QFont(self._grid.font())
            font.setPixelSize(size)
            text, ink, place = numbers.UNKNOWN, theme.dim, rect
        else:
            text, font = fit(written, room, size, self._grid.font().family(), True)
            ink, place = theme.wrong_text, _beside_mark(rect)
            _strokes(painter, rect, theme.wrong, _CROSS, ringed)
        painter.setFont(font)
        painter.setPen(colours.colour(ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setMaxLength(40)
        editor.setTextMargins(0, 0, 0, 0)
        editor.setObjectName("cell_editor")
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        rect: QRect = option.rect
        font = QFont(self._grid.font())
        font.setPixelSize(max(_SMALLEST_LETTERS + 2, min(18, round(rect.height() * 0.4))))
        editor.setFont(font)
        return editor

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect
        room = self._grid.viewport().width()
        wide = min(max(rect.width() - 2, _EDITOR_WIDTH), room)
        left = max(0, min(rect.center().x() - wide // 2, room - wide))
        editor.setGeometry(left, rect.y() + 1, wide, rect.height() - 2)

    def _ink(self, theme: colours.Colours) -> str:
        return {"weight": theme.weight_text, "written": theme.written_text}.get(
            self._tone, theme.text
        )

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
        style = Qt.PenStyle.DashLine if padding else Qt.PenStyle.SolidLine
        # On a lit cell the usual line would all but vanish.
        line = colours.blend(theme.dim, fill.name(), 0.35) if fill else colours.colour(theme.line)
        painter.setPen(QPen(line, 1, style))
        x, y, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
        painter.drawLine(right, y, right, bottom)
        painter.drawLine(x, bottom, right, bottom)
        if column == 0:
            painter.drawLine(x, y, x, bottom)
        if row == 0:
            painter.drawLine(x, y, right, y)


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


def _beside_mark(rect: QRect) -> QRect:
    """Return the part of an answered cell in whose middle its number stands."""
    # In a small cell the number makes a little room for what is in the corner.
    return rect if rect.height() >= _ROOMY else rect.adjusted(0, 4, -2, 0)


def _strokes(
    painter: QPainter, rect: QRect, ink: str, lines: tuple[Points, ...], ringed: bool
) -> None:
    """Draw lines into the upper right corner of a cell, inside its ring if it has one."""
    side = max(4.5, min(rect.width(), rect.height()) * 0.17)
    roomy = rect.height() >= _ROOMY
    apart = max(3.5 if ringed else 2.0, side * 0.6 if roomy else 0.0)
    left, top = rect.right() - apart - side, rect.top() + apart
    pen = QPen(colours.colour(ink), max(1.5, side / 4.5))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    for line in lines:
        painter.drawPolyline([QPointF(left + x * side, top + y * side) for x, y in line])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
