"""Tables of texts as books print them: rules between the rows and no lines upright."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
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
from cnn_tutor.widgets.style.sizes import LETTERS, px

_ROW = 24
_ROWS = 6
_WIDEST = 10_000
SIDE = 10
"""Left and right of every text, in pixels, as is the height of a row."""


class TextModel(QAbstractTableModel):
    """Rows of texts under titles; some columns are flush right."""

    def __init__(self, right: Sequence[int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._right = right
        self._texts: list[Sequence[str]] = []
        self._titles: list[str] = []

    def show_texts(self, texts: list[Sequence[str]], titles: list[str]) -> None:
        """Show rows of texts under these titles."""
        self.beginResetModel()
        self._texts, self._titles = texts, titles
        self.endResetModel()

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._texts)

    def columnCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return self._titles[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return self._texts[index.row()][index.column()] if role in texts else None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        right = column in self._right
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class TextTable(QTableView):
    """Rows that can be chosen, one at a time, under titles in a quieter tone."""

    def __init__(self, titles: TitleRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setHorizontalHeader(titles)
        self.verticalHeader().hide()


class TitleRow(QHeaderView):
    """The titles of the columns; as high as their letters need unless a height is given."""

    def __init__(self, side: int, height: int = 0, bold: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._side, self._height, self._bold = side, height, bold

    def sectionSizeFromContents(self, section: int) -> QSize:
        metrics = QFontMetrics(self._font)
        text = self.model().headerData(section, self.orientation())
        width = metrics.horizontalAdvance(str(text)) + 2 * px(self._side) + 2
        return QSize(width, px(self._height) or metrics.height() + px(12))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        side = self.model().headerData(
            section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole
        )
        text = self.model().headerData(section, self.orientation())
        painter.setFont(self._font)
        painter.setPen(colours.colour(colours.current().dim))
        painter.drawText(rect.adjusted(px(self._side), 0, -px(self._side), 0), side, str(text))

    @property
    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(self._bold or font.bold())
        return font


class PlainTable(TextTable):
    """Rows that can be chosen, one at a time; as large as its texts, and after some rows scrolls.

    A stronger rule stands over the last row.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TitleRow(SIDE, _ROW + 2), parent)
        self._row_limit, self._room = _ROWS, _WIDEST
        self._spare: int | None = None
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setWordWrap(False)
        self.setItemDelegate(_RowPainter(self))
        self._measure()
        LETTERS.changed.connect(self._measure)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _measure(self) -> None:
        self.verticalHeader().setMinimumSectionSize(px(_ROW))
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        if self.model() is not None:
            self.claim()

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
        return QSize(wide + bar, px(_ROW + 2) + min(rows, self._row_limit) * px(_ROW))


class _RowPainter(QStyledItemDelegate):
    """Paints a cell with room beside its text, and a line over the total."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        font = index.data(Qt.ItemDataRole.FontRole) or option.font
        width = QFontMetrics(font).horizontalAdvance(str(index.data()))
        return QSize(width + 2 * px(SIDE), px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        theme = colours.current()
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, colours.colour(theme.accent))
        painter.setFont(index.data(Qt.ItemDataRole.FontRole) or option.font)
        painter.setPen(colours.colour(theme.on_accent if chosen else theme.text))
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(rect.adjusted(px(SIDE), 0, -px(SIDE), 0), side, str(index.data()))
        if not chosen:
            last = index.row() == index.model().rowCount() - 1
            painter.setPen(colours.colour(theme.dim if last else theme.line))
            painter.drawLine(rect.topLeft(), rect.topRight())
