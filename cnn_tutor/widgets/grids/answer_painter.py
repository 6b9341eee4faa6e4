"""Paints what makes a cell a question: its frame, what was written there, a tick or a cross."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from cnn_tutor.study import numbers
from cnn_tutor.widgets.grids.fitting import fit, smallest_letters
from cnn_tutor.widgets.grids.grid_view import GridView
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.sizes import digits

_ROOMY = 30
"""A cell less high than this, in pixels, has no room for an outline within another."""

Points = tuple[tuple[float, float], ...]
_TICK: tuple[Points, ...] = (((0.0, 0.55), (0.35, 0.9), (1.0, 0.1)),)
_CROSS: tuple[Points, ...] = (((0.0, 0.0), (1.0, 1.0)), ((0.0, 1.0), (1.0, 0.0)))
"""Lines through points of a square whose side is 1: at an answer that is right, and a wrong one."""


def paint_number(
    painter: QPainter,
    rect: QRect,
    grid: GridView,
    written: float | None,
    right: bool | None,
    ringed: bool,
) -> None:
    """Draw a cell that a number is asked for in: a question mark, or what the learner wrote.

    What is right gets a tick over the number, which is painted already; what is wrong is written
    with a cross; ``ringed`` says that there is an outline already.
    """
    theme = colours.current()
    if right:
        _strokes(painter, rect, theme.written, _TICK, ringed)
        return
    if written is None and not (ringed and rect.height() < _ROOMY):
        _frame(painter, rect, 4 if ringed else 1)
    room = rect.width() - 6
    size = max(smallest_letters(), grid.text_size(room, digits(rect.height())))
    if written is None:
        font = QFont(grid.font())
        font.setPixelSize(size)
        text, ink, place = numbers.UNKNOWN, theme.dim, rect
    else:
        text, font = fit(written, room, size, grid.font().family(), True)
        ink, place = theme.accent_text, rect
    if written is not None and right is False:
        ink, place = theme.wrong_text, beside_mark(rect)
        _strokes(painter, rect, theme.wrong, _CROSS, ringed)
    painter.setFont(font)
    painter.setPen(colours.colour(ink))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def paint_mark(painter: QPainter, rect: QRect, marked: bool, right: bool | None) -> None:
    """Draw a cell that can be marked: a thick outline once it is, a tick or a cross if judged."""
    if not marked:
        return
    theme = colours.current()
    ink = {None: theme.accent, True: theme.written, False: theme.wrong}[right]
    painter.setPen(QPen(colours.colour(ink), 3))
    painter.drawRect(rect.adjusted(2, 2, -3, -3))
    if right is not None:
        _strokes(painter, rect, ink, _TICK if right else _CROSS, True)


def beside_mark(rect: QRect) -> QRect:
    """Return the part of an answered cell in whose middle its number stands."""
    # The number makes a little room for what is in the corner.
    return rect.adjusted(0, rect.height() // 8 if rect.height() >= _ROOMY else 4, -2, 0)


def _frame(painter: QPainter, rect: QRect, inset: int) -> None:
    pen = QPen(colours.colour(colours.current().accent), 1)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))


def _strokes(
    painter: QPainter, rect: QRect, ink: str, lines: tuple[Points, ...], ringed: bool
) -> None:
    """Draw lines into the upper right corner of a cell, inside its ring if it has one."""
    side = max(4.5, min(rect.width(), rect.height()) * 0.17)
    roomy = rect.height() >= _ROOMY
    apart = max(3.5 if ringed else 2.0, side * 0.6 if roomy else 0.0)
    left, top = rect.right() - apart - side, rect.top() + apart
    pen = QPen(colours.colour(ink), max(1.5, side / 4.5))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    for line in lines:
        painter.drawPolyline([QPointF(left + x * side, top + y * side) for x, y in line])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
