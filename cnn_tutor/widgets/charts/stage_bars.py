"""Rows of bars: numbers that can be dragged, what each becomes, and its share of all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from cnn_tutor.study import numbers
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.focus_ring import rings_itself
from cnn_tutor.widgets.style.sizes import SMALLER, px, scaled

_USUAL = 6.0
_STEPS = 60
"""A number moves in round steps, about so many of them from 0 to the end of its scale."""

_DIGITS = 4
_BAR = 26
_APART = 8.0
_ROOMY = 52
"""Rows at least so high have their numbers over the bars, in pixels."""

_ARROW = 26
"""The strip between two columns of bars, where the arrow is, in pixels."""

_OTHERS = 0.5
"""How strong the bars are that are not looked at."""


@dataclass(frozen=True)
class BarRow:
    """One row: its number, what that becomes, and its share of 1; None is not to be seen."""

    score: float
    stage: float | None
    share: float | None


class StageBars(QWidget):
    """Draws three bars a row; the first can be dragged to another number, or moved by the keys.

    Up and Down go to other rows; Left and Right move a number by a step, Page Up and Page Down
    by ten.
    """

    grabbed = Signal()
    """Emitted before a number is moved by another drag or another key than before."""

    moved = Signal(int, float)
    """Emitted with a row and the number that it is to have."""

    hovered = Signal(object)
    """Emitted with the row that is pointed at, or None."""

    chosen = Signal(int)
    """Emitted with a row that was clicked or reached with the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rings_itself(self)
        self.setMouseTracking(True)
        self.rows: tuple[BarRow, ...] = ()
        """What is shown."""
        self._heads, self._feet = ("", "", ""), ("", "", "")
        self._current: int | None = None
        self._pointed: int | None = None
        self._dragged: int | None = None
        self._end = _USUAL
        self._editable = self._labelled = False
        self._head, self._pitch = 0.0, 40.0

    # --- what is shown ---------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[BarRow], current: int | None) -> None:
        """Show these rows; the ``current`` one stands out."""
        self.rows, self._current = tuple(rows), current
        if self._dragged is None:  # under a drag the scale stays as it is
            largest = max((abs(row.score) for row in rows), default=0.0)
            self._end = _USUAL if largest <= _USUAL else 1.1 * largest
        self.update()

    def set_words(self, heads: tuple[str, str, str], feet: tuple[str, str, str]) -> None:
        """Write what each column of bars is over it, and what it comes to under it."""
        self._heads, self._feet = heads, feet
        self.update()

    def set_places(self, head: float, pitch: float, labelled: bool) -> None:
        """Say where the first row begins and how far rows are apart, in pixels.

        ``labelled`` rows say their number, which does not stand beside them.
        """
        self._head, self._pitch, self._labelled = head, pitch, labelled
        self.update()

    def set_editable(self, editable: bool) -> None:
        """Let numbers be moved, or not."""
        self._editable = editable
        focus = Qt.FocusPolicy.StrongFocus if editable else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)

    def handle(self, row: int) -> QPointF:
        """Return where the end of a row's first bar is, by which it is dragged."""
        zone, box = self._zone(0), self._bar_box(row, 0, 1)
        share = max(-1.0, min(self.rows[row].score / self._end, 1.0))
        return QPointF(zone.center().x() + share * zone.width() / 2, box.center().y())

    # --- placing ---------------------------------------------------------------------------------

    def _zone(self, column: int) -> QRectF:
        """Where the bars of a column are, with what is written beside them."""
        left = px(52) if self._labelled else 0.0
        wide = (self.width() - left - 2 * px(_ARROW)) / 3
        return QRectF(left + column * (wide + px(_ARROW)), 0, wide, self.height()).adjusted(
            px(6), 0, -px(6), 0
        )

    def _row_box(self, row: int) -> QRectF:
        return QRectF(0, self._head + row * self._pitch, self.width(), self._pitch)

    def _bar_box(self, row: int, left: float, right: float) -> QRectF:
        high = min(px(_BAR), 0.6 * self._pitch)
        middle = self._row_box(row).center().y()
        if self._roomy:
            middle += QFontMetricsF(self.font()).height() / 2
        return QRectF(left, middle - high / 2, right - left, high).normalized()

    def _number_box(self, bar: QRectF) -> QRectF:
        """Where the number of a bar is written: over it where rows are high, else beside it."""
        if self._roomy:
            line = QFontMetricsF(self.font()).height()
            return QRectF(bar.x(), bar.top() - line - px(1), self.width(), line)
        return QRectF(bar.right() + _APART, bar.y(), self._number_width, bar.height())

    @property
    def _roomy(self) -> bool:
        return self._pitch >= px(_ROOMY)

    @property
    def _number_width(self) -> float:
        return QFontMetricsF(self.font()).horizontalAdvance("0" * (_DIGITS + 3)) + _APART

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._write_words(painter)
            for row in range(len(self.rows)):
                self._draw_row(painter, row)

    def _write_words(self, painter: QPainter) -> None:
        theme, bold = colours.current(), QFont(self.font())
        bold.setBold(True)
        line = QFontMetricsF(bold).height()
        bottom = self._head + len(self.rows) * self._pitch
        for column, (head, foot) in enumerate(zip(self._heads, self._feet, strict=True)):
            zone = self._zone(column)
            painter.setFont(bold)
            painter.setPen(colours.colour(theme.text))
            over = QRectF(zone.x(), self._head - line - px(4), zone.width(), line)
            side = Qt.AlignmentFlag.AlignHCenter if column == 0 else Qt.AlignmentFlag.AlignLeft
            painter.drawText(over, side, head)
            painter.setFont(self.font())
            painter.setPen(colours.colour(theme.dim if column < 2 else theme.written_text))
            under = QRectF(zone.x(), bottom + px(3), zone.width() + px(_ARROW), line)
            painter.drawText(under, side, foot)
            if column:
                self._draw_arrow(painter, zone.left() - px(6) - px(_ARROW) / 2, over.center().y())
        zone = self._zone(0)
        painter.setFont(scaled(self.font(), SMALLER))
        painter.setPen(colours.colour(theme.dim))
        for share, text in ((0.0, -self._end), (1.0, self._end)):
            x = zone.x() + share * zone.width()
            box = QRectF(x - px(30), bottom + px(3), px(60), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, numbers.shorten(text, 6))
        painter.setPen(QPen(colours.colour(theme.line), 1))
        middle = round(zone.center().x()) + 0.5
        painter.drawLine(QPointF(middle, self._head), QPointF(middle, bottom))

    def _draw_arrow(self, painter: QPainter, x: float, y: float) -> None:
        painter.setPen(QPen(colours.colour(colours.current().dim), 1.5))
        half = px(7)
        painter.drawLine(QPointF(x - half, y), QPointF(x + half, y))
        for way in (-1, 1):
            end = QPointF(x + half - px(4), y + way * px(4))
            painter.drawLine(QPointF(x + half, y), end)

    def _draw_row(self, painter: QPainter, row: int) -> None:
        theme, shown, current = colours.current(), self.rows[row], row == self._current
        if row:
            painter.setPen(QPen(colours.blend(theme.line, theme.background, 0.6), 1))
            y = round(self._row_box(row).top()) + 0.5
            painter.drawLine(QPointF(self._zone(0).left(), y), QPointF(self._zone(2).right(), y))
        bold = QFont(self.font())
        bold.setBold(current)
        painter.setFont(bold)
        zone, handle = self._zone(0), self.handle(row)
        if self._labelled:
            box = QRectF(0, self._row_box(row).y(), px(48), self._pitch)
            self._write(painter, box, numbers.shorten(shown.score, 6), theme.read_text, right=True)
        scored = self._bar_box(row, zone.center().x(), handle.x())
        self._fill(painter, scored, theme.read_line, current)
        if self._editable:
            self._draw_handle(painter, row, handle)
        largest = max((known.stage for known in self.rows if known.stage is not None), default=1.0)
        for column, value, full, tone, ink in (
            (1, shown.stage, largest or 1.0, theme.dim, theme.text),
            (2, shown.share, 1.0, theme.written, theme.written_text),
        ):
            if value is None:
                continue
            zone = self._zone(column)
            room = zone.width() - (0 if self._roomy else self._number_width)
            wide = room * max(0.0, min(value / full, 1.0))
            bar = self._bar_box(row, zone.x(), zone.x() + max(wide, 1.0))
            self._fill(painter, bar, tone, current)
            self._write(painter, self._number_box(bar), _number(column, value), ink)

    def _draw_handle(self, painter: QPainter, row: int, at: QPointF) -> None:
        theme = colours.current()
        high = self._bar_box(row, 0, 1).height() + px(8)
        box = QRectF(at.x() - px(4), at.y() - high / 2, px(8), high)
        held = row in (self._dragged, self._pointed if self._dragged is None else None)
        focused = self.hasFocus() and row == self._current
        ink = theme.accent if held or focused else theme.read_text
        painter.setPen(QPen(colours.colour(ink), 2))
        painter.setBrush(colours.colour(theme.panel))
        painter.drawRoundedRect(box, 3, 3)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colours.focus_pen())
            painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 5, 5)

    def _fill(self, painter: QPainter, bar: QRectF, tone: str, current: bool) -> None:
        ink = QColor(tone)
        ink.setAlphaF(1.0 if current or self._current is None else _OTHERS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(bar, 2, 2)

    def _write(
        self, painter: QPainter, box: QRectF, text: str, ink: str, right: bool = False
    ) -> None:
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setPen(colours.colour(ink))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)

    # --- mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position())
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self.chosen.emit(row)
        if self._editable and self._over_scores(event.position()):
            self._dragged = row
            self.grabbed.emit()
            self._move(row, self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._move(self._dragged, self._value_at(event.position().x()))
            return
        at = event.position()
        grips = self._editable and self._row_at(at) is not None and self._over_scores(at)
        self.setCursor(Qt.CursorShape.SizeHorCursor if grips else Qt.CursorShape.ArrowCursor)
        self._point_at(self._row_at(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None and event.button() == Qt.MouseButton.LeftButton:
            self._dragged = None
            self.show_rows(self.rows, self._current)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _tip(self, point: QPointF) -> str:
        """Write the number under a point in full."""
        row = self._row_at(point)
        for column, attribute in enumerate(("score", "stage", "share")):
            if row is not None and self._zone(column).contains(point):
                value = getattr(self.rows[row], attribute)
                return "" if value is None else numbers.show(value)
        return ""

    def _point_at(self, row: int | None) -> None:
        if row != self._pointed:
            self._pointed = row
            self.hovered.emit(row)
            self.update()

    def _row_at(self, point: QPointF) -> int | None:
        row = math.floor((point.y() - self._head) / self._pitch)
        return row if 0 <= row < len(self.rows) else None

    def _over_scores(self, point: QPointF) -> bool:
        zone = self._zone(0)
        return zone.left() - px(6) <= point.x() <= zone.right() + px(6)

    def _value_at(self, x: float) -> float:
        zone = self._zone(0)
        return (x - zone.center().x()) / (zone.width() / 2) * self._end

    def _move(self, row: int, value: float) -> None:
        """Ask for another number in a row: the nearest step on the scale."""
        step = _step(self._end)
        value = round(max(-self._end, min(value, self._end)) / step) * step
        value = round(value, 12)
        if value != self.rows[row].score:
            self.moved.emit(row, value)

    # --- keyboard --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageDown: -10,
            Qt.Key.Key_PageUp: 10,
        }
        key, at = Qt.Key(event.key()), self._current
        if at is None or key not in (*rows, *steps):
            super().keyPressEvent(event)
        elif key in rows:
            self.chosen.emit(max(0, min(at + rows[key], len(self.rows) - 1)))
        else:
            if not event.isAutoRepeat():
                self.grabbed.emit()
            value = self.rows[at].score + steps[key] * _step(self._end)
            self.moved.emit(at, round(value, 12))


def _number(column: int, value: float) -> str:
    """Write the number at a bar; that of a share is in percent."""
    if column == 1:
        return numbers.rounded(value, _DIGITS)
    return f"{numbers.rounded(100 * value, _DIGITS - 1)}%"


def _step(end: float) -> float:
    """Return the round step by which numbers move on a scale."""
    return 10.0 ** round(math.log10(end / _STEPS))
