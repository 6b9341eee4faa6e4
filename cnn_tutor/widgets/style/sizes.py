"""Sizes that several places have to agree on."""

from __future__ import annotations

from PySide6.QtGui import QFont, QGuiApplication

SCROLL_BAR = 12
"""Width of a scroll bar, in pixels; the style sheet draws it so."""

DIGIT = 0.58
"""The width of a digit beside its height, a little generously."""

SMALLER = 0.86
"""How large the letters of a second line or a mark are beside those of the first."""

_STANDARD_LETTERS = 14
"""The program's font where every length was designed, in pixels: 10.5 pt at 96 dpi."""


def px(length: float) -> int:
    """Return how many pixels a length has that was designed at the standard letters.

    It grows and shrinks with the program's font, which goes by the system's letters and by the
    zoom. So everything that text stands in is measured by it, and laid out anew when the font
    changes.
    """
    return round(length * letters() / _STANDARD_LETTERS)


def letters() -> float:
    """Return the size of the program's font in (device-independent) pixels."""
    font = QGuiApplication.font()
    if font.pixelSize() > 0:
        return font.pixelSize()
    return font.pointSizeF() * QGuiApplication.primaryScreen().logicalDotsPerInchY() / 72


def scaled(font: QFont, factor: float) -> QFont:
    """Return a font of another size, whether that is given in pixels or in points."""
    found = QFont(font)
    if font.pixelSize() > 0:
        found.setPixelSize(round(font.pixelSize() * factor))
    else:
        found.setPointSizeF(font.pointSizeF() * factor)
    return found


def sized(font: QFont, pixels: int) -> QFont:
    """Return a font whose letters are so many pixels high."""
    found = QFont(font)
    found.setPixelSize(pixels)
    return found
