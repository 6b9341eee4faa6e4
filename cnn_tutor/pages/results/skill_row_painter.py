"""Paints the rows of the skills as books print tables: rules between the rows, none upright."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cnn_tutor.pages.results.skill_results import NEW, SkillResult
from cnn_tutor.widgets.charts.due_mark import mark_width, paint_mark
from cnn_tutor.widgets.charts.mastery_bar import paint_bar
from cnn_tutor.widgets.style import colours

RESULT = Qt.ItemDataRole.UserRole
_SIDE, _ROOM = 11, 7
"""Left and right of every text, and over and under it."""
_BAR, _GAP = 84, 10
_MASTERY, _REVIEW, _MISTAKE, _PRACTISE = 1, 2, 5, 6
_WRAPPED = (0, _MISTAKE)
_EDGE = 3


class SkillRowPainter(QStyledItemDelegate):
    """Paints a cell: a text, a bar and a word, or a mark that says that something is due."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self._table = parent
        self.text_width = 0
        """How wide a text may be before it wraps; 0 for as wide as its column is."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        metrics, text = QFontMetrics(option.font), str(index.data())
        wide = metrics.horizontalAdvance(text) + 2
        high = metrics.height()
        if index.column() == _MASTERY:
            wide += _BAR + _GAP
        elif index.column() == _REVIEW and index.data(RESULT).due:
            wide = round(mark_width(text, option.font))
        elif index.column() == _PRACTISE:
            wide = QFontMetrics(_strong(option.font)).horizontalAdvance(text) + 2
        elif index.column() in _WRAPPED:
            widest = self.text_width or self._table.columnWidth(index.column()) - 2 * _SIDE
            box = metrics.boundingRect(QRect(0, 0, widest, 1000), Qt.TextFlag.TextWordWrap, text)
            wide, high = box.width() + 2, max(high, box.height())
        return QSize(wide + 2 * _SIDE, high + 2 * _ROOM)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, place = colours.current(), option.rect
        result: SkillResult = index.data(RESULT)
        here = index.row() == self._table.currentIndex().row() and self._table.hasFocus()
        painter.save()
        if here:
            painter.fillRect(place, colours.blend(theme.accent, theme.panel, 0.12))
            if index.column() == 0:
                painter.fillRect(place.x(), place.y(), _EDGE, place.height(), theme.accent)
        painter.setPen(colours.colour(theme.line))
        painter.drawLine(place.topLeft(), place.topRight())
        room = place.adjusted(_SIDE, 0, -_SIDE, 0)
        painter.setFont(option.font)
        if index.column() == _MASTERY:
            bar = QRectF(room.left(), room.top(), _BAR, room.height())
            paint_bar(painter, bar, result.share, result.mastered)
            room.setLeft(room.left() + _BAR + _GAP)
        if index.column() == _REVIEW and result.due:
            right = room.left() + mark_width(str(index.data()), option.font)
            paint_mark(painter, right, QRectF(room).center().y(), str(index.data()), option.font)
        else:
            quiet = index.column() not in (0, _PRACTISE) and result.state == NEW
            ink = theme.dim if quiet else theme.text
            if index.column() == _PRACTISE:
                painter.setFont(_strong(option.font, bool(option.state & _OVER)))
                ink = theme.accent_text
            painter.setPen(colours.colour(ink))
            side = index.data(Qt.ItemDataRole.TextAlignmentRole)
            painter.drawText(room, side | Qt.TextFlag.TextWordWrap, str(index.data()))
        painter.restore()


class TitleRow(QHeaderView):
    """The titles of the columns, in a quieter tone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sectionSizeFromContents(self, section: int) -> QSize:
        metrics = QFontMetrics(_strong(self.font()))
        text = self.model().headerData(section, Qt.Orientation.Horizontal)
        return QSize(metrics.horizontalAdvance(str(text)) + 2 * _SIDE + 2, metrics.height() + 12)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model, across = self.model(), Qt.Orientation.Horizontal
        side = model.headerData(section, across, Qt.ItemDataRole.TextAlignmentRole)
        painter.setFont(_strong(self.font()))
        painter.setPen(colours.colour(colours.current().dim))
        text = str(model.headerData(section, across))
        painter.drawText(rect.adjusted(_SIDE, 0, -_SIDE, 0), side, text)


_OVER = QStyle.StateFlag.State_MouseOver


def _strong(font: QFont, underlined: bool = False) -> QFont:
    strong = QFont(font)
    strong.setBold(True)
    strong.setUnderline(underlined)
    return strong
