"""How the maps of a network and their titles are painted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from cnn_tutor.engine.arrays import Array
from cnn_tutor.study.numbers import show
from cnn_tutor.widgets.grids.fitting import fit, smallest_letters
from cnn_tutor.widgets.maps.map_layout import MapStack
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import images, ink_on, shade
from cnn_tutor.widgets.style.sizes import DIGIT, digits, px, scaled

_LINED, _NUMBERED = 12.0, 22.0
"""The size of a cell from which on lines part the cells, and a number is written in each."""

_HALF = 0.5
"""Lines along the middle of pixels are the same at any scale, and in a drawing without pixels."""

_LARGEST_LETTERS = 26
_LETTERS = 5
"""Longer numbers are shortened rather than all of them written smaller."""

_LONG = 116.0
"""A wider title is written in two lines, in pixels."""

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom


def paint_cells(
    painter: QPainter, stack: MapStack, values: Array, ends: Sequence[float], family: str
) -> None:
    """Paint the cells of a value in the colours of their numbers.

    ``ends`` is the number, without its sign, that has the full colour, for each plane.
    """
    theme = colours.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for plane, (cells, end) in enumerate(zip(stack.pictured(values), ends, strict=True)):
        (image,) = images(cells[None], end)
        rect = stack.plane_rect(plane)
        rows = stack.rows_of(plane)
        painter.drawImage(rect, image, QRectF(0, 0, stack.columns, rows))
        painter.setPen(QPen(colours.blend(theme.dim, theme.panel, 0.55), 1))
        if stack.cell >= _LINED:
            ys = [rect.top() + n * stack.cell + _HALF for n in range(1, rows)]
            xs = [rect.left() + n * stack.wide + _HALF for n in range(1, stack.columns)]
            painter.drawLines([QLineF(rect.left(), y, rect.right(), y) for y in ys])
            painter.drawLines([QLineF(x, rect.top(), x, rect.bottom()) for x in xs])
        if stack.gap:
            painter.drawRect(rect.translated(_HALF, _HALF))
    if not stack.gap:
        whole = stack.plane_rect(0).united(stack.plane_rect(stack.planes - 1))
        painter.drawRect(whole.translated(_HALF, _HALF))


def write_numbers(
    painter: QPainter, stack: MapStack, values: Array, ends: Sequence[float], family: str
) -> None:
    """Write the numbers of a value into its cells, if these are large enough."""
    if stack.cell < _NUMBERED:
        return
    longest = min(max(len(show(float(value))) for value in values.flat), _LETTERS)
    size = min(digits(stack.cell), int((stack.wide - 8) / (longest * DIGIT)))
    size, room = max(smallest_letters(), min(size, px(_LARGEST_LETTERS))), int(stack.wide - 6)
    for index in np.ndindex(stack.shape):
        value = float(values[index])
        ((plane, box),) = stack.rects(tuple(slice(i, i + 1) for i in index))
        text, font = fit(value, room, size, family, False)
        painter.setFont(font)
        painter.setPen(colours.colour(ink_on(shade(value, ends[plane]))))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class MapTitles:
    """Names in bold with their shapes below, all as high as the highest needs."""

    def __init__(self, widget: QWidget, titles: list[tuple[str, str]]) -> None:
        self._titles = titles
        self._bold, self._plain = (scaled(widget.font(), factor) for factor in (0.95, 0.88))
        self._bold.setBold(True)
        names, shapes = QFontMetricsF(self._bold), QFontMetricsF(self._plain)
        self.widths = [
            max(_width(names, name), shapes.horizontalAdvance(shape)) + 4.0
            for name, shape in titles
        ]
        pairs = zip(titles, self.widths, strict=True)
        self._high = max((_height(names, name, wide) for (name, _), wide in pairs), default=0.0)
        self.line = shapes.height()
        self.height = self._high + self.line + 6.0

    def draw(self, painter: QPainter, place: int, slot: QRectF, current: bool) -> None:
        """Write a title over a slot; that of the current column in the accent's colour."""
        theme = colours.current()
        name, shape = self._titles[place]
        painter.setFont(self._bold)
        painter.setPen(colours.colour(theme.accent_text if current else theme.text))
        width = max(slot.width(), self.widths[place])
        box = QRectF(slot.center().x() - width / 2, 0.0, width, self._high)
        painter.drawText(box, _WRAP, name)
        self.note(painter, box.translated(0, self._high), shape, colours.colour(theme.dim))

    def note(self, painter: QPainter, box: QRectF, text: str, ink: QColor) -> None:
        """Write a line in small letters at the top of a box."""
        painter.setFont(self._plain)
        painter.setPen(ink)
        line = QRectF(box.x() - 20, box.y(), box.width() + 40, self.line)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)


def _width(metrics: QFontMetricsF, text: str) -> float:
    """Return the width of a title, of one in two lines where it is long."""
    whole = metrics.horizontalAdvance(text)
    if whole <= px(_LONG):
        return whole
    width = whole / 2
    while _height(metrics, text, width) > 2.1 * metrics.height():
        width += 4
    return max(width, *(metrics.horizontalAdvance(word) for word in [*text.split(), ""]))


def _height(metrics: QFontMetricsF, text: str, width: float) -> float:
    return metrics.boundingRect(QRectF(0, 0, width, 1000), _WRAP, text).height()
