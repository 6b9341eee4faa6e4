"""A short message in the place it is about."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QStyle,
    QTabBar,
    QTextEdit,
    QWidget,
)

from cnn_tutor.widgets.announcing import announce
from cnn_tutor.widgets.overlays.clear_place import clear_place

_SHOWN_MS = 7000
_PER_LETTER_MS = 100
"""A long message is shown for longer: nobody can read a remark of three lines in seven seconds."""

_WIDTHS = (320, 250, 190, 160)
"""How wide a message may be, in pixels; a narrower one finds room where the first would not."""

_PASSED_BY = Qt.WidgetAttribute.WA_TransparentForMouseEvents
"""What the mouse goes through lies over others on purpose, and may be covered."""

_EDGE = 8

_KEPT = (
    *(QLineEdit, QTextEdit, QAbstractButton, QAbstractSpinBox, QAbstractSlider),
    *(QComboBox, QTabBar),
)
"""What is read, written into or pressed, labels apart: formulas, boxes, buttons, sliders."""

_SPARED = (QAbstractItemView, QPlainTextEdit)
"""Cells and programs: to cover a part of them for a moment is better than to be far away."""


@runtime_checkable
class KeepsClear(Protocol):
    """A widget that itself paints something that no message may cover."""

    def kept_clear(self) -> list[QRect]:
        """Return where that is in the widget."""


class Notice(QLabel):
    """A bubble beside what it is about, over nothing that is to be read; it goes by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._board = parent
        self.setObjectName("notice")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)  # what was typed can look like HTML
        self.setAttribute(_PASSED_BY)
        parent.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, near: QRect) -> None:
        """Show a message beside a place given in the parent's coordinates, below if it can be."""
        self.setText(text)
        self.setAccessibleName(text)
        self.ensurePolished()  # its style has margins that count
        room = self._board.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        place = clear_place(self._sizes(room.size()), near & room, room, *self._in_the_way())
        self.setFixedSize(place.size())
        self.move(place.topLeft())
        self.raise_()
        self.show()
        self._timer.start(max(_SHOWN_MS, _PER_LETTER_MS * len(text)))
        announce(self, text, urgent=True)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        # Showing it may lay its parent out first; hidden meanwhile, it would be both from then on.
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.hide()  # what it stood beside is elsewhere now
        return False

    def _sizes(self, room: QSize) -> list[QSize]:
        self.setMinimumSize(0, 0)
        widths = dict.fromkeys(max(0, min(width, room.width())) for width in _WIDTHS)
        sizes = [QSize(width, self.heightForWidth(width)) for width in widths]
        fitting = [size for size in sizes if size.height() <= room.height()]
        return fitting or [QSize(max(widths), max(0, room.height()))]

    def _in_the_way(self) -> tuple[list[QRect], list[QRect]]:
        """Return what is in sight on the board that is kept clear, and what is rather spared."""
        kept: list[QRect] = []
        spared: list[QRect] = []
        for widget in self._board.findChildren(QWidget):
            passed_by = isinstance(widget, QScrollBar) or widget.testAttribute(_PASSED_BY)
            if passed_by or not widget.isVisible():
                continue
            if isinstance(widget, KeepsClear):
                kept += self._seen(widget, *widget.kept_clear())
            if isinstance(widget, QLabel):
                kept += self._seen(widget, _written(widget))
            elif isinstance(widget, _KEPT):
                kept += self._seen(widget, widget.rect())
            elif isinstance(widget, _SPARED):
                spared += self._seen(widget, widget.rect())
        return kept, spared

    def _seen(self, widget: QWidget, *rects: QRect) -> list[QRect]:
        ground, at = widget.visibleRegion().boundingRect(), widget.mapTo(self._board, QPoint())
        seen = (rect & ground for rect in rects)
        return [rect.translated(at) for rect in seen if not rect.isEmpty()]


def _written(label: QLabel) -> QRect:
    """Return the part of a label that its text takes; an empty one takes none."""
    if not label.text() and label.pixmap().isNull():
        return QRect()
    if label.wordWrap():
        return label.rect()
    size = label.sizeHint().boundedTo(label.size())
    return QStyle.alignedRect(label.layoutDirection(), label.alignment(), size, label.rect())
