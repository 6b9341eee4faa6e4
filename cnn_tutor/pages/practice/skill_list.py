"""The skills beside an exercise: how well each is known, and which of them are due."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cnn_tutor.pages.results.skill_results import SkillResult
from cnn_tutor.study import words
from cnn_tutor.widgets.charts.skill_marks import mark_width, paint_conditions, paint_mark
from cnn_tutor.widgets.grids.answer_model import ModelIndex
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.focus_ring import rings_itself
from cnn_tutor.widgets.style.sizes import LETTERS, px

_RESULT = Qt.ItemDataRole.UserRole
_BAR = 84
SIDE = 8
"""Left and right of every line."""
_ROOM, _GAP = 3, 8
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class SkillList(QListWidget):
    """A line for each skill, to be chosen by a click, or with the arrow keys and Enter.

    It is as high as its lines; whatever holds it scrolls.
    """

    chosen = Signal(str)
    """Emitted when the learner wants to practise a skill, with its key."""
    passed = Signal(QRect)
    """Emitted when the arrow keys have come to a line, with where it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rings_itself(self)
        self.setObjectName("skills")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setItemDelegate(_Line(self))
        self.setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.viewport().setAutoFillBackground(False)
        self.itemClicked.connect(self._choose)
        LETTERS.changed.connect(self._claim)
        self.currentItemChanged.connect(self._pass)

    def fill(self, results: Iterable[SkillResult]) -> None:
        """List these; who was at one of them with the keyboard still is."""
        here = self.currentItem()
        key = here.data(_RESULT).key if here else ""
        self.blockSignals(True)
        self.clear()
        for result in results:
            item = QListWidgetItem(result.name)
            item.setData(_RESULT, result)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, result.spoken)
            if result.tried:
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, result.spoken_ticks)
            item.setToolTip(result.told)
            self.addItem(item)
            if result.key == key:
                self.setCurrentItem(item)
        if self.hasFocus() and self.currentItem() is None:
            self.setCurrentRow(0)
        self.blockSignals(False)
        self._claim()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentItem() is None and self.count():
            self.setCurrentRow(0)
        self._pass(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS and self.currentItem() is not None:
            self._choose(self.currentItem())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
            self._claim()

    def sizeHint(self) -> QSize:
        return QSize(0, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def _claim(self) -> None:
        self.setFixedHeight(sum(self.sizeHintForRow(row) for row in range(self.count())))

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_RESULT).key)

    def _pass(self, item: QListWidgetItem | None) -> None:
        if item is not None and self.hasFocus():
            self.passed.emit(self.visualItemRect(item))


class _Line(QStyledItemDelegate):
    """Writes a skill's name, and at the end of the line its bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        view = self.parent()
        assert isinstance(view, QListWidget)
        room = QRect(0, 0, self._width(view.viewport().width(), option, index), 1000)
        text = QFontMetrics(option.font).boundingRect(room, _WRAPPED, str(index.data()))
        return QSize(0, text.height() + 2 * px(_ROOM))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        theme, place, view = colours.current(), option.rect, option.widget
        result: SkillResult = index.data(_RESULT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = isinstance(view, QListWidget) and view.hasFocus()
        here &= bool(option.state & QStyle.StateFlag.State_HasFocus)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if here or over:
            painter.setPen(colours.focus_pen() if here else Qt.PenStyle.NoPen)
            painter.setBrush(colours.blend(theme.accent, theme.panel, 0.1))
            painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(colours.colour(theme.text))
        painter.setFont(option.font)
        width = self._width(place.width(), option, index)
        name = QRect(place.left() + px(SIDE), place.top(), width, place.height())
        painter.drawText(name, _WRAPPED, result.name)
        bar = QRectF(place.right() + 1 - px(SIDE) - px(_BAR), place.top(), px(_BAR), place.height())
        paint_conditions(painter, bar, result.conditions)
        if result.due:
            text = words.say("results.due")
            paint_mark(painter, bar.left() - px(_GAP), bar.center().y(), text, option.font)
        painter.restore()

    def _width(self, whole: int, option: QStyleOptionViewItem, index: ModelIndex) -> int:
        taken = 2 * px(SIDE) + px(_BAR) + px(_GAP)
        if index.data(_RESULT).due:
            taken += round(mark_width(words.say("results.due"), option.font)) + px(_GAP)
        return whole - taken
