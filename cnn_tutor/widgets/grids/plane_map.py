"""A small picture of a tensor's planes, on which the cells that are read stand out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.window import Pair
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import Shading, tints
from cnn_tutor.widgets.style.sizes import px

_LARGEST, _SMALLEST = 22, 2
_NAME = 18
_GAP = 10


class PlaneMap(QWidget):
    """Every channel as a picture without numbers: a square a cell, with the tint of its number."""

    hovered = Signal(object)
    """Emitted with the index of the cell that is pointed at, or None."""

    pinned = Signal(object)
    """Emitted with the index of the cell that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self._tensor: Array = np.zeros((1, 1, 1))
        self._pads: tuple[Pair, Pair] = ((0, 0), (0, 0))
        self._names: tuple[str, ...] = ()
        self._name_height = 0
        self._marks: dict[Index, Mark] = {}
        self._pictures: list[QImage] = []
        self._pointed: Index | None = None
        self._shading: Shading | None = None

    def show_planes(self, tensor: Array, pads: tuple[Pair, Pair], names: Sequence[str]) -> None:
        """Show a tensor of rows, columns and channels with the padding around it.

        ``names`` are those of the channels; a single one needs none.
        """
        self._tensor, self._pads = tensor, pads
        self._names = tuple(names) if len(names) > 1 else ()
        self._name_height = px(_NAME) if self._names else 0
        self._marks = {}
        self.refresh()

    def refresh(self) -> None:
        """Paint the numbers anew."""
        self._pictures = []
        self.update()

    def set_shading(self, shading: Shading | None) -> None:
        """Colour the cells by their numbers, or not at all."""
        if shading != self._shading:
            self._shading = shading
            self.refresh()

    def set_marks(self, marks: Mapping[Index, Mark]) -> None:
        """Let these cells stand out; an index may lie in the padding."""
        if dict(marks) != self._marks:
            self._marks = dict(marks)
            self.update()

    def wanted(self, width: int, height: int) -> QSize:
        """Return the room that it takes of a box: all planes, as large as they fit."""
        cell, columns = self._arranged(width, height)
        rows = -(-self._tensor.shape[2] // columns)
        down, across = self._sides
        wide = columns * (cell * across + px(_GAP)) - px(_GAP) + 2
        return QSize(wide, rows * (cell * down + self._name_height + px(_GAP)) - px(_GAP) + 2)

    def cell_rect(self, index: Index) -> QRectF:
        """Return where a cell is."""
        cell, columns = self._arranged(self.width(), self.height())
        plane = self._plane(index[2], cell, columns)
        (top, _), (left, _) = self._pads
        x, y = plane.x() + (index[1] + left) * cell, plane.y() + (index[0] + top) * cell
        return QRectF(x, y, cell, cell)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._pictures:
            self._pictures = tints(np.moveaxis(self._tensor, -1, 0), self._shading)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for channel in range(self._tensor.shape[2]):
                self._paint_plane(painter, channel)
            active = [i for i, m in self._marks.items() if m & Mark.ACTIVE]
            self._ring(painter, [i for i in self._marks if i not in active], 2.0)
            self._ring(painter, active, 3.0)

    def _paint_plane(self, painter: QPainter, channel: int) -> None:
        theme = colours.current()
        cell, columns = self._arranged(self.width(), self.height())
        height, width, _ = self._tensor.shape
        plane = self._plane(channel, cell, columns)
        if self._names:
            font = self.font()
            font.setPixelSize(px(11))
            painter.setFont(font)
            painter.setPen(colours.colour(theme.dim))
            name = plane.adjusted(0, -px(_NAME), px(40), 0)
            painter.drawText(name, Qt.AlignmentFlag.AlignLeft, self._names[channel])
        if any(map(any, self._pads)):
            painter.setPen(QPen(colours.colour(theme.dim), 1, Qt.PenStyle.DashLine))
            painter.setBrush(colours.colour(theme.padding))
            painter.drawRect(plane)
        first = self.cell_rect((0, 0, channel)).topLeft()
        inner = QRectF(first, QPointF(first.x() + width * cell, first.y() + height * cell))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawImage(inner.toAlignedRect(), self._pictures[channel])
        painter.setPen(QPen(colours.colour(theme.line), 1))
        if cell > 5:
            xs = [inner.x() + n * cell for n in range(1, width)]
            ys = [inner.y() + n * cell for n in range(1, height)]
            painter.drawLines([QLineF(x, inner.top(), x, inner.bottom()) for x in xs])
            painter.drawLines([QLineF(inner.left(), y, inner.right(), y) for y in ys])
        painter.setPen(QPen(colours.colour(theme.dim), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(inner)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._index_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position().toPoint())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pinned.emit(index)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.refresh()

    def _point_at(self, index: Index | None) -> None:
        if index != self._pointed:
            self._pointed = index
            self.hovered.emit(index)

    def _index_at(self, point: QPoint) -> Index | None:
        cell, columns = self._arranged(self.width(), self.height())
        height, width, channels = self._tensor.shape
        for channel in range(channels):
            first = self._plane(channel, cell, columns).topLeft()
            row = int((point.y() - first.y()) // cell) - self._pads[0][0]
            column = int((point.x() - first.x()) // cell) - self._pads[1][0]
            if 0 <= row < height and 0 <= column < width:
                return (row, column, channel)
        return None

    def _ring(self, painter: QPainter, indices: Sequence[Index], width: float) -> None:
        """Draw one outline around cells that touch, amber on a rim that shows on any ground."""
        theme = colours.current()
        path = QPainterPath()
        for index in indices:
            path.addRect(self.cell_rect(index))
        path = path.simplified()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for name, wide in ((theme.panel, width + 2), (theme.read_line, width)):
            pen = QPen(colours.colour(name), wide)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawPath(path)

    @property
    def _sides(self) -> Pair:
        """How many rows and columns a plane has with its padding."""
        height, width, _ = self._tensor.shape
        return height + sum(self._pads[0]), width + sum(self._pads[1])

    def _arranged(self, width: int, height: int) -> tuple[int, int]:
        """The largest size of a cell at which all planes fit, and in how many columns."""
        down, across = self._sides
        count = self._tensor.shape[2]
        best = (_SMALLEST, 1)
        for columns in range(1, count + 1):
            rows = -(-count // columns)
            wide = (width - 2 - px(_GAP) * (columns - 1)) // columns // across
            high = (height - 2 - px(_GAP) * (rows - 1)) // rows - self._name_height
            best = max(best, (min(wide, high // down, px(_LARGEST)), columns), key=lambda b: b[0])
        return best

    def _plane(self, channel: int, cell: int, columns: int) -> QRectF:
        """Where a plane is with its padding."""
        down, across = self._sides
        row, column = divmod(channel, columns)
        wide, high = cell * across, cell * down
        y = row * (high + self._name_height + px(_GAP)) + self._name_height
        return QRectF(1 + column * (wide + px(_GAP)), 1 + y, wide, high)
