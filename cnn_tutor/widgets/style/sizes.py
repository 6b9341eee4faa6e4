"""Sizes that several places have to agree on."""

from __future__ import annotations

from PySide6.QtGui import QFont

SCROLL_BAR = 12
"""Width of a scroll bar, in pixels; the style sheet draws it so."""

DIGIT = 0.58
"""The width of a digit beside its height, a little generously."""

SMALLER = 0.86
"""How large the letters of a second line or a mark are beside those of the first."""


def scaled(font: QFont, factor: float) -> QFont:
    """Return a font of another size, whether that is given in pixels or in points."""
    found = QFont(font)
    if font.pixelSize() > 0:
        found.setPixelSize(round(font.pixelSize() * factor))
    else:
        found.setPointSizeF(font.pointSizeF() * factor)
    return found
