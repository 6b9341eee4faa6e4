"""The numbers of a value as small pictures: a dot of colour for every cell."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from cnn_tutor.widgets.maps.map_stack import MapStack
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import images, largest


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
            self._largest = largest(self.values)
        return self._largest

    def forget(self) -> None:
        """Paint anew what is looked at next: numbers are others now."""
        self._largest = self._painted = None

    def images(self, stack: MapStack) -> list[QImage]:
        """Return a picture for each plane of a stack, one pixel a cell."""
        made_for = (stack.rows, stack.columns, stack.planes, colours.current().dark)
        if self._painted is None or self._painted[0] != made_for:
            self._painted = made_for, images(stack.pictured(self.values), self.largest)
        return self._painted[1]
