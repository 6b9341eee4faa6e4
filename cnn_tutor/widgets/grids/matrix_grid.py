"""A matrix on the screen, with names at its rows and columns."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from cnn_tutor.widgets.grids.matrix_model import MatrixModel
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.sizes import px

HEADER_LETTERS = 11
"""The height of the letters at rows and columns, at the standard letters."""


class MatrixGrid(TensorGrid):
    """A tensor's cells in the order of a matrix; a row or a column can be pointed at by its name.

    Where it is larger than its box it scrolls, and the highlighted row is brought into sight.
    """

    def __init__(self, tone: str, editable: bool, parent: QWidget | None = None) -> None:
        self._matrix = MatrixModel(editable)
        super().__init__(tone, editable, parent=parent, model=self._matrix)
        self.setStyleSheet("QTableCornerButton::section { background: transparent; border: none; }")
        self.rows = Names(Qt.Orientation.Vertical, self)
        self.columns = Names(Qt.Orientation.Horizontal, self)
        self.setVerticalHeader(self.rows)
        self.setHorizontalHeader(self.columns)
        for names in (self.rows, self.columns):
            names.hovered.connect(self._leave_cells)

    @property
    def matrix_model(self) -> MatrixModel:
        """The matrix it shows."""
        return self._matrix

    def set_headers(self, width: int, height: int) -> None:
        """Give the names of the rows a width and those of the columns a height, in pixels.

        Names without any room are not shown.
        """
        self.rows.setVisible(width > 0)
        self.columns.setVisible(height > 0)
        self.rows.setFixedWidth(max(width, 1))
        self.columns.setFixedHeight(max(height, 1))

    def highlight(self, rows: set[int], columns: set[int]) -> None:
        """Highlight the names of these rows and columns."""
        self.rows.highlight(rows)
        self.columns.highlight(columns)

    def reveal(self, row: int | None, column: int | None) -> None:
        """Scroll just as far as a row and a column need to be in sight."""
        self.executeDelayedItemsLayout()
        width, height = self.cell_size()
        for place, size, room, bar in (
            (row, height, self.viewport().height(), self.verticalScrollBar()),
            (column, width, self.viewport().width(), self.horizontalScrollBar()),
        ):
            if place is not None:
                first, last = place * size, (place + 1) * size - room
                bar.setValue(max(last, min(bar.value(), first)))

    def _leave_cells(self) -> None:
        self._pointed = None


class Names(QHeaderView):
    """The names of the rows or of the columns, some of which are highlighted."""

    hovered = Signal(object)
    """Emitted with the row or the column whose name is pointed at, or None."""

    pinned = Signal(int)
    """Emitted with the row or the column whose name was clicked."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._highlighted: set[int] = set()
        self._at: int | None = None

    def highlight(self, sections: set[int]) -> None:
        """Highlight these names and no others."""
        if sections != self._highlighted:
            self._highlighted = sections
            self.viewport().update()

    def sectionSizeFromContents(self, section: int) -> QSize:
        return QSize(self.defaultSectionSize(), self.defaultSectionSize())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        text = self.model().headerData(section, self.orientation())
        theme, strong = colours.current(), section in self._highlighted
        font = QFont(self.font())
        font.setPixelSize(px(HEADER_LETTERS))
        font.setBold(strong)
        painter.setFont(font)
        painter.setPen(colours.colour(theme.text if strong else theme.dim))
        upright = self.orientation() == Qt.Orientation.Vertical
        box = rect.adjusted(0, 0, -px(6), 0) if upright else rect.adjusted(-px(4), 0, px(4), -px(3))
        side = Qt.AlignmentFlag.AlignRight if upright else Qt.AlignmentFlag.AlignHCenter
        edge = Qt.AlignmentFlag.AlignVCenter if upright else Qt.AlignmentFlag.AlignBottom
        painter.drawText(box, side | edge, text or "")
        if strong:
            bar = QRect(rect.right() - 2, rect.y() + 1, 2, rect.height() - 2)
            if not upright:
                bar = QRect(rect.x() + 1, rect.bottom() - 2, rect.width() - 2, 2)
            painter.fillRect(bar, colours.colour(theme.accent))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._section_at(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        section = self._section_at(event.position().toPoint())
        if section is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pinned.emit(section)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        return super().viewportEvent(event)

    def _point_at(self, section: int | None) -> None:
        if section != self._at:
            self._at = section
            self.hovered.emit(section)

    def _section_at(self, point: QPoint) -> int | None:
        section = self.logicalIndexAt(point)
        return section if section >= 0 else None
