"""A list whose items are chosen by keys, as those of chapters and of the glossary's terms."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

KEY = Qt.ItemDataRole.UserRole
"""The role of an item's key; a heading has none. Those of more facts come after it."""


class KeyedList(QListWidget):
    """Lists items by their keys; what is too long for its width is cut, not scrolled to."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add(self, key: str, text: str = "") -> QListWidgetItem:
        """List an item at the end."""
        item = QListWidgetItem(text, self)
        item.setData(KEY, key)
        return item

    def all_items(self) -> Iterator[QListWidgetItem]:
        """Go through all items from the first, headings too."""
        return map(self.item, range(self.count()))

    def of_key(self, key: str) -> QListWidgetItem | None:
        """Return the item of a key, None if it is not listed."""
        return next((item for item in self.all_items() if item.data(KEY) == key), None)
