"""The chapters at the side of the window, under their headings."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from cnn_tutor.study import words
from cnn_tutor.study.presets import presets

_KEY = Qt.ItemDataRole.UserRole
_ROOM = 6


class ChapterList(QListWidget):
    """A list from which a chapter is opened by a click, or with the arrow keys and Enter."""

    chosen = Signal(str)
    """The key of the chapter to open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chapters")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._open = ""
        group = ""
        for key, preset in presets().items():
            if preset.group != group:
                group = preset.group
                heading = QListWidgetItem()
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setData(_KEY, group)
                self.addItem(heading)
            item = QListWidgetItem()
            item.setData(_KEY, key)
            self.addItem(item)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every title in the language that is on."""
        self.setAccessibleName(self.tr("Chapters"))
        height = self.fontMetrics().height() + 2 * _ROOM
        for row in range(self.count()):
            item = self.item(row)
            key = str(item.data(_KEY))
            if item.flags() & Qt.ItemFlag.ItemIsEnabled:
                item.setText(presets()[key].title)
            else:
                item.setText(words.say(f"chapters.{key}"))
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            item.setSizeHint(QSize(0, height))

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
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _choose(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.chosen.emit(str(item.data(_KEY)))
