"""A table of texts as books print them: rules between the rows and no lines upright."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cnn_tutor.widgets.grids.answer_model import ModelIndex
from cnn_tutor.widgets.style import colours

_ROW = 24
_ROWS = 6
_WIDEST = 10_000
_SIDE = 10
"""Left and right of every text, in pixels, as is the height of a row."""


class PlainTable(QTableView):
    """Rows that can be chosen, one at a time; as large as its texts, and after some rows scrolls.

    A stronger rule stands over the last row.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_limit, self._room = _ROWS, _WIDEST
        self._spare: int | None = None
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setItemDelegate(_RowPainter(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.verticalHeader().setMinimumSectionSize(_ROW)
        self.setHorizontalHeader(_Titles(Qt.Orientation.Horizontal, self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def set_spare_column(self, column: int) -> None:
        """Say which column can be left out where the whole table is too wide."""
        self._spare = column

    def set_room(self, width: int, rows: int) -> None:
        """Say how many pixels it may be wide, and how many rows high; with more it scrolls."""
        if (width, rows) != (self._room, self._row_limit):
            self._room, self._row_limit = width, rows
            self.claim()

    def claim(self) -> None:
        """Take as much room as the rows need, and no more."""
        if self._spare is not None:
            self.setColumnHidden(self._spare, False)
        self.resizeColumnsToContents()
        if self._spare is not None:
            self.setColumnHidden(self._spare, self.sizeHint().width() > self._room)
        self.setFixedSize(self.sizeHint().boundedTo(QSize(max(0, self._room), _WIDEST)))

    def sizeHint(self) -> QSize:
        rows, columns = self.model().rowCount(), self.model().columnCount()
        wide = sum(self.columnWidth(column) for column in range(columns))
        bar = self.verticalScrollBar().sizeHint().width() if rows > self._row_limit else 0
        return QSize(wide + bar, _ROW + 2 + min(rows, self._row_limit) * _ROW)


class _RowPainter(QStyledItemDelegate):
    """Paints a cell with room beside its text, and a line over the total."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        font = index.data(Qt.ItemDataRole.FontRole) or option.font
        width = QFontMetrics(font).horizontalAdvance(str(index.data()))
        return QSize(width + 2 * _SIDE, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        theme = colours.current()
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, colours.colour(theme.accent))
        painter.setFont(index.data(Qt.ItemDataRole.FontRole) or option.font)
        _write(painter, rect, index, theme.on_accent if chosen else theme.text)
        if not chosen:
            last = index.row() == index.model().rowCount() - 1
            painter.setPen(colours.colour(theme.dim if last else theme.line))
            painter.drawLine(rect.topLeft(), rect.topRight())


class _Titles(QHeaderView):
    """The titles of the columns, in a quieter tone."""

    def sectionSizeFromContents(self, section: int) -> QSize:
        text = self.model().headerData(section, self.orientation())
        return QSize(self.fontMetrics().horizontalAdvance(str(text)) + 2 * _SIDE + 2, _ROW + 2)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        side = self.model().headerData(
            section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole
        )
        text = self.model().headerData(section, self.orientation())
        painter.setPen(colours.colour(colours.current().dim))
        painter.drawText(rect.adjusted(_SIDE, 0, -_SIDE, 0), side, str(text))


def _write(painter: QPainter, rect: QRect, index: ModelIndex, ink: str) -> None:
    painter.setPen(colours.colour(ink))
    side = index.data(Qt.ItemDataRole.TextAlignmentRole)
    painter.drawText(rect.adjusted(_SIDE, 0, -_SIDE, 0), side, str(index.data()))
