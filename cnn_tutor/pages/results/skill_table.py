"""Every skill in a row: how well it is known, when it comes again, and how it went so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cnn_tutor.pages.results.skill_results import NEW, SkillResult, comma, mistake_name
from cnn_tutor.study import words
from cnn_tutor.widgets.charts.skill_marks import mark_width, paint_conditions, paint_mark
from cnn_tutor.widgets.grids.answer_model import ModelIndex
from cnn_tutor.widgets.grids.plain_table import TextModel, TextTable, TitleRow
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.focus_ring import rings_itself
from cnn_tutor.widgets.style.sizes import LETTERS, px

NAME, MASTERY, REVIEW, ACCURACY, EXERCISES, MISTAKE, PRACTISE = range(7)
_COUNT = 7
_RESULT = Qt.ItemDataRole.UserRole
_SIDE, _ROOM = 11, 7
"""Left and right of every text, and over and under it."""
_BAR, _GAP = 84, 10
_NARROWEST_MISTAKE = 130
_NARROWEST_NAME, _USUAL_NAME, _NAME_SHARE = 110, 200, 0.21
"""How wide the names are: where it is narrow, else, and as a part of the table."""
_FEWEST_ROWS = 3
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class SkillTable(TextTable):
    """Lists the skills; Enter, a double click or the word at the row's end practises one."""

    chosen = Signal(str)
    """Emitted with the key of the skill that the learner wants to practise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TitleRow(_SIDE, bold=True), parent)
        rings_itself(self)
        self.setObjectName("skill_table")
        self._model = _Skills(self)
        self.setModel(self._model)
        self._painter = _RowPainter(self)
        self.setItemDelegate(self._painter)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        LETTERS.changed.connect(self._measure)
        self.clicked.connect(lambda at: self._choose(at) if at.column() == PRACTISE else None)
        self.doubleClicked.connect(lambda at: self._choose(at) if at.column() != PRACTISE else None)

    def show_results(self, results: Sequence[SkillResult], now: datetime) -> None:
        """List these in their order; who is at one of them with the keyboard still is."""
        titles = [
            self.tr("Skill"),
            self.tr("Mastery"),
            self.tr("Next review"),
            self.tr("Cells right"),
            self.tr("Exercises"),
            self.tr("Usual mistake"),
            "",
        ]
        here = self._model.result(self.currentIndex().row())
        self._model.show(results, now, titles, self.tr("Practise ›"))
        self.setAccessibleName(self.tr("Skills"))
        self._measure()
        keys = [result.key for result in results]
        if here is not None and here.key in keys:
            self.setCurrentIndex(self._model.index(keys.index(here.key), NAME))
        elif self.hasFocus() and keys:
            self.setCurrentIndex(self._model.index(0, NAME))

    def sizeHint(self) -> QSize:
        high = self.horizontalHeader().height() + self.verticalHeader().length() + 2
        return QSize(px(600), high)

    def minimumSizeHint(self) -> QSize:
        rows = min(_FEWEST_ROWS, self._model.rowCount())
        high = sum(self.rowHeight(row) for row in range(rows))
        return QSize(px(200), self.horizontalHeader().height() + high + 2)

    # --- events ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, NAME))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        on_word = self.indexAt(event.position().toPoint()).column() == PRACTISE
        shape = Qt.CursorShape.PointingHandCursor if on_word else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._measure()

    # --- inside ----------------------------------------------------------------------------------

    def _measure(self) -> None:
        """Give the columns their widths: the mistakes have what the others leave over, if any."""
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        whole = self.viewport().width()
        self._painter.text_width = max(px(_USUAL_NAME), round(_NAME_SHARE * whole))
        self.resizeColumnsToContents()
        left = whole - sum(self.columnWidth(n) for n in range(_COUNT) if n != MISTAKE)
        self.setColumnHidden(MISTAKE, left < px(_NARROWEST_MISTAKE))
        if left < px(_NARROWEST_MISTAKE):
            self.setColumnWidth(NAME, max(px(_NARROWEST_NAME), self.columnWidth(NAME) + left))
        else:
            self.setColumnWidth(MISTAKE, left)
        self._painter.text_width = 0
        self.resizeRowsToContents()
        self.setMaximumHeight(self.sizeHint().height())
        self.updateGeometry()

    def _choose(self, at: ModelIndex) -> None:
        result = self._model.result(at.row())
        if result is not None:
            self.chosen.emit(result.key)


class _RowPainter(QStyledItemDelegate):
    """Paints rows as books print tables: rules between them, none upright; bars, and due marks."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self._table = parent
        self.text_width = 0
        """How wide a text may be before it wraps; 0 for as wide as its column is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        metrics, text = QFontMetrics(option.font), str(index.data())
        wide = metrics.horizontalAdvance(text) + 2
        high = metrics.height()
        if index.column() == MASTERY:
            wide += px(_BAR) + px(_GAP)
        elif index.column() == REVIEW and index.data(_RESULT).due:
            wide = round(mark_width(text, option.font))
        elif index.column() == PRACTISE:
            wide = QFontMetrics(_strong(option.font)).horizontalAdvance(text) + 2
        elif index.column() in (NAME, MISTAKE):
            widest = self.text_width or self._table.columnWidth(index.column()) - 2 * px(_SIDE)
            box = metrics.boundingRect(QRect(0, 0, widest, 1000), Qt.TextFlag.TextWordWrap, text)
            wide, high = box.width() + 2, max(high, box.height())
        return QSize(wide + 2 * px(_SIDE), high + 2 * px(_ROOM))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        theme, place = colours.current(), option.rect
        result: SkillResult = index.data(_RESULT)
        here = index.row() == self._table.currentIndex().row() and self._table.hasFocus()
        painter.save()
        if here:
            painter.fillRect(place, colours.blend(theme.accent, theme.panel, 0.12))
        painter.setPen(colours.colour(theme.line))
        painter.drawLine(place.topLeft(), place.topRight())
        if here:
            self._ring(painter, place, index.column())
        room = place.adjusted(px(_SIDE), 0, -px(_SIDE), 0)
        painter.setFont(option.font)
        if index.column() == MASTERY:
            bar = QRectF(room.left(), room.top(), px(_BAR), room.height())
            paint_conditions(painter, bar, result.conditions)
            room.setLeft(room.left() + px(_BAR) + px(_GAP))
        if index.column() == REVIEW and result.due:
            right = room.left() + mark_width(str(index.data()), option.font)
            paint_mark(painter, right, QRectF(room).center().y(), str(index.data()), option.font)
        else:
            quiet = index.column() not in (0, PRACTISE) and result.state == NEW
            ink = theme.dim if quiet else theme.text
            if index.column() == PRACTISE:
                painter.setFont(
                    _strong(option.font, bool(option.state & QStyle.StateFlag.State_MouseOver))
                )
                ink = theme.accent_text
            painter.setPen(colours.colour(ink))
            side = index.data(Qt.ItemDataRole.TextAlignmentRole)
            painter.drawText(room, side | Qt.TextFlag.TextWordWrap, str(index.data()))
        painter.restore()

    def _ring(self, painter: QPainter, place: QRect, column: int) -> None:
        """Draw the part in one cell of the ring around the row that the keyboard is in."""
        ink, wide = colours.colour(colours.current().focus), colours.RING
        last = max(n for n in range(_COUNT) if not self._table.isColumnHidden(n))
        painter.fillRect(place.x(), place.y(), place.width(), wide, ink)
        painter.fillRect(place.x(), place.bottom() + 1 - wide, place.width(), wide, ink)
        if column == 0:
            painter.fillRect(place.x(), place.y(), wide, place.height(), ink)
        if column == last:
            painter.fillRect(place.right() + 1 - wide, place.y(), wide, place.height(), ink)


def _strong(font: QFont, underlined: bool = False) -> QFont:
    strong = QFont(font)
    strong.setBold(True)
    strong.setUnderline(underlined)
    return strong


class _Skills(TextModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__((ACCURACY, EXERCISES, PRACTISE), parent)
        self._results: list[SkillResult] = []

    def show(
        self, results: Sequence[SkillResult], now: datetime, titles: list[str], practise: str
    ) -> None:
        self._results = list(results)
        self.show_texts([_cells(result, now, practise) for result in results], titles)

    def result(self, row: int) -> SkillResult | None:
        return self._results[row] if 0 <= row < len(self._results) else None

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        result, text = self._results[index.row()], self._texts[index.row()][index.column()]
        if role == _RESULT:
            return result
        if role == Qt.ItemDataRole.ToolTipRole:
            return result.told
        if role == Qt.ItemDataRole.AccessibleTextRole:
            spoken = f"{text}{comma()}{result.name}" if index.column() == PRACTISE else text
            return result.spoken if index.column() in (NAME, MASTERY) else spoken
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and index.column() == MASTERY:
            return result.spoken_ticks if result.tried else None
        return super().data(index, role)


def _cells(result: SkillResult, now: datetime, practise: str) -> list[str]:
    none = words.say("results.none")
    accuracy, went = result.accuracy, result.went
    return [
        result.name,
        words.say(f"results.{result.state}"),
        result.when(now),
        none if accuracy is None else words.say("results.percent", percent=accuracy),
        words.say("results.at_once", right=went.at_once, count=went.asked) if went.asked else none,
        mistake_name(result.mistake) or none,
        practise,
    ]
