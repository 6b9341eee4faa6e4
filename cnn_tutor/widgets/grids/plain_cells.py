"""Paints the cells of a grid: most of them look alike, and are painted all at once."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QLine, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import QStyleOptionViewItem

from cnn_tutor.widgets.grids.cell_delegate import (
    CENTRE,
    CellDelegate,
    line_pen,
    window_share,
)
from cnn_tutor.widgets.grids.cell_editing import CellEditing
from cnn_tutor.widgets.grids.fitting import fit
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.outlines import OUTLINE, runs, sides, strips
from cnn_tutor.widgets.style import colours

_TONES = int(Mark.READ | Mark.WEIGHT)
"""The marks whose cells are painted like all others, on another ground."""

_PICTURE_SCALE = 2
"""Pixels of a picture for each of the screen's."""

_PICTURE_LIMIT = 128 * 128
"""Of a grid of more cells a picture has only those in sight: nobody could read the others."""


class PlainCells:
    """The ground, the lines and the numbers of cells that nothing is to be seen of but these.

    Qt's tables paint cell by cell, with some twenty calls for each. Where hundreds are in sight
    that takes longer than a frame. Cells that stand out are still painted one by one, by the
    delegate, over all others.
    """

    def __init__(self, grid: CellEditing, delegate: CellDelegate) -> None:
        self._grid, self._model, self._delegate = grid, grid.tensor_model, delegate

    def paint(self, painter: QPainter, region: QRegion) -> None:
        """Paint the cells in some parts of the grid."""
        for part in region:  # type: ignore[attr-defined]  # which the stubs don't know
            rows, columns = self._grid.cells_in(part)
            if rows and columns:
                self._paint_ground(painter, rows, columns)
                self._paint_tints(painter, rows, columns)
                self._paint_lines(painter, rows, columns)
                self._paint_window(painter, self._rect(rows, columns))
                self._paint_cells(painter, rows, columns)
                self._paint_outlines(painter)
                self._paint_cursor(painter)

    def picture(self) -> QImage:
        """Return the cells as they are painted, the keyboard's place left out.

        Those out of sight are there, too, unless there are very many.
        """
        grid, model = self._grid, self._model
        first, height, width = grid.ground_rect(0, 0), model.rowCount(), model.columnCount()
        part = QRect(first.topLeft(), QSize(width * first.width(), height * first.height()))
        if width * height > _PICTURE_LIMIT:
            part &= grid.viewport().rect()
        image = QImage(part.size() * _PICTURE_SCALE, QImage.Format.Format_RGB32)
        image.fill(colours.colour(colours.current().cell))
        grid.posing = True
        try:
            with QPainter(image) as painter:
                painter.scale(_PICTURE_SCALE, _PICTURE_SCALE)
                painter.translate(-part.topLeft())
                self.paint(painter, QRegion(part))
        finally:
            grid.posing = False
        return image

    def _paint_ground(self, painter: QPainter, rows: range, columns: range) -> None:
        theme, (inner_rows, inner_columns) = colours.current(), self._inside(rows, columns)
        ground = self._rect(rows, columns)
        if (inner_rows, inner_columns) != (rows, columns):
            painter.fillRect(ground, colours.colour(theme.padding))
        if inner_rows and inner_columns:
            inside = self._rect(inner_rows, inner_columns)
            painter.fillRect(inside, colours.colour(theme.cell))

    def _paint_tints(self, painter: QPainter, rows: range, columns: range) -> None:
        """Colour cells by their numbers; those that are asked for have none, nor has padding."""
        shading, theme = self._grid.shading, colours.current()
        if shading is None:
            return
        model, asks = self._model, self._model.asks
        left, top, width, height = self._steps()
        rows, columns = self._inside(rows, columns)
        for row, column in itertools.product(rows, columns):
            number = model.number(row, column)
            if number is None or (asks and model.is_asked(row, column)):
                continue
            tint = shading.ground(number, theme)
            if tint is not None:
                painter.fillRect(left + column * width, top + row * height, width, height, tint)

    def _paint_window(self, painter: QPainter, part: QRect) -> None:
        """Lay the colour of what is read over its cells.

        Only in the part whose ground has just been painted: elsewhere it would be laid on twice.
        """
        grid, theme = self._grid, colours.current()
        read = grid.cells_marked(Mark.READ)
        if not read or (grid.shading is not None and grid.shading.strong):
            return
        ink = QColor(theme.read)
        ink.setAlphaF(window_share(theme))
        for run in runs(read, grid.ground_rect(0, 0).translated(grid.slide)):
            painter.fillRect(run & part, ink)

    def _paint_outlines(self, painter: QPainter) -> None:
        """Draw one line around what is read, one around the weights, a thicker one for a term.

        The window of the output that is looked at has a faint one while something else is pointed
        at.
        """
        grid, theme = self._grid, colours.current()
        tones = {Mark.READ: theme.read_line, Mark.WEIGHT: theme.weight}
        first = grid.ground_rect(0, 0)
        moved = first.translated(grid.slide)
        for mark, name in tones.items():
            marked, ink = grid.cells_marked(mark), colours.colour(name)
            for rect in strips(sides(marked), moved, OUTLINE - 1):
                painter.fillRect(rect, ink)
            active = marked & grid.cells_marked(Mark.ACTIVE)
            for rect in strips(sides(active), first, OUTLINE):
                painter.fillRect(rect, ink)
        if not grid.reads <= grid.cells_marked(Mark.READ):
            ink = colours.blend(theme.read_line, theme.cell, colours.faint())
            for rect in strips(sides(grid.reads), first, OUTLINE - 1):
                painter.fillRect(rect, ink)

    def _paint_cursor(self, painter: QPainter) -> None:
        """Draw the ring around the keyboard's cell, over all other outlines."""
        at = self._grid.currentIndex()
        if self._grid.has_cursor(at):
            painter.setPen(colours.focus_pen())
            painter.drawRect(self._grid.ground_rect(at.row(), at.column()).adjusted(1, 1, -1, -1))

    def _paint_lines(self, painter: QPainter, rows: range, columns: range) -> None:
        """Draw the right and the lower line of each cell, dashed in padding; before the first, too.

        Each is drawn as far as it is all of one kind.
        """
        inner_rows, inner_columns = self._inside(rows, columns)
        left, top, width, height = self._steps()
        lines: dict[bool, list[QLine]] = {False: [], True: []}
        for part in _split(rows, inner_rows):
            first, last = top + part.start * height, top + part.stop * height - 1
            for column in range(columns.start - (columns.start == 0), columns.stop):
                x = max(left + (column + 1) * width - 1, left)
                plain = part == inner_rows and max(column, 0) in inner_columns
                lines[plain].append(QLine(x, first, x, last))
        for part in _split(columns, inner_columns):
            first, last = left + part.start * width, left + part.stop * width - 1
            for row in range(rows.start - (rows.start == 0), rows.stop):
                y = max(top + (row + 1) * height - 1, top)
                plain = part == inner_columns and max(row, 0) in inner_rows
                lines[plain].append(QLine(first, y, last, y))
        theme = colours.current()
        ink = theme.cell_line if self._grid.editable else theme.line
        for plain, drawn in lines.items():
            painter.setPen(line_pen(ink, not plain))
            painter.drawLines(drawn)

    def _paint_cells(self, painter: QPainter, rows: range, columns: range) -> None:
        grid, theme, delegate = self._grid, colours.current(), self._delegate
        model = self._model
        inner_rows, inner_columns = self._inside(rows, columns)
        left, top, width, height = self._steps()
        room, size = delegate.letters(width, height)
        family, bold = grid.font().family(), delegate.bold
        asks, ringed, marks = model.asks, model.ringed, grid.marks
        strong = grid.shading is not None and grid.shading.strong
        dim, usual = colours.colour(theme.dim), colours.colour(delegate.ink(theme))
        outstanding = {cell for cell, mark in marks.items() if int(mark) & ~_TONES}
        outstanding |= grid.chosen(rows, columns)
        last_font, last_ink = None, None
        special = []
        for row in rows:
            y = top + row * height
            row_inside = row in inner_rows
            for column in columns:
                at = (row, column)
                if (
                    at in outstanding
                    or (asks and model.is_asked(row, column))
                    or (not ringed and model.is_padding(row, column))
                ):
                    special.append(at)
                    continue
                number = model.number(row, column)
                if number is None:
                    continue
                text, font = fit(number, room, size, family, bold)
                plain = (row_inside and column in inner_columns) or at in marks
                if strong:
                    ink = colours.colour(delegate.ink_at(number, not plain, theme))
                else:
                    ink = usual if plain else dim
                if font is not last_font:
                    painter.setFont(font)
                    last_font = font
                if ink is not last_ink:
                    painter.setPen(ink)
                    last_ink = ink
                painter.drawText(left + column * width, y, width, height, CENTRE, text)
        option = QStyleOptionViewItem()
        for row, column in special:
            option.rect = grid.ground_rect(row, column)
            delegate.paint(painter, option, model.index(row, column))

    def _steps(self) -> tuple[int, int, int, int]:
        """Return where the first cell is, and its size."""
        first = self._grid.ground_rect(0, 0)
        return first.left(), first.top(), first.width(), first.height()

    def _inside(self, rows: range, columns: range) -> tuple[range, range]:
        """Return those of some rows and columns that are no padding."""
        model = self._model
        (top, bottom), (left, right) = model.pads
        inner_rows = range(max(rows.start, top), min(rows.stop, model.rowCount() - bottom))
        inner = range(max(columns.start, left), min(columns.stop, model.columnCount() - right))
        return inner_rows, inner

    def _rect(self, rows: range, columns: range) -> QRect:
        first = self._grid.ground_rect(rows.start, columns.start)
        return first.united(self._grid.ground_rect(rows.stop - 1, columns.stop - 1))


def _split(whole: range, inner: range) -> list[range]:
    """Return the part of a range before another one in it, that one, and the part after it."""
    if not inner:
        return [whole]
    parts = (range(whole.start, inner.start), inner, range(inner.stop, whole.stop))
    return [part for part in parts if part]
