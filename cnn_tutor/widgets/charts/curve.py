"""A curve with dots on it, and the one of them that is looked at."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from cnn_tutor.study import numbers
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.sizes import SMALLER, px, scaled

Numbers = npt.NDArray[np.float64]

_DIGITS, _LETTERS = 4, 7
"""Digits and letters of a number beside an axis."""

_WIDTH, _LEAD = 2.5, 1.75
_DOT, _POINT = 3.5, 5.5
_NEAR = 9.0
"""A dot is pointed at from so near, in pixels."""

_SAME = 1 / 3
"""Where y goes over so much of what x does, both have the same scale."""

_APART = 5.0


class Curve(QWidget):
    """Draws y over x on a square, with dots on the curve.

    Two lines lead from the axes to one point, whose numbers stand beside the axes.
    """

    hovered = Signal(object)
    """Emitted with the place of the dot that is pointed at among all dots, or None."""

    chosen = Signal(int)
    """Emitted with the place of a dot that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        none = np.zeros(0)
        self._x, self._y = np.array([0.0, 1.0]), np.array([0.0, 1.0])
        self._dots = (none, none)
        self._names = ("", "")
        self._pointed: int | None = None
        self.point: tuple[float, float] | None = None
        """The point that is looked at."""
        self._lay_out()

    def set_names(self, across: str, up: str) -> None:
        """Write what x and y are at their axes."""
        self._names = (across, up)
        self.update()

    def show_curve(self, x: Numbers, y: Numbers) -> None:
        """Draw this curve."""
        self._x, self._y = x, y
        self._lay_out()

    def show_dots(self, x: Numbers, y: Numbers) -> None:
        """Draw these points as dots."""
        self._dots = (x, y)
        self._put_dots()
        self.update()

    def show_point(self, x: float, y: float) -> None:
        """Look at a point of the curve."""
        self.point = (x, y)
        self.setAccessibleDescription(_written(x, y))
        self.update()

    def hide_point(self) -> None:
        """Look at none of its points."""
        self.point = None
        self.setAccessibleDescription("")
        self.update()

    @property
    def frame(self) -> QRectF:
        """Where the square is."""
        if self._size != self.size():  # while it is hidden, Qt says so only later
            self._lay_out()
        return self._frame

    def place(self, x: float, y: float) -> QPointF:
        """Return where a point is, in pixels."""
        frame, (left, right), (low, high) = self.frame, self._across, self._up
        return QPointF(
            frame.left() + (x - left) / (right - left) * frame.width(),
            frame.bottom() - (y - low) / (high - low) * frame.height(),
        )

    def entry(self, x: float) -> QPointF:
        """Return where a line comes in from below that brings an x: under its number."""
        return QPointF(self.place(x, 0).x(), self.frame.bottom() + 2 + self._metrics.height())

    def exit(self, y: float) -> QPointF:
        """Return where a line goes out to the right that takes a y along: behind its number."""
        wide = self._metrics.horizontalAdvance(numbers.rounded(y, _DIGITS))
        return QPointF(self.frame.right() + 2 * _APART + wide, self.place(0, y).y())

    # --- placing ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._font = scaled(self.font(), SMALLER)
        self._metrics = QFontMetricsF(_bold(self._font))
        self._across = (float(self._x[0]), float(self._x[-1]))
        self._up = _range(self._y, self._across)
        line, letter = self._metrics.height(), self._metrics.horizontalAdvance("0")
        left = max(map(self._metrics.horizontalAdvance, self._texts(_ticks(*self._up, 5)))) + _APART
        right = letter * _LETTERS + 2 * _APART
        above, below = line + _APART, 2 * line + px(14)
        side = max(min(self.width() - left - right, self.height() - above - below), 40.0)
        self._size = self.size()
        self._frame = QRectF(
            round(left + (self.width() - left - right - side) / 2),
            round(above + (self.height() - above - below - side) / 2),
            round(side),
            round(side),
        )
        self._put_dots()
        self.update()

    def _put_dots(self) -> None:
        """See where the dots are; of those at one place one is enough."""
        (left, right), (low, high), frame = self._across, self._up, self.frame
        x = frame.left() + (self._dots[0] - left) / (right - left) * frame.width()
        y = frame.bottom() - (self._dots[1] - low) / (high - low) * frame.height()
        places = np.column_stack([x, y])
        _, self._first = np.unique(np.rint(places), axis=0, return_index=True)
        self._places = places[self._first]

    def _texts(self, values: list[float]) -> list[str]:
        return [numbers.rounded(value, _DIGITS) for value in values]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._lay_out()

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, frame = colours.current(), self.frame
        with QPainter(self) as painter:
            painter.fillRect(frame, colours.colour(theme.panel))
            self._draw_axes(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.point is not None:
                self._draw_leads(painter, *self.point)
            painter.setPen(QPen(colours.colour(theme.accent), _WIDTH))
            places = (self.place(x, y) for x, y in zip(self._x, self._y, strict=True))
            painter.drawPolyline(QPolygonF(list(places)))
            painter.setPen(QPen(colours.colour(theme.written), 1.5))
            painter.setBrush(colours.colour(theme.panel))
            for x, y in self._places:
                painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
            if self.point is not None:
                self._draw_point(painter, *self.point)

    def _draw_axes(self, painter: QPainter) -> None:
        theme, frame, line = colours.current(), self.frame, self._metrics.height()
        painter.setFont(self._font)
        faint, strong = colours.blend(theme.line, theme.panel, 0.6), colours.colour(theme.dim)
        widest = self._metrics.horizontalAdvance("0" * 4)
        across = _ticks(*self._across, max(2, min(6, int(frame.width() / (2 * widest)))))
        boxes = self._number_boxes()
        for value, text in zip(across, self._texts(across), strict=True):
            x = round(self.place(value, 0).x())
            painter.setPen(strong if value == 0 else faint)
            painter.drawLine(QLineF(x, frame.top(), x, frame.bottom()))
            self._write(painter, self._under(x, text), text, boxes)
        up = _ticks(*self._up, 5)
        for value, text in zip(up, self._texts(up), strict=True):
            y = round(self.place(0, value).y())
            painter.setPen(strong if value == 0 else faint)
            painter.drawLine(QLineF(frame.left(), y, frame.right(), y))
            wide = self._metrics.horizontalAdvance(text)
            box = QRectF(frame.left() - _APART - wide, y - line / 2, wide, line)
            self._write(painter, box, text, [])
        painter.setPen(colours.colour(theme.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        wide = frame.width() + 2 * frame.left()
        painter.setPen(strong)
        name = QRectF(frame.center().x() - wide / 2, frame.bottom() + line + px(12), wide, line)
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, self._names[0])
        top = QRectF(frame.left(), frame.top() - line - 3, wide, line)
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, self._names[1])

    def _draw_leads(self, painter: QPainter, x: float, y: float) -> None:
        """Draw the way to a point from the axis below, and on to the right."""
        theme, frame, at = colours.current(), self.frame, self.place(x, y)
        painter.setPen(QPen(colours.colour(theme.read_line), _LEAD))
        painter.drawLine(QPointF(at.x(), frame.bottom()), at)
        painter.setPen(QPen(colours.colour(theme.written), _LEAD))
        painter.drawLine(at, QPointF(frame.right(), at.y()))

    def _draw_point(self, painter: QPainter, x: float, y: float) -> None:
        """Draw a point and its numbers, which stand beside the axes."""
        theme, at = colours.current(), self.place(x, y)
        painter.setPen(QPen(colours.colour(theme.panel), 1.5))
        painter.setBrush(colours.colour(theme.written))
        painter.drawEllipse(at, _POINT, _POINT)
        painter.setFont(_bold(self._font))
        inks = (theme.read_text, theme.written_text)
        for box, value, ink in zip(self._number_boxes(), (x, y), inks, strict=True):
            painter.setPen(colours.colour(ink))
            text = numbers.rounded(value, _DIGITS)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _number_boxes(self) -> list[QRectF]:
        """Where the numbers of the point stand: x under the square, y at its right."""
        if self.point is None:
            return []
        x, y = self.point
        text, line = numbers.rounded(y, _DIGITS), self._metrics.height()
        wide = self._metrics.horizontalAdvance(text)
        at = self.place(x, y)
        right = QRectF(self.frame.right() + _APART, at.y() - line / 2, wide, line)
        return [self._under(at.x(), numbers.rounded(x, _DIGITS)), right]

    def _under(self, x: float, text: str) -> QRectF:
        wide = self._metrics.horizontalAdvance(text)
        return QRectF(x - wide / 2, self.frame.bottom() + 2, wide, self._metrics.height())

    def _write(self, painter: QPainter, box: QRectF, text: str, kept: list[QRectF]) -> None:
        """Write a number at an axis, unless that of the point stands there."""
        if not any(box.adjusted(-_APART, 0, _APART, 0).intersects(other) for other in kept):
            painter.setPen(colours.colour(colours.current().dim))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    # --- pointing --------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._dot_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._dot_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(found)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._dot_at(QPointF(event.pos()))
            x, y = self._dots
            text = "" if found is None else _written(float(x[found]), float(y[found]))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _point_at(self, dot: int | None) -> None:
        if dot != self._pointed:
            self._pointed = dot
            self.hovered.emit(dot)

    def _dot_at(self, point: QPointF) -> int | None:
        if not len(self._places):
            return None
        away = np.hypot(*(self._places - np.array([point.x(), point.y()])).T)
        nearest = int(away.argmin())
        return int(self._first[nearest]) if away[nearest] <= _NEAR else None


def _range(y: Numbers, across: tuple[float, float]) -> tuple[float, float]:
    """Return how far the axis of y goes: as far as that of x where the curve fills that."""
    low, high = float(y.min()), float(y.max())
    left, right = across
    if left <= low and high <= right and high - low >= _SAME * (right - left):
        return across
    room = max(0.15 * (high - low), 0.1)
    return low - room, high + room


def _ticks(low: float, high: float, count: int) -> list[float]:
    """Return round numbers along an axis, about so many of them."""
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough)
    first, last = math.ceil(low / step), math.floor(high / step)
    return [round(n * step, 12) for n in range(first, last + 1)]


def _bold(font: QFont) -> QFont:
    found = QFont(font)
    found.setBold(True)
    return found


def _written(x: float, y: float) -> str:
    return f"({numbers.show(x)}, {numbers.show(y)})"
