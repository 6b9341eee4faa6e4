"""The pointer while dragging paints."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor, QPainter, QPixmap

from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.icons import tinted

_SIZE, _RIM = 24, 1
_TIP = QPoint(4, 20)
"""Where the drawing's brush touches the paper."""


def brush_cursor() -> QCursor:
    """Return a brush in the colour of the theme's text, with a rim that shows on every cell."""
    theme, side = colours.current(), _SIZE + 2 * _RIM
    ink, rim = (tinted("brush", c, _SIZE).pixmap(_SIZE) for c in (theme.text, theme.panel))
    drawing = QPixmap(ink.size() * (side / _SIZE))
    drawing.setDevicePixelRatio(ink.devicePixelRatio())
    drawing.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawing)
    for x, y in itertools.product((0, _RIM, 2 * _RIM), repeat=2):
        painter.drawPixmap(x, y, rim)
    painter.drawPixmap(_RIM, _RIM, ink)
    painter.end()
    tip = _TIP + QPoint(_RIM, _RIM)
    return QCursor(drawing, tip.x(), tip.y())
