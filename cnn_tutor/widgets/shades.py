"""Colours for signed numbers: blue below zero, red above, the stronger the further from it."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QColor

from cnn_tutor.widgets import colours

_STEPS = 255

# Peter Kovesi's perceptually even maps, which colour-blind people can tell apart, too.
_LIGHT_MAP, _DARK_MAP = "CET-D9", "CET-D4"


def shade(value: float, largest: float) -> QColor:
    """Return the colour of a number between −``largest`` and ``largest``."""
    share = max(-1.0, min(value / largest, 1.0)) if largest else 0.0
    table = _table(colours.current().dark)
    return table[round((share + 1) / 2 * (_STEPS - 1))]


def ink_on(ground: QColor) -> str:
    """Return the text colour that stands out more from a ground."""
    red, green, blue = map(_linear, (ground.redF(), ground.greenF(), ground.blueF()))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if luminance > 0.179 else "#ffffff"  # where both have the same contrast


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


@cache
def _table(dark: bool) -> list[QColor]:
    import pyqtgraph  # takes a quarter of a second, and most windows never shade a cell

    scale = pyqtgraph.colormap.get(_DARK_MAP if dark else _LIGHT_MAP)
    return list(scale.getLookupTable(0.0, 1.0, _STEPS, mode=scale.QCOLOR))
