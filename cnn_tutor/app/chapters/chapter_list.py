"""The chapters at the side of the window in three groups that fold: lessons, practice, boards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from cnn_tutor.app.keyed_list import KEY
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.exam import EXAM
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.study.lessons.progress import Progress
from cnn_tutor.study.practice import PRACTICE, RESULTS
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.icons import tinted
from cnn_tutor.widgets.style.rich_text import tip
from cnn_tutor.widgets.style.sizes import SCROLL_BAR, px

_GROUP, _PROGRESS, _COUNT = KEY + 1, KEY + 2, KEY + 3
_ROOM = 6
_EDGE = 10
_RING = 11
_ARROW = 14
_LESSONS, _BOARDS, _OWN = "learn", "boards", "own"
_FOLDED_FIRST = (_BOARDS,)
"""The groups that are folded as long as nobody has folded or opened any."""

_WIDTH = 216
"""The least width of the list, and how much of it is not for its lines, in pixels."""
_AROUND = 22


class ChapterList(QTreeWidget):
    """A list from which a chapter is opened by a click, or with the arrow keys and Enter.

    A heading folds its chapters away and shows them again, by a click, Enter, Left and Right; that
    is remembered in the preferences. A lesson that is finished has a tick, one that was begun a
    ring that fills.
    """

    chosen = Signal(str)
    """Emitted with the key of the chapter to open."""

    def __init__(
        self,
        library: Library,
        progress: Progress,
        preferences: Preferences | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("chapters")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)  # the headings draw their arrows themselves
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_WithProgress(self))
        self._library, self.progress, self._preferences = library, progress, preferences
        folded = preferences.folded_groups if preferences else None
        self._folded = set(_FOLDED_FIRST if folded is None else folded)
        self._open, self._due = "", 0
        self.itemClicked.connect(self._on_clicked)
        self.itemActivated.connect(self._choose)
        self.itemExpanded.connect(self._on_folded)
        self.itemCollapsed.connect(self._on_folded)
        self.refill()

    def all_items(self) -> Iterator[QTreeWidgetItem]:
        """Go through all items from the first, headings and folded ones too."""
        for group in _under(self.invisibleRootItem()):
            yield group
            yield from _under(group)

    def of_key(self, key: str) -> QTreeWidgetItem | None:
        """Return the item of a key, None if it is not listed."""
        return next((item for item in self.all_items() if item.data(0, KEY) == key), None)

    def sizeHint(self) -> QSize:
        # The titles of a teacher's lessons may be of any length and are cut.
        ours = (item for item in self.all_items() if item.data(0, KEY) not in self._library.own)
        lines = (self.sizeHintForIndex(self.indexFromItem(item)).width() for item in ours)
        return QSize(
            max(px(_WIDTH), px(_AROUND) + SCROLL_BAR + max(lines, default=0)),
            super().sizeHint().height(),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        on = self.currentItem()
        if on is not None and not self.visualItemRect(on).isEmpty():  # its group is not folded
            self.scrollToItem(on)

    def refill(self) -> None:
        """List the chapters that there are now."""
        with QSignalBlocker(self):
            self.clear()
            for group, keys in self._groups():
                heading = self._heading(self.invisibleRootItem(), group, folds=True)
                part = ""
                for key in keys:
                    if (wanted := self._part(key)) != part:
                        part = wanted
                        self._heading(heading, part, folds=False)
                    QTreeWidgetItem(heading).setData(0, KEY, key)
                heading.setExpanded(group not in self._folded)
        self.retranslate()
        self.show_chapter(self._open)

    def retranslate(self) -> None:
        """Write every title in the language that is on."""
        self.setAccessibleName(self.tr("Chapters"))
        numbered = 0
        for item in self.all_items():
            key = item.data(0, KEY)
            if key is None:
                item.setText(0, words.say(f"chapters.{item.data(0, _GROUP)}"))
            elif key in self._library.own:
                item.setText(0, self._library[key].title)
            elif key in self._library:
                numbered += 1
                item.setText(0, f"{numbered} {self._library[key].title}")
            elif key in presets():
                item.setText(0, presets()[key].title)
            else:
                item.setText(0, words.say(f"chapters.{key}_page"))
        self.show_progress()
        self.show_due(self._due)
        self.updateGeometry()

    def show_progress(self) -> None:
        """Say of every lesson how far the learner has come, and how many there are in a group."""
        finished_ones = 0
        for item in self.all_items():
            key = item.data(0, KEY)
            if key in self._library:
                done, count = len(self.progress.done(key)), self.progress.count(key)
                finished = self.progress.finished(key)
                finished_ones += finished
                item.setData(0, _PROGRESS, 1.0 if finished else done / max(count, 1))
                said = "lessons.finished" if finished else "lessons.so_far"
                _describe(item, words.say(said, done=done, count=count) if done else "")
        done, count = finished_ones, len(self._library)
        said = words.say("chapters.finished", done=done, count=count)
        self._count(_LESSONS, f"{done} / {count}", said)
        count = len(presets())
        self._count(_BOARDS, str(count), words.say("chapters.boards_count", count=count))

    def show_due(self, count: int) -> None:
        """Say at practice how many reviews are due."""
        self._due = count
        item = self.of_key(PRACTICE)
        if item is not None:
            item.setData(0, _COUNT, str(count or ""))
            _describe(item, words.say("results.reviews", left=count) if count else "")

    def show_chapter(self, key: str) -> None:
        """Mark the chapter that is open, and open its group; none for a key that is not listed."""
        other, self._open = key != self._open, key
        item = self.of_key(key)
        group = item.parent() if item is not None else None
        if other:
            with QSignalBlocker(self):  # that of the chapter is open, but not for always
                for head in self._heads():
                    head.setExpanded(head is group or head.data(0, _GROUP) not in self._folded)
        elif group is not None and not group.isExpanded():
            item = group
        if item is not None:
            self.setCurrentItem(item)
        else:
            self.setCurrentIndex(QModelIndex())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.show_chapter(self._open)  # what was only passed with the arrows is not open

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if item is None or not opens:
            super().keyPressEvent(event)
        elif item.data(0, KEY) is None:
            item.setExpanded(not item.isExpanded())
        else:
            self._choose(item)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self.retranslate()

    # --- inside ----------------------------------------------------------------------------------

    def _groups(self) -> Iterator[tuple[str, list[str]]]:
        """The groups, each with the keys of its chapters."""
        yield _LESSONS, list(self._library)
        yield PRACTICE, [PRACTICE, EXAM, RESULTS]
        yield _BOARDS, list(presets())

    def _part(self, key: str) -> str:
        """Return the heading in its group that a chapter stands under; empty for none."""
        if key in presets():
            return presets()[key].group
        return _OWN if key in self._library.own else ""

    def _heading(self, above: QTreeWidgetItem, group: str, folds: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem(above)
        item.setData(0, _GROUP, group)
        if not folds:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font(0)
        font.setBold(folds)
        item.setFont(0, font)
        return item

    def _heads(self) -> Iterator[QTreeWidgetItem]:
        for place in range(self.topLevelItemCount()):
            head = self.topLevelItem(place)
            assert head is not None
            yield head

    def _count(self, group: str, text: str, said: str) -> None:
        """Write at a heading how many chapters it has."""
        for item in self._heads():
            if item.data(0, _GROUP) == group:
                item.setData(0, _COUNT, text)
                _describe(item, said)

    def _on_clicked(self, item: QTreeWidgetItem) -> None:
        if item.childCount():
            item.setExpanded(not item.isExpanded())
        else:
            self._choose(item)

    def _choose(self, item: QTreeWidgetItem) -> None:
        if item.data(0, KEY) is not None:
            self.chosen.emit(item.data(0, KEY))

    def _on_folded(self, item: QTreeWidgetItem) -> None:
        """Remember whether a group is folded."""
        group = {item.data(0, _GROUP)}
        self._folded = self._folded - group if item.isExpanded() else self._folded | group
        if self._preferences:
            self._preferences.folded_groups = tuple(sorted(self._folded))


def _describe(item: QTreeWidgetItem, said: str) -> None:
    """Say something of an item where the mouse rests on it, and to who listens."""
    text = item.text(0)
    item.setToolTip(0, tip(f"{text}\n{said}".strip()))
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{text}, {said}".removesuffix(", "))


class _WithProgress(QStyledItemDelegate):
    """Draws how far a lesson has come at the right end of its line: a ring that fills, a tick.

    A heading that folds has an arrow before it; what is counted stands at the right end, too.
    """

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
        more = 0 if index.data(_PROGRESS) is None else px(_EDGE) + px(_RING)
        if index.data(_COUNT):
            more += px(_EDGE) + option.fontMetrics.horizontalAdvance(index.data(_COUNT))
        if _folds(index):
            more += px(_ARROW)
        return QSize(size.width() + more, option.fontMetrics.height() + 2 * px(_ROOM))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = colours.current()
        if _folds(index):
            self._paint_heading(painter, option, index)
        else:
            super().paint(painter, option, index)
        count, share = index.data(_COUNT), index.data(_PROGRESS)
        ink = colours.colour(theme.dim if _folds(index) else theme.accent_text)
        if count:
            painter.setPen(ink)
            place = option.rect.adjusted(0, 0, -px(_EDGE), 0)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(place, right, count)
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

    def _paint_heading(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.text = ""
        tree, theme = shown.widget, colours.current()
        assert isinstance(tree, QTreeWidget)
        tree.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, tree)
        arrow = QRect(0, 0, px(_ARROW), px(_ARROW))
        arrow.moveCenter(option.rect.center())
        arrow.moveLeft(option.rect.left() + px(_EDGE) // 2)
        open_now = tree.isExpanded(index)
        tinted("down" if open_now else "next", theme.dim, _ARROW).paint(painter, arrow)
        painter.save()
        painter.setFont(shown.font)
        painter.setPen(colours.colour(theme.dim))
        place = option.rect.adjusted(px(_EDGE + _ARROW), 0, -px(_EDGE), 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, index.data())
        painter.restore()


def _folds(index: QModelIndex | QPersistentModelIndex) -> bool:
    return not index.parent().isValid()


def _under(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    return (cast(QTreeWidgetItem, item.child(place)) for place in range(item.childCount()))
