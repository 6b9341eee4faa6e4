"""What the mouse does over the cells of a grid."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QMouseEvent, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.widgets.controls.gestures import GridCell, Stroke, WheelTurn
from cnn_tutor.widgets.grids.cell_editing import CellEditing, Explains
from cnn_tutor.widgets.grids.outlines import sides, strips
from cnn_tutor.widgets.grids.tensor_model import TensorModel
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.icons import tinted

_ALT = Qt.KeyboardModifier.AltModifier
_BRUSH_SIZE, _RIM = 24, 1
_NEAR, _ROOMY = 3, 28
"""How near to the outline it can be taken, in pixels, in cells at least so high."""

_TIP = QPoint(4, 20)
"""Where the drawing's brush touches the paper."""


class CellMouse(CellEditing):
    """A grid whose cells are selected by a drag, as in a spreadsheet; with the brush, painted.

    The wheel scrolls. It changes a number only in the keyboard's cell, over its open editor or
    with Alt held, so that nobody does it by accident. A click turns a switch over. The outline
    around what an output reads can be dragged, where it has a ``grip``.
    """

    grabbed = Signal()
    """Emitted when the outline around what an output reads has been taken hold of."""

    dragged = Signal(float, float)
    """Emitted with how many rows and columns it has been dragged since."""

    def __init__(
        self, model: TensorModel, explains: Explains, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, explains, parent)
        self._wheel = WheelTurn()
        self._brush = False
        self._stroke: Stroke | None = None
        self._clicked: GridCell | None = None
        """The switch that is turned over if the button comes up on it."""
        self._marks_with: bool | None = None
        """While marks are drawn over cells: whether they are set or taken away."""
        self.grip = False
        """Whether the outline can be dragged."""
        self._held: QPoint | None = None
        """Where it was taken hold of, while it is dragged."""

    def set_brush(self, on: bool) -> None:
        """Let a drag paint the number of its first cell over the others, or select them again."""
        self._brush = on and self.editable
        self._stroke = None
        self._show_brush()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._brush:
            self._show_brush()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._takes_hold(event):
            return
        super().mousePressEvent(event)
        cell = self._cell_at(event.position().toPoint())
        if cell is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self.editable and self._model.is_padding(*cell):
            outside = self._model.padding is None
            self.refused.emit(*cell, Refusal("outside_cell" if outside else "padding_cell"))
        elif self.editable and not event.modifiers():
            self._begin(cell)
        elif self._model.marked(*cell) is not None:
            self._marks_with = not self._model.marked(*cell)
            self.marked.emit(self._model.tensor_index(*cell), self._marks_with)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._takes_hold(event):
            return
        super().mouseDoubleClickEvent(event)
        cell, left = self._cell_at(event.position().toPoint()), Qt.MouseButton.LeftButton
        plain = event.button() == left and not event.modifiers()
        if cell is not None and self._model.switches and plain:
            self._begin(cell)  # the second of two quick clicks is one, too

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point, pressed = event.position().toPoint(), event.buttons() & Qt.MouseButton.LeftButton
        if self._held is not None:
            self._drag_to(point, self._held)
        elif not event.buttons() and self._show_hand(self._on_outline(point)):
            self._point_at(None)
        elif pressed and self._marks_with is not None:
            self._draw_marks(point, self._marks_with)
        elif pressed and self._stroke is not None:
            self._paint_to(point, self._stroke)
        else:
            if self._cell_at(point) != self._clicked:
                self._clicked = None
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked, self._clicked = self._clicked, None
        if self._held is not None:
            self._held = None
            self._show_hand(self._on_outline(event.position().toPoint()))
            return
        self._stroke = self._marks_with = None
        super().mouseReleaseEvent(event)
        if clicked is not None and self._cell_at(event.position().toPoint()) == clicked:
            self.turn_over()

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta, alt = event.angleDelta(), bool(event.modifiers() & _ALT)
        # Many systems turn a wheel with Alt held into one that goes sideways.
        angle = delta.y() or (delta.x() if alt else 0)
        editor, current = self.editor, self.currentIndex()
        meant = alt and (self.hasFocus() or editor is not None)
        if editor is not None and editor.geometry().contains(event.position().toPoint()):
            meant = True
        if not meant or not self._writable(current.row(), current.column()):
            super().wheelEvent(event)
            return
        self._turn((current.row(), current.column()), angle, editor)
        if alt:
            self._use_up_alt(event)
        event.accept()

    def _use_up_alt(self, event: QWheelEvent) -> None:
        """Keep Alt from opening the menu bar when it is let go: it was held for the wheel.

        A menu bar forgets it for any movement of the mouse, but not for the wheel.
        """
        button = Qt.MouseButton.NoButton
        kind, held = QEvent.Type.MouseMove, event.modifiers()
        here = QMouseEvent(kind, event.position(), event.globalPosition(), button, button, held)
        QCoreApplication.sendEvent(self.viewport(), here)

    # --- the outline -----------------------------------------------------------------------------

    def _on_outline(self, point: QPoint) -> bool:
        """Say whether a point is on the outline, or a few pixels beside it."""
        if not self.grip or self._brush:
            return False
        first, near = self.ground_rect(0, 0), _NEAR if self.cell_size()[1] >= _ROOMY else _NEAR - 1
        edges = strips(sides(self.reads), first, 1)
        return any(edge.adjusted(-near, -near, near, near).contains(point) for edge in edges)

    def _takes_hold(self, event: QMouseEvent) -> bool:
        """Begin to drag the outline if it was pressed."""
        point = event.position().toPoint()
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if not plain or not self._on_outline(point):
            return False
        self._held = point
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.grabbed.emit()
        return True

    def _drag_to(self, point: QPoint, start: QPoint) -> None:
        wide, high = self.cell_size()
        way = point - start
        self.dragged.emit(way.y() / high, way.x() / wide)

    def _show_hand(self, over: bool) -> bool:
        """Show that the outline can be taken, or the usual pointer; return which."""
        if over:
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        elif not self._brush:
            self.viewport().unsetCursor()
        return over

    # --- inside ----------------------------------------------------------------------------------

    def _turn(self, cell: GridCell, angle: int, editor: QLineEdit | None) -> None:
        """Add the clicks of the wheel to a number, or to what is being typed in its place."""
        clicks = self._wheel.turn(cell, angle)
        try:
            number = self._model.read(editor.text()) if editor else self._model.number(*cell)
        except Refusal:
            return  # nothing that could be added to; Enter says what is wrong with it
        if clicks and number is not None:
            value = self._model.nearest_taken(number + clicks)
            self._write({cell: value}, self._wheel.gesture)
            if editor is not None:
                editor.setText(str(self.currentIndex().data(Qt.ItemDataRole.EditRole)))

    def _begin(self, cell: GridCell) -> None:
        """Begin what a press on a cell may become: a stroke of the brush, or a switch's click."""
        number = self._model.number(*cell)
        if not self._brush:
            self._clicked = cell if self._model.switches else None
        elif self._stroke is None:
            self._stroke = Stroke(cell)
            if self._model.switches and number is not None:
                self._write({cell: 1.0 - number}, self._stroke.gesture)

    def _paint_to(self, point: QPoint, stroke: Stroke) -> None:
        cell, value = self._cell_at(point), self._model.number(*stroke.start)
        self._point_at(cell)
        if cell is not None and value is not None:
            way = [passed for passed in stroke.to(cell) if self._writable(*passed)]
            self._write(dict.fromkeys(way, value), stroke.gesture)
            if way:
                self.go_to(*way[-1])

    def _draw_marks(self, point: QPoint, marked: bool) -> None:
        """Mark the cell that the pointer has come to, as the one was where it started."""
        cell = self._cell_at(point)
        if cell is not None and self._model.marked(*cell) is (not marked):
            self.go_to(*cell)
            self.marked.emit(self._model.tensor_index(*cell), marked)

    def _show_brush(self) -> None:
        if self._brush:
            self.viewport().setCursor(_brush_cursor())
        else:
            self.viewport().unsetCursor()


def _brush_cursor() -> QCursor:
    """Return a brush in the colour of the theme's text, with a rim that shows on every cell."""
    theme, size = colours.current(), _BRUSH_SIZE
    ink, rim = (tinted("brush", c, size).pixmap(size) for c in (theme.text, theme.panel))
    drawing = QPixmap(ink.size() * ((size + 2 * _RIM) / size))
    drawing.setDevicePixelRatio(ink.devicePixelRatio())
    drawing.fill(Qt.GlobalColor.transparent)
    with QPainter(drawing) as painter:
        for x, y in itertools.product((0, _RIM, 2 * _RIM), repeat=2):
            painter.drawPixmap(x, y, rim)
        painter.drawPixmap(_RIM, _RIM, ink)
    tip = _TIP + QPoint(_RIM, _RIM)
    return QCursor(drawing, tip.x(), tip.y())
