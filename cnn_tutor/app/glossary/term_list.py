"""The terms of the glossary, each in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cnn_tutor.app.keyed_list import KEY, KeyedList
from cnn_tutor.study.glossary import Term
from cnn_tutor.widgets.grids.answer_model import ModelIndex
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.sizes import SMALLER, px, scaled

_OTHER = KEY + 1
_SIDE, _ROOM = 11, 5
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class TermList(KeyedList):
    """A list to choose a term from with the arrow keys or the mouse; it leaves typing to others."""

    chosen = Signal(str)
    """Emitted with the key of the term that is chosen now."""
    typed = Signal(str)
    """Emitted with a letter that was meant for a search."""
    left = Signal()
    """Emitted when Up was pressed on the first term."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("glossary_terms", parent)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_TwoLines(self))
        self.currentItemChanged.connect(self._announce)

    @property
    def key(self) -> str:
        """The key of the term that is chosen, empty where the list is empty."""
        item = self.currentItem()
        return str(item.data(KEY)) if item is not None else ""

    def fill(self, terms: Iterable[Term], key: str) -> None:
        """List terms and choose one, or the first where that one is not among them."""
        with QSignalBlocker(self):
            self.clear()
            for term in terms:
                item = self.add(term.key, term.term)
                item.setData(_OTHER, term.other_term)
                spoken = f"{term.term} — {term.other_term}"
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        if not self.choose(key) and self.count():
            self.setCurrentRow(0)
            self.scrollToTop()

    def choose(self, key: str) -> bool:
        """Choose a term and bring it into sight; return whether it is listed."""
        item = self.of_key(key)
        if item is None:
            return False
        self.setCurrentItem(item)
        self.scrollToItem(item, QListWidget.ScrollHint.PositionAtCenter)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() == Qt.Key.Key_Up and self.currentRow() <= 0:
            self.left.emit()
        elif text.strip() and text.isprintable() and not event.modifiers() & _COMMANDS:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def _announce(self) -> None:
        if self.key:
            self.chosen.emit(self.key)


class _TwoLines(QStyledItemDelegate):
    """Writes a term over its name in the other language, which is smaller and quieter."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        lines = option.fontMetrics.height() + QFontMetrics(scaled(option.font, SMALLER)).height()
        return QSize(0, lines + 2 * px(_ROOM))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        ground.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, ground, painter, ground.widget
        )
        theme = colours.current()
        on = bool(ground.state & QStyle.StateFlag.State_Selected)
        font, small = ground.font, scaled(ground.font, SMALLER)
        place: QRect = ground.rect.adjusted(px(_SIDE), px(_ROOM), -px(_SIDE), 0)
        painter.save()
        for text, written, ink in (
            (str(index.data()), font, theme.text),
            (str(index.data(_OTHER)), small, theme.dim),
        ):
            painter.setFont(written)
            painter.setPen(colours.colour(theme.on_accent if on else ink))
            high = QFontMetrics(written).height()
            line = QRect(place.topLeft(), QSize(place.width(), high))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
            place.translate(QPoint(0, high))
        painter.restore()
