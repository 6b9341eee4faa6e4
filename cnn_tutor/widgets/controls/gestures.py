"""What belongs together while the mouse is at work: a stroke over cells, a turn of the wheel."""

from __future__ import annotations

import itertools

GridCell = tuple[int, int]

_CLICK = 120
"""Eighths of a degree that Qt counts for one click of a wheel."""

_numbers = itertools.count(1)


def new_gesture() -> int:
    """Return the number of a new gesture, which no other has."""
    return next(_numbers)


class Stroke:
    """A drag over cells; ``gesture`` is the same from the press to the release."""

    def __init__(self, start: GridCell) -> None:
        self.start = start
        self.gesture = new_gesture()
        self._last = start

    def to(self, cell: GridCell) -> list[GridCell]:
        """Return the cells that the pointer has come over since the last one: a fast one skips."""
        (row, column), self._last = self._last, cell
        down, across = cell[0] - row, cell[1] - column
        steps = max(abs(down), abs(across))
        return [
            (row + round(down * n / steps), column + round(across * n / steps))
            for n in range(1, steps + 1)
        ]


class WheelTurn:
    """The wheel over one cell; ``gesture`` is the same until it turns over another."""

    def __init__(self) -> None:
        self.gesture = 0
        self._cell: GridCell | None = None
        self._rest = 0

    def turn(self, cell: GridCell, angle: int) -> int:
        """Return how many whole clicks the wheel has turned; fine wheels take several events."""
        if cell != self._cell:
            self._cell, self._rest, self.gesture = cell, 0, new_gesture()
        turned = self._rest + angle
        clicks = int(turned / _CLICK)
        self._rest = turned - clicks * _CLICK
        return clicks
