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
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.study.lessons.progress import Progress
from cnn_tutor.study.practice import PRACTICE, RESULTS
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.rich_text import tip

_KEY = Qt.ItemDataRole.UserRole
_PROGRESS = Qt.ItemDataRole.UserRole + 1
_DUE = Qt.ItemDataRole.UserRole + 2
_ROOM = 6
_EDGE = 10
_RING = 11
_LESSONS, _OWN = "learn", "own"
_WIDTH = 216
"""The least width of the list, and how much of it is not for its lines, in pixels."""
_AROUND = 32


class ChapterList(QListWidget):
    """A list from which a chapter is opened by a click, or with the arrow keys and Enter.

    A lesson that is finished has a tick, one that was begun a ring that fills.
    """

    chosen = Signal(str)
    """Emitted with the key of the chapter to open."""

    def __init__(self, library: Library, progress: Progress, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chapters")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_WithProgress(self))
        self._library, self.progress = library, progress
        self._open = ""
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self.refill()

    def sizeHint(self) -> QSize:
        # The titles of a teacher's lessons may be of any length and are cut.
        rows = (
            row for row in range(self.count()) if self.item(row).data(_KEY) not in self._library.own
        )
        lines = (self.sizeHintForIndex(self.indexFromItem(self.item(row))).width() for row in rows)
        return QSize(max(_WIDTH, _AROUND + max(lines, default=0)), super().sizeHint().height())

    def refill(self) -> None:
        """List the chapters that there are now."""
        self.clear()
        group = ""
        for key, wanted in self._chapters():
            if wanted != group:
                group = wanted
                heading = QListWidgetItem()
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setData(_KEY, group)
                self.addItem(heading)
            item = QListWidgetItem()
            item.setData(_KEY, key)
            self.addItem(item)
        self.retranslate()
        self.show_chapter(self._open)

    def retranslate(self) -> None:
        """Write every title in the language that is on."""
        self.setAccessibleName(self.tr("Chapters"))
        numbered = 0
        for row in range(self.count()):
            item = self.item(row)
            key = str(item.data(_KEY))
            if not item.flags() & Qt.ItemFlag.ItemIsEnabled:
                item.setText(words.say(f"chapters.{key}"))
                font = item.font()
                font.setBold(True)
                item.setFont(font)
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
        self.updateGeometry()

    def show_progress(self) -> None:
        """Say of every lesson how far the learner has come."""
        for row in range(self.count()):
            item = self.item(row)
            key = str(item.data(_KEY))
            done, count = len(self.progress.done(key)), self.progress.count(key)
            finished = self.progress.finished(key)
            if key in self._library:
                item.setData(_PROGRESS, 1.0 if finished else done / max(count, 1))
            said = "lessons.finished" if finished else "lessons.so_far"
            spoken = words.say(said, done=done, count=count) if done else ""
            told = tip(f"{item.text()}\n{spoken}".strip())
            item.setToolTip(told if key in self._library else "")
            spoken = f"{item.text()}, {spoken}" if spoken else item.text()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def show_due(self, count: int) -> None:
        """Say at practice how many reviews are due."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(_KEY) == PRACTICE and item.flags() & Qt.ItemFlag.ItemIsEnabled:
                item.setData(_DUE, count)
                said = words.say("results.reviews", left=count) if count else ""
                item.setToolTip(f"{item.text()}\n{said}".strip())
                spoken = f"{item.text()}, {said}" if said else item.text()
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def show_chapter(self, key: str) -> None:
        """Mark the chapter that is open; none for a key that is not listed."""
        self._open = key
        self.setCurrentRow(-1)
        for row in range(self.count()):
            item = self.item(row)
            if item.data(_KEY) == key and item.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.setCurrentItem(item)

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
        for key in (PRACTICE, RESULTS):
            yield key, PRACTICE
        for key, preset in presets().items():
            yield key, preset.group

    def _choose(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.chosen.emit(str(item.data(_KEY)))


class _WithProgress(QStyledItemDelegate):
    """Draws how far a lesson has come at the right end of its line: a ring that fills, a tick."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.data(_PROGRESS) is not None and option.rect.isValid():
            room = option.rect.width() - 3 * _EDGE - _RING
            option.text = option.fontMetrics.elidedText(
                option.text, Qt.TextElideMode.ElideRight, room
            )

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        ring = 0 if index.data(_PROGRESS) is None else _EDGE + _RING
        return QSize(size.width() + ring, option.fontMetrics.height() + 2 * _ROOM)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        due = index.data(_DUE)
        if due:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            theme = colours.current()
            painter.setPen(colours.colour(theme.on_accent if chosen else theme.accent_text))
            place = option.rect.adjusted(0, 0, -_EDGE, 0)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(place, right, str(due))
        share = index.data(_PROGRESS)
        if not share:
            return
        theme = colours.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = colours.colour(theme.on_accent if chosen else theme.accent_text)
        ring = QRectF(0, 0, _RING, _RING)
        ring.moveCenter(option.rect.toRectF().center())
        ring.moveRight(option.rect.right() - _EDGE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if share >= 1:
            painter.setPen(QPen(ink, 2.2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
            places = ((0.05, 0.55), (0.38, 0.88), (1.0, 0.15))
            painter.drawPolyline([ring.topLeft() + QPointF(x, y) * _RING for x, y in places])
        else:
            faint = QColor(ink)
            faint.setAlphaF(0.3)
            painter.setPen(QPen(faint, 2.5))
            painter.drawEllipse(ring)
            painter.setPen(QPen(ink, 2.5))
            painter.drawArc(ring, 90 * 16, -round(share * 360 * 16))
        painter.restore()
