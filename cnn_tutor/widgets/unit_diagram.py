"""Units as circles in two columns, joined by lines: the figure of a network in every textbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from cnn_tutor.engine.layer import Array
from cnn_tutor.widgets import unit_painter
from cnn_tutor.widgets.marks import Mark
from cnn_tutor.widgets.unit_layout import UnitPlaces, arrange
from cnn_tutor.widgets.unit_painter import LABEL, Look
from cnn_tutor.widgets.units import Caption, Edges, Unit

LEFT, RIGHT = "left", "right"

_TITLE = 30
_COLUMN_NAMES = 16
_LEGEND = 28
_LEAST_GAP = 60
_REACH = 4


class UnitDiagram(QWidget):
    """Draws units and their connections; a thicker line weighs more, a dashed one is negative.

    ``plain`` draws every connection alike, where their number is all that matters.
    """

    hovered = Signal(object)
    """The side and the place of the unit that is pointed at, or None."""

    pinned = Signal(str, int)
    """The side and the place of the unit that was clicked or reached with the arrow keys."""

    def __init__(self, plain: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        if not plain:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(220, 160)
        self._plain = plain
        self._units: dict[str, tuple[Unit, ...]] = {LEFT: (), RIGHT: ()}
        self._values: dict[str, Sequence[float | None]] = {LEFT: (), RIGHT: ()}
        self._captions = {LEFT: Caption(""), RIGHT: Caption("")}
        self._legend: tuple[tuple[float, str], ...] = ()
        none = np.zeros(0, np.int64)
        self._edges = Edges(none, none, np.zeros(0))
        self._marks: dict[str, dict[int, Mark]] = {LEFT: {}, RIGHT: {}}
        self._lit: tuple[int, ...] = ()
        self._current = 0
        self._pointed: tuple[str, int] | None = None
        self._ground: QPixmap | None = None
        self._places: dict[str, UnitPlaces] = {}

    # --- what is shown ---------------------------------------------------------------------------

    def show_units(self, left: Sequence[Unit], right: Sequence[Unit], edges: Edges) -> None:
        """Draw these units and connections; their numbers and what is lit come after."""
        self._units = {LEFT: tuple(left), RIGHT: tuple(right)}
        self._values = {LEFT: (None,) * len(left), RIGHT: (None,) * len(right)}
        self._marks = {LEFT: {}, RIGHT: {}}
        self._lit, self._pointed, self._edges = (), None, edges
        self._current = min(self._current, max(len(right) - 1, 0))
        self._lay_out()

    def set_values(self, left: Sequence[float | None], right: Sequence[float | None]) -> None:
        """Write numbers into the units; None leaves one blank."""
        self._values = {LEFT: left, RIGHT: right}
        self.update()

    def set_captions(
        self, left: Caption, right: Caption, legend: Iterable[tuple[float, str]] = ()
    ) -> None:
        """Write titles over the columns, and a legend of weights from −1 to 1 below."""
        self._captions = {LEFT: left, RIGHT: right}
        self._legend = tuple(legend)
        self._lay_out()

    def set_lit(
        self, left: Mapping[int, Mark], right: Mapping[int, Mark], lines: Iterable[int]
    ) -> None:
        """Bring out units and connections."""
        self._marks = {LEFT: dict(left), RIGHT: dict(right)}
        self._lit = tuple(lines)
        self.update()

    def set_current(self, place: int) -> None:
        """Put the keyboard at a unit of the right column."""
        self._current = place
        self.update()

    def mark(self, side: str, place: int) -> Mark:
        """Return why a unit stands out."""
        return self._marks[side].get(place, Mark.NONE)

    @property
    def lit(self) -> tuple[int, ...]:
        """The connections that are brought out."""
        return self._lit

    def centre(self, side: str, place: int) -> QPointF:
        """Return the middle of a unit."""
        x, y = self._points(side)[place]
        return QPointF(x, y)

    def radius(self, side: str) -> float:
        """Return how large the units of a side are."""
        return self._places[side].radius

    def _lay_out(self) -> None:
        self._ground = None
        self._figure = UnitFigure(self._units, self._captions, self.width(), self.height(), LABEL)
        self.update()

    def _font(self, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(LABEL)
        font.setBold(bold)
        return font

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._places:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._ground is None:
            self._ground = self._draw_ground()
        painter.drawPixmap(0, 0, self._ground)
        look = Look(self._plain, lit=True, count=len(self._lit))
        starts, ends = self._points(LEFT), self._points(RIGHT)
        unit_painter.draw_lines(painter, starts, ends, self._edges, self._lit, look)
        if not self._plain:
            painter.setFont(self._font())
            unit_painter.draw_weights(painter, starts, ends, self._edges, self._lit)
        for side, units in self._sides():
            self._draw_units(painter, side, units)
            self._draw_caption(painter, side)
        if self._legend:
            self._draw_legend(painter)
        painter.end()

    def _draw_ground(self) -> QPixmap:
        """Draw all connections once; what is lit then comes over them."""
        ratio = self.devicePixelRatioF()
        ground = QPixmap(self.size() * ratio)
        ground.setDevicePixelRatio(ratio)
        ground.fill(Qt.GlobalColor.transparent)
        painter = QPainter(ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lines = range(len(self._edges.starts))
        look = Look(self._plain, lit=False, count=len(lines))
        starts, ends = self._points(LEFT), self._points(RIGHT)
        unit_painter.draw_lines(painter, starts, ends, self._edges, lines, look)
        painter.end()
        return ground

    def _draw_units(self, painter: QPainter, side: str, units: tuple[Unit, ...]) -> None:
        places, points = self._places[side], self._points(side)
        for n in range(len(units)):
            at_keyboard = side == RIGHT and n == self._current and self.hasFocus()
            painter.setFont(self.font())
            unit_painter.draw_unit(
                painter,
                QPointF(*points[n]),
                places.radius,
                self._values[side][n],
                self.mark(side, n),
                side == RIGHT,
                at_keyboard,
            )
        for n, lit in self._labelled(side).items():
            painter.setFont(self._font(lit))
            width, y = self._labels[side] + 2, points[n][1] - 10
            if side == LEFT:
                box = QRectF(self._starts[side] - width - 5, y, width, 20)
            else:
                box = QRectF(self._starts[side] + places.width + 5, y, width, 20)
            unit_painter.draw_label(painter, box, units[n].label, side == LEFT, lit)
            if units[n].beside:
                box = QRectF(box.right() + 6, y, self.width(), 20)
                unit_painter.draw_added(painter, box, units[n].beside)

    def _labelled(self, side: str) -> dict[int, bool]:
        """The units whose labels are written at the side, and whether each stands out.

        Those of the outer column are, and the lit one in the place of any that it would cover.
        """
        units, heights = self._units[side], self._places[side].centres[:, 1]
        outer = 0 if side == LEFT else max((unit.column for unit in units), default=0)
        column = [n for n, unit in enumerate(units) if unit.column == outer]
        some = unit_painter.labelled([units[n].group for n in column], heights[column])
        found = {column[n]: False for n in some}
        strong = Mark.WRITTEN | Mark.ACTIVE
        for lit in (n for n, mark in self._marks[side].items() if mark & strong):
            close = [n for n in found if abs(heights[n] - heights[lit]) < LABEL]
            found = {n: at for n, at in found.items() if n not in close} | {lit: True}
        return found

    def _draw_caption(self, painter: QPainter, side: str) -> None:
        places, caption = self._places[side], self._captions[side]
        painter.setFont(self.font())
        unit_painter.draw_caption(
            painter, self._starts[side] + places.width / 2, self.width(), caption
        )
        painter.setFont(self._font())
        for column, name in enumerate(caption.columns):
            xs = [
                x
                for unit, x in zip(self._units[side], self._points(side)[:, 0], strict=True)
                if unit.column == column
            ]
            if xs:
                middle = (min(xs) + max(xs)) / 2
                box = QRectF(middle - 40, _TITLE - 6, 80, _COLUMN_NAMES)
                unit_painter.draw_name(painter, box, name)

    def _draw_legend(self, painter: QPainter) -> None:
        painter.setFont(self._font())
        unit_painter.draw_legend(
            painter, QRectF(0, self.height() - 20, self.width(), 20), self._legend
        )

    # --- pointing --------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._unit_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._unit_at(event.position().toPoint())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pinned.emit(*at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._units[RIGHT]) - 1
        places = {
            Qt.Key.Key_Up: self._current - 1,
            Qt.Key.Key_Left: self._current - 1,
            Qt.Key.Key_Down: self._current + 1,
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() not in places:
            super().keyPressEvent(event)
            return
        place = max(0, min(places[Qt.Key(event.key())], last))
        if place != self._current:
            self.pinned.emit(RIGHT, place)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._unit_at(event.pos())
            tip = self._units[at[0]][at[1]].tip if at is not None else ""
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _point_at(self, at: tuple[str, int] | None) -> None:
        if at != self._pointed:
            self._pointed = at
            self.hovered.emit(at)

    def _unit_at(self, point: QPoint) -> tuple[str, int] | None:
        for side in (LEFT, RIGHT):
            if not self._units[side]:
                continue
            away = np.hypot(*(self._points(side) - (point.x(), point.y())).T)
            nearest = int(away.argmin())
            if away[nearest] <= self._places[side].radius + _REACH:
                return side, nearest
        return None
