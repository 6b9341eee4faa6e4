"""Units as circles in two columns, joined by lines: the figure of a network in every textbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.focus_ring import rings_itself
from cnn_tutor.widgets.style.sizes import measured, px
from cnn_tutor.widgets.units import unit_painter
from cnn_tutor.widgets.units.unit_figure import UnitFigure
from cnn_tutor.widgets.units.unit_painter import Look
from cnn_tutor.widgets.units.units import LEFT, RIGHT, SIDES, Caption, Edges, Unit


class UnitDiagram(QWidget):
    """Draws units and their connections; a thicker line weighs more, a dashed one is negative.

    ``plain`` draws every connection alike, where their number is all that matters.
    """

    hovered = Signal(object)
    """Emitted with the side and the place of the unit that is pointed at, or None."""

    passed = Signal(int)
    """Emitted with 1 or -1 where an arrow key would go past the last unit or the first one."""

    pinned = Signal(str, int)
    """Emitted with side and place of the unit that was clicked or reached with the arrow keys."""

    def __init__(self, plain: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rings_itself(self)
        self.setMouseTracking(True)
        if not plain:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        measured(self, lambda diagram: diagram.setMinimumSize(px(220), px(160)))
        self._plain = plain
        self._units: dict[str, tuple[Unit, ...]] = {LEFT: (), RIGHT: ()}
        self._values: dict[str, Sequence[float | None]] = {LEFT: (), RIGHT: ()}
        self._captions = {LEFT: Caption(""), RIGHT: Caption("")}
        self._legend: tuple[tuple[float, str], ...] = ()
        none = np.zeros(0, np.int64)
        self._edges = Edges(none, none, np.zeros(0))
        self._marks: dict[str, dict[int, Mark]] = {LEFT: {}, RIGHT: {}}
        self.highlighted: tuple[int, ...] = ()
        """The connections that are highlighted."""
        self._current = 0
        self._pointed: tuple[str, int] | None = None
        self._ground: QPixmap | None = None
        self.posing = False
        """Whether a picture is being taken of it, which may be of any size."""
        self._lay_out()

    # --- what is shown ---------------------------------------------------------------------------

    def show_units(self, left: Sequence[Unit], right: Sequence[Unit], edges: Edges) -> None:
        """Draw these units and connections; their numbers and highlights come after."""
        self._units = {LEFT: tuple(left), RIGHT: tuple(right)}
        self._values = {LEFT: (None,) * len(left), RIGHT: (None,) * len(right)}
        self._marks = {LEFT: {}, RIGHT: {}}
        self.highlighted, self._pointed, self._edges = (), None, edges
        self._current = min(self._current, max(len(right) - 1, 0))
        self._lay_out()

    def set_values(self, left: Sequence[float | None], right: Sequence[float | None]) -> None:
        """Write numbers into the units; None leaves one empty."""
        self._values = {LEFT: left, RIGHT: right}
        self.update()

    def set_captions(self, left: Caption, right: Caption) -> None:
        """Write titles over the two sides."""
        self._captions = {LEFT: left, RIGHT: right}
        self._lay_out()

    def set_legend(self, entries: Iterable[tuple[float, str]]) -> None:
        """Say below what lines of some weights, from −1 to 1, look like."""
        self._legend = tuple(entries)
        self._lay_out()

    def highlight(
        self, left: Mapping[int, Mark], right: Mapping[int, Mark], lines: Iterable[int]
    ) -> None:
        """Highlight units and connections."""
        self._marks = {LEFT: dict(left), RIGHT: dict(right)}
        self.highlighted = tuple(lines)
        self.update()

    def set_current(self, place: int) -> None:
        """Put the keyboard at a unit of the right column."""
        self._current = place
        self.update()

    def mark(self, side: str, place: int) -> Mark:
        """Return why a unit stands out."""
        return self._marks[side].get(place, Mark.NONE)

    def kept_clear(self) -> list[QRect]:
        """Return where the captions and the legend are."""
        first = min(float(self._figure.points(side)[:, 1].min(initial=0)) for side in SIDES)
        above = QRect(0, 0, self.width(), int(first))
        return [above, self._figure.legend_box().toAlignedRect()]

    def centre(self, side: str, place: int) -> QPointF:
        """Return the middle of a unit."""
        x, y = self._figure.points(side)[place]
        return QPointF(x, y)

    def radius(self, side: str) -> float:
        """Return how large the units of a side are."""
        return self._figure.places[side].radius

    def _lay_out(self) -> None:
        self._ground = None
        size = (self.width(), self.height())
        self._legend_lines = unit_painter.legend_lines(self._legend, self.width(), self.font())
        self._figure = UnitFigure(
            self._units, self._captions, size, self.font(), max(1, len(self._legend_lines))
        )
        self.update()

    def _font(self, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._figure.label)
        font.setBold(bold)
        return font

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look(self._plain, highlighted=True, count=len(self.highlighted))
        starts, ends = self._figure.points(LEFT), self._figure.points(RIGHT)
        lines = self.highlighted
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.posing:
                self._draw_lines(painter)
            else:
                painter.drawPixmap(0, 0, self._kept_ground())
            unit_painter.draw_lines(painter, starts, ends, self._edges, lines, look)
            if not self._plain:
                painter.setFont(self._font())
                unit_painter.draw_weights(painter, starts, ends, self._edges, lines)
            for side in SIDES:
                self._draw_units(painter, side, self._units[side])
            self._draw_words(painter)

    def _kept_ground(self) -> QPixmap:
        """Return all connections, drawn once; highlighted ones then come over them."""
        if self._ground is not None:
            return self._ground
        ratio = self.devicePixelRatioF()
        ground = QPixmap(self.size() * ratio)
        ground.setDevicePixelRatio(ratio)
        ground.fill(Qt.GlobalColor.transparent)
        with QPainter(ground) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_lines(painter)
        self._ground = ground
        return ground

    def _draw_lines(self, painter: QPainter) -> None:
        lines = range(len(self._edges.starts))
        look = Look(self._plain, highlighted=False, count=len(lines))
        starts, ends = self._figure.points(LEFT), self._figure.points(RIGHT)
        unit_painter.draw_lines(painter, starts, ends, self._edges, lines, look)

    def _draw_units(self, painter: QPainter, side: str, units: tuple[Unit, ...]) -> None:
        radius = self._figure.places[side].radius
        painter.setFont(self.font())
        for n, point in enumerate(self._figure.points(side)):
            value, mark = self._values[side][n], self.mark(side, n)
            unit_painter.draw_unit(painter, QPointF(*point), radius, value, mark, side == RIGHT)
            if side == RIGHT and n == self._current and self.hasFocus():
                unit_painter.draw_keyboard(painter, QPointF(*point), radius)
            painter.setFont(self.font())
        theme, to_left = colours.current(), Qt.AlignmentFlag.AlignLeft
        to_units = Qt.AlignmentFlag.AlignRight if side == LEFT else to_left
        bold = Mark.WRITTEN | Mark.ACTIVE
        strong = [n for n, mark in self._marks[side].items() if mark & bold]
        for n, box in self._figure.label_boxes(side, strong).items():
            painter.setFont(self._font(n in strong))
            ink = theme.text if n in strong else theme.dim
            unit_painter.write(painter, box, units[n].label, ink, to_units)
            beside = self._figure.beside(box)
            unit_painter.write(painter, beside, units[n].beside, theme.weight_text, to_left)

    def _draw_words(self, painter: QPainter) -> None:
        for side in SIDES:
            painter.setFont(self.font())
            caption, at = self._captions[side], self._figure.caption(side)
            unit_painter.draw_caption(painter, at, self.width(), caption)
            painter.setFont(self._font())
            for box, name in self._figure.column_names(side):
                unit_painter.write(painter, box, name, colours.current().dim)
            painter.setFont(self.font())
        unit_painter.draw_legend(painter, self._figure.legend_box(), self._legend_lines)

    # --- pointing --------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._figure.unit_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._figure.unit_at(event.position())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pinned.emit(*at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Home: (-len(self._units[RIGHT]), 0),
            Qt.Key.Key_End: (len(self._units[RIGHT]), 0),
        }
        if event.key() not in steps or not self._units[RIGHT]:
            super().keyPressEvent(event)
            return
        place = self._figure.stepped(self._current, *steps[Qt.Key(event.key())])
        if place != self._current:
            self.pinned.emit(RIGHT, place)
        elif place in (0, len(self._units[RIGHT]) - 1):
            self.passed.emit(max(-1, min(sum(steps[Qt.Key(event.key())]), 1)))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._figure.unit_at(QPointF(event.pos()))
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

    def _point_at(self, at: tuple[str, int] | None) -> None:
        if at != self._pointed:
            self._pointed = at
            self.hovered.emit(at)
