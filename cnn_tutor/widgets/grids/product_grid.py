"""The grid of products: over each weight, the input number it meets and what they make."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QStyleOptionViewItem, QWidget

from cnn_tutor.engine.explanation import Index, Term
from cnn_tutor.study import formula, numbers, words
from cnn_tutor.widgets.grids.answer_model import AnswerModel, Asked, ModelIndex
from cnn_tutor.widgets.grids.answer_painter import paint_number
from cnn_tutor.widgets.grids.cell_delegate import paint_won
from cnn_tutor.widgets.grids.cell_editor import EditingDelegate
from cnn_tutor.widgets.grids.fitting import fit, smallest_letters
from cnn_tutor.widgets.grids.grid_view import GridView
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.rich_text import ink
from cnn_tutor.widgets.style.sizes import digits

TIMES = "×"
LOWEST_WITH_FACTORS = 36
"""Cells less high than this, in pixels, show the product alone."""

_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class ProductModel(AnswerModel):
    """Terms of one step, laid out as the filter is.

    Where products are asked for, they are addressed by the place of the step and their own.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._terms: tuple[Term, ...] = ()
        self._columns = 1
        self._shown = 0
        self._step = 0

    def ask(self, asked: Asked | None, step: int = 0) -> None:
        """Ask for products of the step at a place, or for none."""
        self._step = step
        super().ask(asked)

    def tensor_index(self, row: int, column: int) -> Index:
        """Return the place of the step and that of the term in a cell."""
        return (self._step, row * self._columns + column)

    def show(self, terms: tuple[Term, ...], columns: int, shown: int) -> None:
        """Show terms in rows of ``columns``, those after the first ``shown`` empty."""
        same = len(terms) == len(self._terms) and columns == self._columns
        if not same:
            self.beginResetModel()
        old, before = self._terms, self._shown
        self._terms, self._columns, self._shown = terms, columns, shown
        self._size = (-(-len(terms) // columns), min(columns, len(terms)))
        if not same:
            self.endResetModel()
            return
        for place, (was, term) in enumerate(zip(old, terms, strict=True)):
            if was != term or (place < before) != (place < shown):
                cell = self.index(*divmod(place, columns))
                self.dataChanged.emit(cell, cell)

    def term(self, row: int, column: int) -> Term | None:
        """Return the term in a cell, None where it has not been multiplied yet."""
        place = row * self._columns + column
        shown = place < min(self._shown, len(self._terms)) and not self.is_asked(row, column)
        return self._terms[place] if shown else None

    def flags(self, index: ModelIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.takes_answer(index.row(), index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        roles = Qt.ItemDataRole
        term = self.term(index.row(), index.column())
        if role != roles.ToolTipRole and self.is_asked(index.row(), index.column()):
            return super().data(index, role)
        if role not in (roles.DisplayRole, roles.ToolTipRole, roles.AccessibleTextRole):
            return None
        at = {"row": index.row(), "column": index.column()}
        spoken = role == roles.AccessibleTextRole
        if term is None:
            return words.say("layers.blank_at", **at) if spoken else ""
        result = numbers.show(term.value)
        text = f"{_written(term)} = {result}" if _is_product(term) else result
        return words.say("layers.value_at", value=text, **at) if spoken else text


class ProductGrid(GridView):
    """Shows each product over its two factors, in the colours of the tensors they come from.

    A product that is asked for is written into its cell.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self._model = ProductModel()
        self._faint = False
        super().__init__(self._model, parent)
        self.setItemDelegate(_ProductDelegate(self))
        self._model.answered.connect(self.answered)
        self._model.refused.connect(self.refused)
        self._model.dataChanged.connect(self.allow_composing)

    @property
    def product_model(self) -> ProductModel:
        """The terms it shows."""
        return self._model

    @property
    def faint(self) -> bool:
        """Whether only products that stand out are drawn as usual."""
        return self._faint

    def set_faint(self, faint: bool) -> None:
        """Draw all products but those that stand out faintly, or all as usual."""
        if faint != self._faint:
            self._faint = faint
            self.viewport().update()

    def ground(self, row: int, column: int) -> QColor:
        """Return the ground of a cell."""
        theme = colours.current()
        share = 0.1 if self.mark(row, column) & Mark.ACTIVE else 0.0
        return colours.blend(theme.written, theme.cell, share)

    def number_in(self, row: int, column: int) -> tuple[QRect, str, QFont] | None:
        """Return where in the grid the number of a product stands, how it is written, and its font.

        None where there is none yet.
        """
        term = self._model.term(row, column)
        if term is None:
            return None
        rect, size = _number_place(self.cell_rect(row, column), term)
        return rect, *_fitted(self, rect, size, term.value)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        hints = QAbstractItemDelegate.EndEditHint
        last = self._model.index(self._model.rowCount() - 1, self._model.columnCount() - 1)
        leaves = hint == hints.EditNextItem and self.currentIndex() == last
        super().closeEditor(editor, hints.NoHint if leaves else hint)
        if leaves:  # on to the sum, not back to the first product
            self.focusNextPrevChild(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        deletes = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if deletes and at.isValid() and self.is_asked(at.row(), at.column()):
            self.taken_back.emit(self._model.tensor_index(at.row(), at.column()))
        else:
            super().keyPressEvent(event)


class _ProductDelegate(EditingDelegate):
    def __init__(self, grid: ProductGrid) -> None:
        super().__init__(grid)
        self._products, self._of = grid.product_model, grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        theme = colours.current()
        rect: QRect = option.rect
        row, column = index.row(), index.column()
        mark = self._grid.mark(row, column)
        active = bool(mark & Mark.ACTIVE)
        painter.fillRect(rect, self._of.ground(row, column))
        painter.setPen(QPen(colours.colour(theme.line), 1))
        box = rect.adjusted(-1 if column else 0, -1 if row else 0, -1, -1)
        painter.drawRect(box)
        term = self._products.term(row, column)
        if self._products.is_asked(row, column):
            written, right = self._products.entry(row, column), self._products.right(row, column)
            if right and written is not None:
                self._number(painter, rect, digits(rect.height()), written)
            paint_number(painter, rect, self._grid, written, right, ringed=False)
        if term is not None:
            painter.setOpacity(colours.faint() if self._of.faint and not active else 1.0)
            if _has_factors(rect, term):
                upper = QRect(rect.x(), rect.y() + 2, rect.width(), rect.height() // 2)
                self._factors(painter, upper, term)
            self._number(painter, *_number_place(rect, term), term.value)
            painter.setOpacity(1.0)
        if mark & Mark.WON:
            paint_won(painter, rect, theme)
        if active:
            painter.setPen(QPen(colours.colour(theme.written), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        if self._grid.has_cursor(index):
            painter.setPen(colours.focus_pen())
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _number(self, painter: QPainter, rect: QRect, size: float, value: float) -> None:
        text, font = _fitted(self._grid, rect, size, value)
        painter.setFont(font)
        painter.setPen(colours.colour(colours.current().text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _factors(self, painter: QPainter, rect: QRect, term: Term) -> None:
        """Write input×weight, each part in its colour, smaller where it would not fit."""
        tokens = list(formula.term_tokens(term, TIMES))
        room = rect.width() - 4
        font = self._grid.font()
        largest = self._grid.text_size(room, round(rect.height() * 0.66))
        for size in range(max(smallest_letters(), largest), smallest_letters() - 1, -1):
            font.setPixelSize(size)
            painter.setFont(font)
            widths = [painter.fontMetrics().horizontalAdvance(token.text) for token in tokens]
            if sum(widths) <= room:
                break
        else:
            mode = Qt.TextElideMode.ElideRight
            text = painter.fontMetrics().elidedText(_written(term), mode, room)
            tokens = [formula.Token(text)]
            widths = [room]
        x = rect.x() + (rect.width() - sum(widths)) // 2
        for token, width in zip(tokens, widths, strict=True):
            painter.setPen(colours.colour(ink(token.role)))
            painter.drawText(QRect(x, rect.y(), width + 1, rect.height()), _MIDDLE, token.text)
            x += width


def _has_factors(rect: QRect, term: Term) -> bool:
    return rect.height() >= LOWEST_WITH_FACTORS and _is_product(term)


def _number_place(rect: QRect, term: Term) -> tuple[QRect, float]:
    """Return where in its cell a product's number stands, and how high its letters are at most."""
    if not _has_factors(rect, term):
        return rect, digits(rect.height())
    half = rect.height() // 2
    return QRect(rect.x(), rect.center().y(), rect.width(), half), 0.34 * rect.height()


def _fitted(grid: GridView, rect: QRect, size: float, value: float) -> tuple[str, QFont]:
    high = max(smallest_letters(), round(size))
    return fit(value, rect.width() - 6, high, grid.font().family(), True)


def _is_product(term: Term) -> bool:
    """Say whether there is anything to multiply; a number alone is its own value."""
    return len(term.factors) > 1 or term.scale != 1


def _written(term: Term) -> str:
    return "".join(token.text for token in formula.term_tokens(term, TIMES))
