"""What is used to write on paper: units, fonts, pens and colours."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPen

from cnn_tutor.app.style.fonts import bundled_family
from cnn_tutor.widgets.style.colours import LIGHT, blend, colour

POINT = 10.0
"""Paper is measured in tenths of a point, in which letters have room for their exact widths."""

MM = POINT * 72 / 25.4

TEXT = colour(LIGHT.text)
DIM = colour(LIGHT.dim)
RULE = colour(LIGHT.line)
GRID = blend(LIGHT.dim, "#ffffff", 0.55)
NUMBER = colour(LIGHT.accent_text)
ANSWER = colour(LIGHT.written_text)
ANSWERED = blend(LIGHT.written, "#ffffff", 0.16)
OPEN = colour(LIGHT.padding)
READ = colour(LIGHT.read)
READ_GROUND = blend(LIGHT.read, "#ffffff", 0.16)
WRITTEN = colour(LIGHT.written)

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@cache
def font(points: float, bold: bool = False) -> QFont:
    """Return the bundled font in a size in points: the same on every computer.

    Many others draw a digit or two letters by a glyph that stands for no character, and 力 by that
    of ⼒: what a PDF then has is text that can be seen, but neither be found nor copied.
    """
    made = QFont(QGuiApplication.font())
    made.setFamilies([family for family in (bundled_family(), *made.families()) if family])
    made.setPixelSize(round(points * POINT))
    made.setBold(bold)
    # Widths on paper are not those that fit a screen's pixels.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@lru_cache(maxsize=4096)
def width(text: str, points: float, bold: bool = False) -> float:
    """Return how wide a text is."""
    return QFontMetricsF(font(points, bold)).horizontalAdvance(text)


def height(points: float) -> float:
    """Return how high a line of text is."""
    return QFontMetricsF(font(points)).height()


def wrapped(text: str, points: float, room: float) -> float:
    """Return how high a text is that goes on in more lines where the room ends."""
    box = QRectF(0, 0, room, 1e6)
    return QFontMetricsF(font(points)).boundingRect(box, int(WRAPPED), text).height()


def pen(shade: QColor, points: float) -> QPen:
    """Return a pen with square corners."""
    made = QPen(shade, points * POINT)
    made.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    return made
