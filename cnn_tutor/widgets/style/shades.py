"""Colours for numbers: blue below zero, red above, the stronger the further from it.

Pictures are grey instead. Cells have a quiet tint of them, or, where that is wanted, all of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from cnn_tutor.engine.arrays import Array
from cnn_tutor.widgets.style import colours

_STEPS = 255

# Peter Kovesi's perceptually even maps, which colour-blind people can tell apart, too.
_LIGHT_MAP, _DARK_MAP = "CET-D9", "CET-D4"

_ENDS = ("#2480fe", "#e65037")
"""Where these maps end, below and above zero."""

_QUIET, _LEVELS = 0.18, 24
"""How much of a colour a quiet tint has at most, and in how many steps it comes to that."""


@dataclass(frozen=True)
class Shading:
    """How the cells of a grid are coloured by their numbers, from −``largest`` to ``largest``.

    A ``picture`` is grey, the stronger the larger its numbers are. Usually it is a quiet tint, on
    which text keeps its colours; a ``strong`` shading has all colours of the scale.
    """

    largest: float
    picture: bool = False
    strong: bool = False

    def ground(self, value: float, theme: colours.Colours) -> QColor | None:
        """Return the ground of a cell; None where it has no tint."""
        if self.strong:
            return shade(value, self.largest)
        level = round(_LEVELS * _share(value, self.largest))
        if not level or (self.picture and level < 0):
            return None
        ink = theme.text if self.picture else _ENDS[level > 0]
        return colours.blend(ink, theme.cell, _QUIET * abs(level) / _LEVELS)


def shade(value: float, largest: float) -> QColor:
    """Return the colour of a number between −``largest`` and ``largest``."""
    table = _table(colours.current().dark)
    return table[round((_share(value, largest) + 1) / 2 * (_STEPS - 1))]


def largest(values: Array) -> float:
    """Return the end of a scale for numbers: the largest without its sign that is finite."""
    found = float(max(values.max(initial=0.0), -values.min(initial=0.0)))
    if math.isfinite(found):
        return found
    return float(np.abs(values[np.isfinite(values)]).max(initial=0.0))


def shares(values: Array, largest: float) -> Array:
    """Return numbers as parts of the largest, from −1 to 1; what is not a number counts as 0."""
    parts: Array = np.clip(np.nan_to_num(values / (largest or 1.0)), -1.0, 1.0)
    return parts


def images(planes: Array, largest: float) -> list[QImage]:
    """Return a picture for each plane of (planes, rows, columns), a pixel a cell."""
    places = np.rint((shares(planes, largest) + 1) / 2 * (_STEPS - 1)).astype(np.intp)
    return _pictures(_pixels(colours.current().dark)[places])


def tints(planes: Array, shading: Shading | None) -> list[QImage]:
    """Return a picture for each plane of (planes, rows, columns) as cells would be tinted."""
    theme = colours.current()
    if shading is None:
        dots = np.full(planes.shape, QColor(theme.cell).rgb(), np.uint32)
    else:
        parts = np.linspace(-1.0, 1.0, 2 * _LEVELS + 1)
        grounds = (Shading(1.0, shading.picture).ground(part, theme) for part in parts)
        table = np.array([(g or QColor(theme.cell)).rgb() for g in grounds], np.uint32)
        dots = table[np.rint((shares(planes, shading.largest) + 1) * _LEVELS).astype(np.intp)]
    return _pictures(dots)


def ink_on(ground: QColor) -> str:
    """Return the text colour that stands out more from a ground."""
    red, green, blue = map(_linear, (ground.redF(), ground.greenF(), ground.blueF()))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if luminance > 0.179 else "#ffffff"  # where both have the same contrast


def _pictures(dots: npt.NDArray[np.uint32]) -> list[QImage]:
    dots = np.ascontiguousarray(dots)
    _, rows, columns = dots.shape
    return [
        QImage(plane.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
        for plane in dots
    ]


def _share(value: float, largest: float) -> float:
    if math.isinf(value):
        return math.copysign(1.0, value)
    share = value / largest if largest else 0.0
    return 0.0 if math.isnan(share) else max(-1.0, min(share, 1.0))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


@cache
def _table(dark: bool) -> list[QColor]:
    import pyqtgraph  # takes a quarter of a second, and most windows never shade a cell

    scale = pyqtgraph.colormap.get(_DARK_MAP if dark else _LIGHT_MAP)
    return list(scale.getLookupTable(0.0, 1.0, _STEPS, mode=scale.QCOLOR))


@cache
def _pixels(dark: bool) -> npt.NDArray[np.uint32]:
    return np.array([colour.rgb() for colour in _table(dark)], np.uint32)
