"""Paints the rows of the skills as books print tables: rules between the rows, none upright."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from cnn_tutor.pages.results.skill_results import NEW, SkillResult
from cnn_tutor.widgets.charts.skill_marks import mark_width, paint_bar, paint_mark
from cnn_tutor.widgets.grids.answer_model import ModelIndex
from cnn_tutor.widgets.style import colours

RESULT = Qt.ItemDataRole.UserRole
SIDE, _ROOM = 11, 7
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

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
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
            widest = self.text_width or self._table.columnWidth(index.column()) - 2 * SIDE
            box = metrics.boundingRect(QRect(0, 0, widest, 1000), Qt.TextFlag.TextWordWrap, text)
            wide, high = box.width() + 2, max(high, box.height())
        return QSize(wide + 2 * SIDE, high + 2 * _ROOM)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
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
        room = place.adjusted(SIDE, 0, -SIDE, 0)
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
                painter.setFont(
                    _strong(option.font, bool(option.state & QStyle.StateFlag.State_MouseOver))
                )
                ink = theme.accent_text
            painter.setPen(colours.colour(ink))
            side = index.data(Qt.ItemDataRole.TextAlignmentRole)
            painter.drawText(room, side | Qt.TextFlag.TextWordWrap, str(index.data()))
        painter.restore()


def _strong(font: QFont, underlined: bool = False) -> QFont:
    strong = QFont(font)
    strong.setBold(True)
    strong.setUnderline(underlined)
    return strong
