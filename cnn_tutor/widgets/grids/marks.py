"""Why a cell stands out while the learner points at something."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntFlag


class Mark(IntFlag):
    """What a cell is to the output that is looked at; each has a colour and a kind of outline."""

    NONE = 0
    READ = 1
    """It is read: amber."""
    WEIGHT = 2
    """It is a weight that is multiplied: blue."""
    WRITTEN = 4
    """It is the output that is looked at: green, a thick outline."""
    REACHED = 8
    """It is an output that the pointed-at cell takes part in: green, a dashed outline."""
    ACTIVE = 16
    """It belongs to the term that was added last: a thick outline."""
    WON = 32
    """It is the largest of its window: a green outline and a corner that is filled."""
    BEST = 64
    """It is the largest of some window that has been looked through: a filled corner."""


Marks = Mapping[tuple[int, int], Mark]
"""The marked cells of one grid by their row and column in it."""
