"""Places on a board in pixels, and how things beside each other share too little room."""

from __future__ import annotations

import bisect
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A place on the board in pixels; where there is no room left it is empty, never negative."""

    x: int
    y: int
    width: int
    height: int

    def __post_init__(self) -> None:
        for side in ("width", "height"):
            object.__setattr__(self, side, max(0, getattr(self, side)))

    @property
    def right(self) -> int:
        """The pixel after the last one."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The pixel under the last one."""
        return self.y + self.height


def shrunk(widths: list[int], room: int, least: int = 1, doubled: int = -1) -> list[int]:
    """Take from the widest first, so that a narrow thing beside a wide one stays whole.

    None becomes narrower than ``least``, even if there is too little room then. One may be
    ``doubled``: it counts as half as wide as it is.
    """
    if sum(widths) <= room or not widths:
        return list(widths)

    def cut(level: int) -> list[int]:
        return [
            min(width, max(least, level * (2 if place == doubled else 1)))
            for place, width in enumerate(widths)
        ]

    # The largest level at which all have room; what is left over goes to some of the next one.
    levels = range(max(widths) + 1)
    level = max(0, bisect.bisect_right(levels, room, key=lambda n: sum(cut(n))) - 1)
    taken = cut(level)
    for place, wider in enumerate(cut(level + 1)):
        taken[place] += max(0, min(room - sum(taken), wider - taken[place]))
    return taken
