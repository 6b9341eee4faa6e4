"""How a number is written into a cell: smaller if need be, shortened as a last resort."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF

from cnn_tutor.study import numbers
from cnn_tutor.widgets.style.sizes import LETTERS, px

_LEAST, _LEAST_ZOOMED = 12, 8


def smallest_letters() -> int:
    """Return the size of letters, in pixels, that smaller ones are not read.

    Who zooms out wants to see more at a time, and reads smaller ones.
    """
    return max(_LEAST_ZOOMED, px(_LEAST), round(_LEAST * min(1.0, LETTERS.scale)))


@lru_cache(maxsize=8192)
def fit(value: float, width: int, size: int, family: str, bold: bool) -> tuple[str, QFont]:
    """Return how to write a number in a cell: smaller if need be, shortened as a last resort.

    ``width`` and ``size`` are in pixels; the text's height is ``size`` where there is room.
    """
    text = numbers.show(value)
    font = QFont(family)
    font.setBold(bold)
    font.setPixelSize(size)
    if QFontMetricsF(font).horizontalAdvance(text) <= width:
        return text, font
    text = numbers.brief(value)  # large and cut is read more easily than whole and tiny
    least = min(smallest_letters(), size)
    for pixels in range(size, least - 1, -1):
        font.setPixelSize(pixels)
        if QFontMetricsF(font).horizontalAdvance(text) <= width:
            return text, font
    metrics = QFontMetricsF(font)
    for letters in range(len(text) - 1, 1, -1):
        short = numbers.shorten(value, letters)
        if metrics.horizontalAdvance(short) <= width:
            return short, font
    # Not even that: better tiny than over the neighbours.
    while metrics.horizontalAdvance(text) > width and font.pixelSize() > 1:
        font.setPixelSize(font.pixelSize() - 1)
        metrics = QFontMetricsF(font)
    return text, font
