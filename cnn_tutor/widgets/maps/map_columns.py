"""A whole network as a picture: the maps of every value, and what one cell reads of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.region import Region
from cnn_tutor.study import numbers
from cnn_tutor.widgets.maps.frustum import Frustum, draw_boxes, draw_rays, outline, traced
from cnn_tutor.widgets.maps.map_feet import Form, MapFeet, Scale, scales
from cnn_tutor.widgets.maps.map_layout import MapPlan, MapStack, least_width, planed, planned
from cnn_tutor.widgets.maps.map_painter import MapTitles, paint_cells, write_numbers
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.focus_ring import rings_itself
from cnn_tutor.widgets.style.rich_text import tip
from cnn_tutor.widgets.style.sizes import measured, px

_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_MINIMUM_HEIGHT = 150

_SHRUNK = 0.75
"""Maps get so much smaller at most for what stands under them."""


@dataclass(frozen=True, eq=False)
class MapColumn:
    """One value of the network: its key, what stands over it, and its numbers, kept current.

    ``filters`` is what made each of its maps, (rows, columns, channels, maps), if filters did.
    """

    key: str
    title: str
    detail: str
    values: Array
    filters: Array | None = None

    def spoken(self, at: Index) -> str:
        """Return what a screen reader says of a cell, and what its tool tip shows."""
        value = numbers.show(float(self.values[at]))
        return f"{self.title} [{','.join(map(str, at))}] = {value}"


@dataclass(frozen=True)
class Place:
    """A cell: the key of its column and its index in the tensor."""

    key: str
    index: Index


_Painter = Callable[[QPainter, MapStack, Array, Sequence[float], str], None]


class MapColumns(QWidget):
    """Shows tensors as columns of coloured maps and says which cell is pointed at or chosen.

    The arrow keys go from cell to cell and on into the next map, Page Up and Page Down from map
    to map, Tab from column to column.
    """

    hovered = Signal(object)
    """Emitted with the Place under the pointer, or None when it has left the maps."""

    selected = Signal(object)
    """Emitted with the Place that was clicked or reached with the keyboard."""

    activated = Signal(object)
    """Emitted with the Place that was double-clicked or on which Enter was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rings_itself(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        measured(self, lambda maps: maps.setMinimumHeight(px(_MINIMUM_HEIGHT)))
        self.columns: tuple[MapColumn, ...] = ()
        """The values it shows, from left to right."""
        self._titles = MapTitles(self, [])
        self._plan = MapPlan((), ())
        self.shared_scale = False
        """Whether all maps of a value have one scale, rather than each its own."""
        self._form = Form.NEITHER
        self._scales: list[list[Scale | None]] = []
        self._feet: list[MapFeet] = []
        self._sheets: dict[_Painter, QPixmap] = {}
        self._current = ""
        self.cursor_place: Place | None = None
        """The chosen cell, where the keyboard is."""
        self._pointed: Place | None = None
        self.frustum = Frustum((), ())
        """The boxes that are outlined and the rays between them, in this widget's pixels."""
        self._boxes: tuple[Region, ...] = ()
        self._notes: Mapping[str, str] = {}
        self.posing = False
        """Whether a picture is being taken of it, which may be of any size."""

    def show_columns(self, columns: Sequence[MapColumn], current: str) -> None:
        """Show these values; the title of the ``current`` one stands out."""
        self.columns, self._current = tuple(columns), current
        self._pointed = None
        self.frustum, self._boxes, self._notes = Frustum((), ()), (), {}
        cursor, shapes = self.cursor_place, {column.key: column.values.shape for column in columns}
        if cursor is not None and not regions.has(cursor.index, shapes.get(cursor.key, ())):
            self.cursor_place = None
        self._arrange()

    def refresh(self) -> None:
        """Paint the values again: some numbers are others now."""
        rooms = [feet.foot for feet in self._feet]
        self._measure()
        if rooms != [feet.foot for feet in self._feet]:
            self._arrange()
        self._sheets.clear()
        self.update()

    def share_scale(self, shared: bool) -> None:
        """Give all maps of a value one scale, or each its own."""
        self.shared_scale = shared
        self.refresh()

    def scale(self, key: str, plane: int) -> Scale | None:
        """Return the scale of a map; None where none of its numbers is known."""
        return self._scales[self._column(key)][plane]

    def choose(self, place: Place) -> None:
        """Put the keyboard's cell somewhere, without announcing it."""
        self.cursor_place = place
        self.setAccessibleName(self._spoken(place))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    def highlight(self, boxes: Sequence[Region], notes: Mapping[str, str]) -> None:
        """Outline boxes of the first values, the last of which is the cell that is looked at.

        ``notes`` are written under their columns.
        """
        self._boxes, self._notes = tuple(boxes), dict(notes)
        self.frustum = traced(self._plan.stacks, self._boxes)
        self.update()

    def cell_rect(self, place: Place) -> QRectF:
        """Return where a cell is."""
        stack = self._plan.stacks[self._column(place.key)]
        (_, rect), *_ = stack.rects(tuple(slice(i, i + 1) for i in place.index))
        return rect

    def column_rect(self, key: str) -> QRectF:
        """Return where a value and its title are."""
        slot = self._plan.slots[self._column(key)]
        return QRectF(slot.x(), 0, slot.width(), self.height())

    def kept_clear(self) -> list[QRect]:
        """Return where the titles are."""
        return [QRect(0, 0, self.width(), math.ceil(self._titles.height))]

    def sizeHint(self) -> QSize:
        return QSize(px(720), px(320))

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter, paint_cells)
            self._write_titles(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_rays(painter, self.frustum, self._plan.stacks)
            self._paint(painter, write_numbers)
            draw_boxes(painter, self.frustum)
            if self.cursor_place is not None and (self.hasFocus() or self._pointed is not None):
                around = self.cell_rect(self.cursor_place).adjusted(-3, -3, 3, 3)
                outline(painter, around, colours.current().focus, colours.RING)

    def _paint(self, painter: QPainter, paint: _Painter) -> None:
        """Paint all values, or what is kept of that."""
        if self.posing:
            self._paint_columns(painter, paint)
        else:
            painter.drawPixmap(0, 0, self._sheet(paint))

    def _paint_columns(self, painter: QPainter, paint: _Painter) -> None:
        parts = zip(self.columns, self._plan.stacks, self._scales, self._feet, strict=True)
        for column, stack, found, feet in parts:
            ends = [scale.end if scale else 0.0 for scale in found]
            ends *= stack.planes if stack.flat else 1
            paint(painter, stack, column.values, ends, self.font().family())
            if paint is paint_cells:
                feet.draw(painter, stack)

    def _sheet(self, paint: _Painter) -> QPixmap:
        """Return what is painted of all values, kept until something in it changes."""
        ratio = self.devicePixelRatioF()
        if paint not in self._sheets or self._sheets[paint].devicePixelRatio() != ratio:
            sheet = QPixmap(self.size() * ratio)
            sheet.setDevicePixelRatio(ratio)
            sheet.fill(Qt.GlobalColor.transparent)
            with QPainter(sheet) as painter:
                self._paint_columns(painter, paint)
            self._sheets[paint] = sheet
        return self._sheets[paint]

    def _write_titles(self, painter: QPainter) -> None:
        theme = colours.current()
        last = len(self.frustum.boxes) - 1
        for place, (column, slot) in enumerate(zip(self.columns, self._plan.slots, strict=True)):
            self._titles.draw(painter, place, slot, column.key == self._current)
            note = self._notes.get(column.key)
            if note:
                ink = colours.colour(theme.written_text if place == last else theme.read_text)
                self._titles.note(painter, slot.translated(0, slot.height() + 4), note, ink)

    # --- placing ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        if not self.columns:
            return
        self._titles = MapTitles(self, [(column.title, column.detail) for column in self.columns])
        shapes = [column.values.shape for column in self.columns]
        top = self._titles.height
        height = max(40.0, self.height() - top - self._titles.line - 8)
        widths = self._titles.widths
        self.setMinimumWidth(math.ceil(least_width(shapes, widths, height)))
        plans: dict[Form, MapPlan] = {}
        for form in reversed(Form):
            self._form = form
            self._measure()
            feet = [found.foot for found in self._feet]
            plan = planned(shapes, widths, self.width(), top, height, feet)
            # What stands under the maps must not make them much smaller, or take them out of sight.
            bare = plans.setdefault(Form.NEITHER, plan)
            inside = least_width(shapes, widths, height, feet) <= self.width()
            if plan is bare or (inside and plan.cell >= _SHRUNK * bare.cell):
                plans[form] = plan
        self._form = min(plans, key=lambda form: form.value)
        self._plan = plans[self._form]
        self._measure()
        self.frustum = traced(self._plan.stacks, self._boxes)
        self._sheets.clear()
        self.update()

    def _measure(self) -> None:
        """See how far the scales go, and how much room is needed to say so."""
        self._scales = [scales(planed(column.values), self.shared_scale) for column in self.columns]
        self._feet = [
            MapFeet(self.font(), found, column.filters, self._form)
            for found, column in zip(self._scales, self.columns, strict=True)
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._arrange()

    # --- mouse -----------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go_to(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit(place)

    def _point_at(self, place: Place | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.hovered.emit(place)
            self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tip(self._told(place) if place else ""), self)
            return True
        return super().event(event)

    # --- keyboard --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, cursor = Qt.Key(event.key()), self.cursor_place
        if cursor is None:
            super().keyPressEvent(event)
            return
        cell = (self._column(cursor.key), cursor.index)
        whole = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _ARROWS:
            cell = self._plan.stepped(cell, *_ARROWS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            cell = self._plan.turned(cell, 1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            cell = self._plan.at_end(cell, key == Qt.Key.Key_End, whole)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(cursor)
            return
        else:
            super().keyPressEvent(event)
            return
        self._go_to(Place(self.columns[cell[0]].key, cell[1]))

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self.cursor_place is not None:
            column = self._column(self.cursor_place.key)
            there = column + (1 if forward else -1)
            if 0 <= there < len(self.columns):
                _, index = self._plan.entered((column, self.cursor_place.index), there)
                self._go_to(Place(self.columns[there].key, index))
                return True
        return super().focusNextPrevChild(forward)

    # --- inside ----------------------------------------------------------------------------------

    def _go_to(self, place: Place) -> None:
        if place != self.cursor_place:
            self.choose(place)
        self.selected.emit(place)

    def _at(self, point: QPointF) -> Place | None:
        both = zip(self.columns, self._plan.stacks, strict=True)
        found = ((column.key, stack.at(point)) for column, stack in both)
        return next((Place(key, index) for key, index in found if index is not None), None)

    def _column(self, key: str) -> int:
        return [column.key for column in self.columns].index(key)

    def _told(self, place: Place) -> str:
        """Write what a cell holds, and how far the scale of its map goes."""
        column = self._column(place.key)
        stack = self._plan.stacks[column]
        plane = 0 if stack.flat else stack.spot(place.index).plane
        found = self._scales[column][plane]
        ends = f"\n{numbers.show(found.low)} … {numbers.show(found.high)}" if found else ""
        return self._spoken(place) + ends

    def _spoken(self, place: Place) -> str:
        return self.columns[self._column(place.key)].spoken(place.index)
