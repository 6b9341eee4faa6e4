"""The grid of products: over each weight, the input number it meets and what they make."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cnn_tutor.engine.explanation import Term
from cnn_tutor.study import formula, numbers
from cnn_tutor.widgets import colours
from cnn_tutor.widgets.cell_delegate import fit, paint_won
from cnn_tutor.widgets.grid_view import GridView, ModelIndex
from cnn_tutor.widgets.marks import Mark
from cnn_tutor.widgets.rich_text import ink

TIMES = "×"
LOWEST_WITH_FACTORS = 36
"""Cells less high than this, in pixels, show the product alone."""

_SMALLEST = 7


class ProductModel(QAbstractTableModel):
    """Terms of one step, laid out as the filter is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._terms: tuple[Term, ...] = ()
        self._columns = 1
        self._shown = 0

    def show(self, terms: tuple[Term, ...], columns: int, shown: int) -> None:
        """Show terms in rows of ``columns``, those after the first ``shown`` blank."""
        same = len(terms) == len(self._terms) and columns == self._columns
        if not same:
            self.beginResetModel()
        old, before = self._terms, self._shown
        self._terms, self._columns, self._shown = terms, columns, shown
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
        return self._terms[place] if place < self._shown else None

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else -(-len(self._terms) // self._columns)

    def columnCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else min(self._columns, len(self._terms))

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        roles = Qt.ItemDataRole
        if role in (roles.DisplayRole, roles.ToolTipRole, roles.AccessibleTextRole):
            term = self.term(index.row(), index.column())
            if term is None:
                return ""
            result = numbers.show(term.value)
            return f"{_written(term)} = {result}" if _is_product(term) else result
        return None


class ProductGrid(GridView):
    """Shows each product over its two factors, in the colours of the tensors they come from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ProductModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_ProductDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)

    @property
    def product_model(self) -> ProductModel:
        """The terms it shows."""
        return self._model


class _ProductDelegate(QStyledItemDelegate):
    def __init__(self, grid: ProductGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        theme = colours.current()
        rect: QRect = option.rect
        row, column = index.row(), index.column()
        mark = self._grid.mark(row, column)
        active = bool(mark and mark & Mark.ACTIVE)
        fill = colours.blend(theme.written, theme.cell, 0.1) if active else None
        painter.fillRect(rect, fill or colours.colour(theme.cell))
        painter.setPen(QPen(colours.colour(theme.line), 1))
        box = rect.adjusted(-1 if column else 0, -1 if row else 0, -1, -1)
        painter.drawRect(box)
        term = self._grid.product_model.term(row, column)
        if term is not None:
            lower, size = rect, max(9, round(rect.height() * 0.44))
            if rect.height() >= LOWEST_WITH_FACTORS and _is_product(term):
                upper = QRect(rect.x(), rect.y() + 2, rect.width(), rect.height() // 2)
                self._factors(painter, upper, term)
                lower = QRect(rect.x(), rect.center().y(), rect.width(), rect.height() // 2)
                size = max(9, round(rect.height() * 0.34))
            family = self._grid.font().family()
            text, font = fit(term.value, rect.width() - 6, size, family, True)
            painter.setFont(font)
            painter.setPen(colours.colour(theme.text))
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, text)
        if mark and mark & Mark.WON:
            paint_won(painter, rect, theme)
        if active:
            painter.setPen(QPen(colours.colour(theme.written), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        if self._grid.has_cursor(index):
            painter.setPen(QPen(colours.colour(theme.accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _factors(self, painter: QPainter, rect: QRect, term: Term) -> None:
        """Write input×weight, each part in its colour, smaller where it would not fit."""
        tokens = list(formula.term_tokens(term, TIMES))
        room = rect.width() - 4
        font = self._grid.font()
        largest = self._grid.text_size(room, round(rect.height() * 0.56))
        for size in range(max(_SMALLEST, largest), _SMALLEST - 1, -1):
            font.setPixelSize(size)
            painter.setFont(font)
            widths = [painter.fontMetrics().horizontalAdvance(token.text) for token in tokens]
            if sum(widths) <= room:
                break
        else:
            whole = "".join(token.text for token in tokens)
            mode = Qt.TextElideMode.ElideRight
            tokens = [formula.Token(painter.fontMetrics().elidedText(whole, mode, room))]
            widths = [room]
        x = rect.x() + (rect.width() - sum(widths)) // 2
        for token, width in zip(tokens, widths, strict=True):
            painter.setPen(colours.colour(ink(token.role)))
            painter.drawText(QRect(x, rect.y(), width + 1, rect.height()), _MIDDLE, token.text)
            x += width


_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def _is_product(term: Term) -> bool:
    """Say whether there is anything to multiply; a number alone is its own value."""
    return len(term.factors) > 1 or term.scale != 1


def _written(term: Term) -> str:
    return "".join(token.text for token in formula.term_tokens(term, TIMES))
