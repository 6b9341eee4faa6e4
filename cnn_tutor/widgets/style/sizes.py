"""Sizes that several places have to agree on."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

SCROLL_BAR = 12
"""Width of a scroll bar, in pixels; the style sheet draws it so."""

DIGIT = 0.58
"""The width of a digit beside its height, a little generously."""

SMALLER = 0.86
"""How large the letters of a second line or a mark are beside those of the first."""

LETTER_SHARE = 0.44
"""How high the letters in a cell are beside the cell, as long as nothing is presented."""

_STANDARD_LETTERS = 14
"""The program's font where every length was designed, in pixels: 10.5 pt at 96 dpi."""

_LENGTH = re.compile(r"\b(\d+)px\b")
_Owner = TypeVar("_Owner", bound=QObject)


class Letters(QObject):
    """The size of everything: that of the program's font, and how far boards are zoomed."""

    changed = Signal()
    """Emitted after either has changed, and all text and the style sheet have followed."""

    def __init__(self) -> None:
        super().__init__()
        self.zoom = 1.0
        """How many times as large boards are as at 100 %, if more than 1."""
        self.scale = 1.0
        """How many times as large the letters are as at 100 %."""
        self.share = LETTER_SHARE
        """How high the letters in a cell are, beside the cell."""


LETTERS = Letters()


def px(length: float) -> int:
    """Return how many pixels a length has that was designed at the standard letters.

    It grows and shrinks with the program's font, which goes by the system's letters and by the
    zoom. So everything that text stands in is measured by it, and laid out anew when the font
    changes.
    """
    return round(length * letters() / _STANDARD_LETTERS)


def by_letters(sheet: str) -> str:
    """Return a style sheet, or HTML, whose lengths in pixels follow the letters; see :func:`px`."""
    return _LENGTH.sub(lambda length: f"{px(int(length[1]))}px", sheet)


def letters() -> float:
    """Return the size of the program's font in (device-independent) pixels."""
    return in_pixels(QGuiApplication.font())


def line_height() -> int:
    """Return the height of a line in the program's font, in pixels; fonts differ in that."""
    return math.ceil(QFontMetricsF(QGuiApplication.font()).height())


def digits(high: float) -> int:
    """Return how high letters are at best in a cell that is so high, both in pixels."""
    return round(high * LETTERS.share)


def in_pixels(font: QFont) -> float:
    """Return the size of a font in (device-independent) pixels, however it is given."""
    if font.pixelSize() > 0:
        return font.pixelSize()
    return font.pointSizeF() * QGuiApplication.primaryScreen().logicalDotsPerInchY() / 72


def measured(owner: _Owner, measure: Callable[[_Owner], object]) -> _Owner:
    """Give a widget or a layout its lengths by ``measure``, now and whenever the letters change.

    ``measure`` gets the owner handed, and should not hold it: neither would ever go.
    """
    measure(owner)
    _Measure(owner, measure)
    return owner


class _Measure(QObject):
    """Goes with its owner."""

    def __init__(self, owner: _Owner, measure: Callable[[_Owner], object]) -> None:
        super().__init__(owner)
        self._measure: Callable[..., object] = measure
        LETTERS.changed.connect(self._again)

    def _again(self) -> None:
        self._measure(self.parent())


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
