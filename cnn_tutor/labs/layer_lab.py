"""The lab of a layer: caption, board, inspector and step player, wired to the document."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cnn_tutor.document.document import Document
from cnn_tutor.document.walk import Walk
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.labs import settings
from cnn_tutor.labs.inspector import Inspector
from cnn_tutor.labs.layer_board import LayerBoard
from cnn_tutor.labs.shown_layer import ShownLayer
from cnn_tutor.project.project import Address
from cnn_tutor.study import words
from cnn_tutor.study.presets import presets
from cnn_tutor.widgets.rich_text import marked
from cnn_tutor.widgets.step_player import StepPlayer
from cnn_tutor.widgets.wrapped_label import WrappedLabel


class LayerLab(QWidget):
    """The page on which one layer is computed by hand."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._shown = ShownLayer(document)
        self._key = ""
        self._base = self._last = document.project
        self.walk = Walk(self)
        self.board = LayerBoard(document, self.walk)
        self.inspector = Inspector(document)
        self.player = StepPlayer(self.walk)
        self.player.setObjectName("player")
        self._caption = QFrame()
        self._caption.setObjectName("caption_card")
        self._title = QLabel()
        self._title.setObjectName("caption_title")
        self._text = WrappedLabel()
        self._text.setObjectName("caption")
        row = QHBoxLayout(self._caption)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(16)
        row.addWidget(self._title)
        row.addWidget(self._text, 1)

        left = QVBoxLayout()
        left.setContentsMargins(22, 16, 22, 8)
        left.setSpacing(10)
        left.addWidget(self._caption)
        left.addWidget(self.board, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addLayout(left, 1)
        upper.addWidget(self.inspector)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(upper, 1)
        page.addWidget(self.player)

        self.board.edited.connect(self._edit)
        self.board.focused.connect(self.inspector.show_light)
        self.inspector.wanted.connect(self._set)
        document.replaced.connect(self._show_caption)
        self.retranslate()
        self.inspector.show_light(self.board.light)

    def retranslate(self) -> None:
        """Put every word into the language that is on."""
        self._show_caption()
        self.board.retranslate()
        self.inspector.retranslate()

    def finish(self) -> None:
        """Do at once what else waits until everything is painted."""
        self.inspector.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.board.dismiss()
            self.inspector.dismiss()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _show_caption(self) -> None:
        preset = presets().get(self._document.project.origin)
        kind = self._shown.layer.kind
        self._title.setText(preset.title if preset else words.name(f"kinds.{kind}"))
        about = words.table("kinds").get(kind, {}).get("about")
        self._text.setText(marked(preset.caption if preset else words.pick(about) if about else ""))

    def _edit(self, at: Address, cells: dict[Index, float], gesture: int) -> None:
        try:
            self._document.edit(at, cells, self._edit_text(at, cells), gesture)
        except Refusal as refusal:
            self.board.refuse(at.port, next(iter(cells)), refusal)

    def _edit_text(self, at: Address, cells: dict[Index, float]) -> str:
        port = words.name(f"layers.{at.port}")
        if len(cells) == 1:
            return self.tr("Change a cell: {port}").format(port=port)
        return self.tr("Change cells: {port}").format(port=port)

    def _set(self, key: str, value: Any) -> None:
        # Turning one size down and up again goes back to the numbers that it started from.
        going_on = key == self._key and self._document.project is self._last
        base = self._base if going_on else self._document.project
        try:
            changed = settings.apply(base, self._shown.name, key, value)
        except Refusal as refusal:
            self.inspector.refuse(key, refusal)
            return
        self._key, self._base, self._last = key, base, changed
        self._document.replace(changed, self.tr("Change a setting"))
