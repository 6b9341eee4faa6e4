"""The chapters at the side of the window: lessons first, then the free labs by their topics."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cnn_tutor.app.keyed_list import KEY, KeyedList
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.exam import EXAM
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.study.lessons.progress import Progress
from cnn_tutor.study.practice import PRACTICE, RESULTS
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.rich_text import tip
from cnn_tutor.widgets.style.sizes import px

_GROUP, _PROGRESS, _DUE = KEY + 1, KEY + 2, KEY + 3
_ROOM = 6
_EDGE = 10
_RING = 11
_LESSONS, _OWN = "learn", "own"
_WIDTH = 216
"""The least width of the list, and how much of it is not for its lines, in pixels."""
_AROUND = 32


class ChapterList(KeyedList):
    """A list from which a chapter is opened by a click, or with the arrow keys and Enter.

    A lesson that is finished has a tick, one that was begun a ring that fills.
    """

    chosen = Signal(str)
    """Emitted with the key of the chapter to open."""

    def __init__(self, library: Library, progress: Progress, parent: QWidget | None = None) -> None:
        super().__init__("chapters", parent)
        self.setItemDelegate(_WithProgress(self))
        self._library, self.progress = library, progress
        self._open, self._due = "", 0
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self.refill()

    def sizeHint(self) -> QSize:
        # The titles of a teacher's lessons may be of any length and are cut.
        ours = (item for item in self.all_items() if item.data(KEY) not in self._library.own)
        lines = (self.sizeHintForIndex(self.indexFromItem(item)).width() for item in ours)
        return QSize(
            max(px(_WIDTH), px(_AROUND) + max(lines, default=0)), super().sizeHint().height()
        )

    def refill(self) -> None:
        """List the chapters that there are now."""
        self.clear()
        group = ""
        for key, wanted in self._chapters():
            if wanted != group:
                group = wanted
                heading = QListWidgetItem(self)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setData(_GROUP, group)
                font = heading.font()
                font.setBold(True)
                heading.setFont(font)
            self.add(key)
        self.retranslate()
        self.show_chapter(self._open)

    def retranslate(self) -> None:
        """Write every title in the language that is on."""
        self.setAccessibleName(self.tr("Chapters"))
        numbered = 0
        for item in self.all_items():
            key = item.data(KEY)
            if key is None:
                item.setText(words.say(f"chapters.{item.data(_GROUP)}"))
            elif key in self._library.own:
                item.setText(self._library[key].title)
            elif key in self._library:
                numbered += 1
                item.setText(f"{numbered} {self._library[key].title}")
            elif key in presets():
                item.setText(presets()[key].title)
            else:
                item.setText(words.say(f"chapters.{key}_page"))
        self.show_progress()
        self.show_due(self._due)
        self.updateGeometry()

    def show_progress(self) -> None:
        """Say of every lesson how far the learner has come."""
        for item in self.all_items():
            key = item.data(KEY)
            if key in self._library:
                done, count = len(self.progress.done(key)), self.progress.count(key)
                finished = self.progress.finished(key)
                item.setData(_PROGRESS, 1.0 if finished else done / max(count, 1))
                said = "lessons.finished" if finished else "lessons.so_far"
                _describe(item, words.say(said, done=done, count=count) if done else "")

    def show_due(self, count: int) -> None:
        """Say at practice how many reviews are due."""
        self._due = count
        item = self.of_key(PRACTICE)
        if item is not None:
            item.setData(_DUE, count)
            _describe(item, words.say("results.reviews", left=count) if count else "")

    def show_chapter(self, key: str) -> None:
        """Mark the chapter that is open; none for a key that is not listed."""
        self._open = key
        item = self.of_key(key)
        self.setCurrentRow(-1 if item is None else self.row(item))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.show_chapter(self._open)  # what was only passed with the arrows is not open

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self.retranslate()

    def _chapters(self) -> Iterator[tuple[str, str]]:
        """The keys of all chapters, each with that of its heading."""
        own = self._library.own
        for key in self._library:
            yield key, _OWN if key in own else _LESSONS
        for key in (PRACTICE, EXAM, RESULTS):
            yield key, PRACTICE
        for key, preset in presets().items():
            yield key, preset.group

    def _choose(self, item: QListWidgetItem) -> None:
        if item.data(KEY) is not None:
            self.chosen.emit(item.data(KEY))


def _describe(item: QListWidgetItem, said: str) -> None:
    """Say something of an item where the mouse rests on it, and to who listens."""
    item.setToolTip(tip(f"{item.text()}\n{said}".strip()))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {said}".removesuffix(", "))


class _WithProgress(QStyledItemDelegate):
    """Draws how far a lesson has come at the right end of its line: a ring that fills, a tick."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.data(_PROGRESS) is not None and option.rect.isValid():
            room = option.rect.width() - 3 * px(_EDGE) - px(_RING)
            option.text = option.fontMetrics.elidedText(
                option.text, Qt.TextElideMode.ElideRight, room
            )

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        ring = 0 if index.data(_PROGRESS) is None else px(_EDGE) + px(_RING)
        return QSize(size.width() + ring, option.fontMetrics.height() + 2 * px(_ROOM))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        due, share = index.data(_DUE), index.data(_PROGRESS)
        theme = colours.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = colours.colour(theme.on_accent if chosen else theme.accent_text)
        if due:
            painter.setPen(ink)
            place = option.rect.adjusted(0, 0, -px(_EDGE), 0)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(place, right, str(due))
        if not share:
            return
        ring = QRectF(0, 0, px(_RING), px(_RING))
        ring.moveCenter(option.rect.toRectF().center())
        ring.moveRight(option.rect.right() - px(_EDGE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if share >= 1:
            painter.setPen(QPen(ink, 2.2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
            places = ((0.05, 0.55), (0.38, 0.88), (1.0, 0.15))
            painter.drawPolyline([ring.topLeft() + QPointF(x, y) * px(_RING) for x, y in places])
        else:
            faint = QColor(ink)
            faint.setAlphaF(0.3)
            painter.setPen(QPen(faint, 2.5))
            painter.drawEllipse(ring)
            painter.setPen(QPen(ink, 2.5))
            painter.drawArc(ring, 90 * 16, -round(share * 360 * 16))
        painter.restore()
