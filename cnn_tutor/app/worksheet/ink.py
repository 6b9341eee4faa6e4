"""The unit, the font and the colours of a printed page."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

from cnn_tutor.app.style.fonts import bundled_family
from cnn_tutor.widgets.style.colours import LIGHT, blend

POINT = 10
"""Paper is measured in tenths of a point, in which letters have room for their exact widths."""

MM = POINT * 72 / 25.4

TEXT, DIM, RULE, OPEN = LIGHT.text, LIGHT.dim, LIGHT.line, LIGHT.padding
NUMBER, ANSWER = LIGHT.accent_text, LIGHT.written_text
READ, WRITTEN = LIGHT.read, LIGHT.written
GRID = blend(LIGHT.dim, "#ffffff", 0.55).name()
ANSWERED = blend(LIGHT.written, "#ffffff", 0.16).name()
READ_GROUND = blend(LIGHT.read, "#ffffff", 0.16).name()


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
    """Return the width of a text."""
    return QFontMetricsF(font(points, bold)).horizontalAdvance(text)
