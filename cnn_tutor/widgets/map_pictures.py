"""The numbers of a value as small pictures: a dot of colour for every cell."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from cnn_tutor.widgets import colours
from cnn_tutor.widgets.map_stack import MapStack
from cnn_tutor.widgets.shades import shade

_STEPS = 255


class MapPictures:
    """Pictures of a tensor's planes, painted when they are first looked at."""

    def __init__(self, values: npt.NDArray[np.floating]) -> None:
        self.values = values
        self._largest: float | None = None
        self._painted: tuple[tuple[object, ...], list[QImage]] | None = None

    @property
    def largest(self) -> float:
        """The largest number without its sign: the end of the scale."""
        if self._largest is None:
            self._largest = float(np.abs(self.values).max(initial=0.0))
        return self._largest

    def forget(self) -> None:
        """Paint anew what is looked at next: numbers are others now."""
        self._largest = self._painted = None

    def images(self, stack: MapStack) -> list[QImage]:
        """Return a picture for each plane of a stack, one pixel a cell."""
        made_for = (stack.rows, stack.columns, stack.planes, colours.current().dark)
        if self._painted is None or self._painted[0] != made_for:
            self._painted = made_for, self._paint(stack)
        return self._painted[1]

    def _paint(self, stack: MapStack) -> list[QImage]:
        planes = stack.pictured(self.values)
        shares = np.clip(planes / (self.largest or 1.0), -1, 1)
        places = np.rint((shares + 1) / 2 * (_STEPS - 1)).astype(np.intp)
        dots = np.ascontiguousarray(_palette(colours.current().dark)[places])
        rows, columns = stack.rows, stack.columns
        return [
            QImage(plane.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
            for plane in dots
        ]


@cache
def _palette(dark: bool) -> npt.NDArray[np.uint32]:
    """Return the scale as pixels; it is asked for in the theme that is on."""
    scale = (2 * n / (_STEPS - 1) - 1 for n in range(_STEPS))
    return np.array([shade(value, 1.0).rgb() for value in scale], np.uint32)
