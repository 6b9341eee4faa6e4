"""What a picture of a network shows: its values, and the address of a cell in one of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnn_tutor.engine.explanation import Index
from cnn_tutor.study import numbers


@dataclass(frozen=True, eq=False)
class MapColumn:
    """One value of the network: its key, what stands over it, and its numbers, kept current."""

    key: str
    title: str
    detail: str
    values: npt.NDArray[np.floating]

    def spoken(self, at: Index) -> str:
        """Return what a screen reader says of a cell, and what its tool tip shows."""
        value = numbers.show(float(self.values[at]))
        return f"{self.title} [{','.join(map(str, at))}] = {value}"


@dataclass(frozen=True)
class Place:
    """A cell: the key of its column and its index in the tensor."""

    key: str
    index: Index
