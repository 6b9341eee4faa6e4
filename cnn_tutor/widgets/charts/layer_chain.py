"""Shows a chain of layers, with room for fields at its arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnn_tutor.widgets.charts.chain_drawing import ChainDrawing, Inks, Stop
from cnn_tutor.widgets.style import colours


class LayerChain(QWidget):
    """Paints a chain in the middle of its room, in as many rows as it needs."""

    placed = Signal()
    """Emitted when the fields have other places."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layer_chain")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._start, self._stops = "", tuple[Stop, ...]()
        self._drawing = self._drawn(0)

    def show_chain(self, start: str, stops: Sequence[Stop]) -> None:
        """Show layers one after the other; ``start`` is what goes into the first of them."""
        self._start, self._stops = start, tuple(stops)
        self.updateGeometry()
        self._draw()

    @property
    def fields(self) -> list[tuple[QRect, QRect]]:
        """The places of the fields, each with that of the sign over it."""
        made, left = self._drawing, self._left
        return [
            (field.translated(left, 0).toRect(), sign.translated(left, 0).toRect())
            for field, sign in zip(made.fields, made.signs, strict=True)
        ]

    def kept_clear(self) -> list[QRect]:
        """Return where its boxes are, which no message may cover."""
        return [box.translated(self._left, 0).toRect() for box in self._drawing.boxes]

    def heightForWidth(self, width: int) -> int:
        return round(self._drawn(width).size.height()) + 1

    def sizeHint(self) -> QSize:
        return self._drawn(self.width()).size.toSize()

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._drawing.least_width) + 1, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
            self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours.current()
        inks = (theme.text, theme.dim, theme.line, theme.panel)
        with QPainter(self) as painter:
            painter.translate(self._left, 0)
            self._drawing.paint(painter, Inks(*map(colours.colour, inks)))

    @property
    def _left(self) -> int:
        return max(0, round((self.width() - self._drawing.size.width()) / 2))

    def _drawn(self, width: int) -> ChainDrawing:
        return ChainDrawing(self._start, self._stops, self.font(), width, marked=True)

    def _draw(self) -> None:
        self._drawing = self._drawn(self.width())
        self.update()
        self.placed.emit()
