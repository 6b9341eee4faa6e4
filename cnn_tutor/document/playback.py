"""Playback of a layer's output: where it stands, what it has reached, and playing it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from cnn_tutor.engine.explanation import Explanation, Index, Shape

TermsAt = Callable[[Index], int]

BASE_INTERVAL = 800
"""Milliseconds between steps at speed 1."""

_LOOKED_AT_LIMIT = 64
"""Cells that are looked at one by one; of more, some stand for all."""


class Place(NamedTuple):
    """Where playback stands."""

    cell: int
    terms: int
    """How many terms of the cell have been added up."""

    reached: int
    """How many cells have been reached."""


class Playback(QObject):
    """A place among all output cells: map by map, row by row, term by term if wanted.

    ``position`` counts from 1 to ``count``. Playing hides the cells after the place;
    pointing at a cell only moves the place. A cell of fewer terms than the others, as at the edge
    of a pooled map, has the same share of the positions, but no steps at the end of it.
    """

    moved = Signal()
    """Emitted when the place, or what has been reached, is another."""

    playing_changed = Signal(bool)
    """Emitted when it begins or ceases to go on by itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shape: Shape = (1,)
        self._terms = 1
        self._terms_at: TermsAt | None = None
        self._cell = 0
        self._term = 1
        self._reached = 1
        self.by_terms = False
        self._timer = QTimer(self)
        self._timer.setInterval(BASE_INTERVAL)
        self._timer.timeout.connect(self._tick)

    @property
    def cells(self) -> int:
        """How many output cells there are."""
        return int(np.prod(self._shape))

    @property
    def at(self) -> Index:
        """The output cell that is looked at."""
        return self._index(self._cell)

    @property
    def terms(self) -> int:
        """How many terms of that cell have been added up."""
        return self._term if self.by_terms else self._terms

    @property
    def most_terms(self) -> int:
        """How many terms the cell with the most of them has."""
        return self._terms

    @property
    def cell_done(self) -> bool:
        """Whether every term of that cell has been added up."""
        return self.terms >= self._terms or self.terms >= self._has(self._cell)

    @property
    def count(self) -> int:
        """How many steps the whole playback has."""
        return self.cells * (self._terms if self.by_terms else 1)

    @property
    def position(self) -> int:
        """The step that the playback is at, from 1."""
        return self.count if self.at_end else self._raw

    @property
    def interval(self) -> int:
        """Milliseconds between steps at the speed that is set."""
        return self._timer.interval()

    @property
    def playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    def reached(self, at: Index) -> bool:
        """Say whether an output cell is to be shown yet."""
        place = self._place(at)
        return place < self._reached and (place != self._cell or self.cell_done)

    @property
    def place(self) -> Place:
        """Where it stands, to be compared with where it stood before."""
        return Place(self._cell, self.terms, self._reached)

    def touched_since(self, old: Place) -> tuple[Index, ...] | None:
        """Return the cells that may look different since then; None where they are many."""
        turned = range(min(old.reached, self._reached), max(old.reached, self._reached))
        if len(turned) > _LOOKED_AT_LIMIT or max(old.cell, turned.stop - 1) >= self.cells:
            return None  # the last of another shape
        return tuple(map(self._index, sorted({old.cell, self._cell, *turned})))

    @property
    def all_reached(self) -> bool:
        """Whether no output cell is hidden."""
        return self._reached == self.cells and self.cell_done

    def start(self, shape: Shape, terms: int, terms_at: TermsAt | None = None) -> None:
        """Begin anew for an output of this shape and cells of this many terms: all reached.

        ``terms_at`` says how many a cell has where that differs; ``terms`` is the most then.
        """
        self.pause()
        self._shape, self._terms, self._terms_at = shape, terms, terms_at
        self._cell, self._reached = self.cells - 1, self.cells
        self._term = self._has(self._cell)
        self.moved.emit()

    def go_on(self, shape: Shape, terms: int, terms_at: TermsAt | None = None) -> None:
        """Stay at the place if the output still has it, as when a setting was changed."""
        if shape != self._shape:
            self.start(shape, terms, terms_at)
            return
        self._terms_at = terms_at
        if terms != self._terms:
            self._terms = terms
            self._term = self._has(self._cell)
        self._term = min(self._term, self._has(self._cell))
        self.moved.emit()

    def set_by_terms(self, by_terms: bool) -> None:
        """Play term by term, or cell by cell."""
        self.by_terms = by_terms
        self._term = self._has(self._cell)
        self.moved.emit()

    def point_at(self, at: Index) -> None:
        """Look at one output cell; if it was still hidden, playback has reached it then."""
        self.pause()
        if not self.cell_done:
            self._reached = min(self._reached, self._cell)  # it has not been shown yet
        self._cell = self._place(at)
        self._term = self._has(self._cell)
        self._reached = max(self._reached, self._cell + 1)
        self.moved.emit()

    def stand_at(self, at: Index, hide_later: bool = False, terms: int = 0) -> None:
        """Look at one output cell, the last one for (), and hide those after it if wanted.

        With ``terms`` it goes on term by term from there, so many of them added up.
        """
        self.pause()
        self.by_terms = terms > 0
        self._cell = self._place(at) if at else self.cells - 1
        self._term = min(terms, self._has(self._cell)) or self._has(self._cell)
        self._reached = self._cell + 1 if hide_later else self.cells
        self.moved.emit()

    def stand_like(self, other: Playback) -> None:
        """Stand where another playback of the same output stands, as fast as it is."""
        self.pause()
        self._timer.setInterval(other.interval)
        self.by_terms = other.by_terms
        self._cell, self._term, self._reached = other._cell, other._term, other._reached
        self.moved.emit()

    def seek(self, position: int) -> None:
        """Go to a step; what lies after it is hidden."""
        place = max(1, min(position, self.count)) - 1
        if self.by_terms:
            self._cell, self._term = place // self._terms, place % self._terms + 1
            self._term = min(self._term, self._has(self._cell))
        else:
            self._cell, self._term = place, self._terms
        self._reached = self._cell + 1
        self.moved.emit()

    def first(self) -> None:
        """Go to the first step."""
        self._jump(1)

    def back(self) -> None:
        """Go one step back."""
        self._jump(self._raw - 1)

    def forward(self) -> None:
        """Go one step on."""
        self._jump(self._next)

    def last(self) -> None:
        """Go to the last step, where nothing is hidden."""
        self._jump(self.count)

    def play(self) -> None:
        """Go on by itself; from the first step if it is at the last."""
        if self.at_end:
            self.seek(1)
        if not self.playing and self.count > 1:
            self._timer.start()
            self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stop going on by itself."""
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def set_speed(self, speed: float) -> None:
        """Set how fast it goes on by itself, as a multiple of the usual speed."""
        self._timer.setInterval(max(1, round(BASE_INTERVAL / speed)))

    def _jump(self, position: int) -> None:
        self.pause()
        self.seek(position)

    def _tick(self) -> None:
        self.seek(self._next)
        if self.at_end:
            self.pause()

    @property
    def _next(self) -> int:
        """The position after this one, past those that a cell of few terms leaves empty."""
        if self.by_terms and self.cell_done:
            return (self._cell + 1) * self._terms + 1
        return self._raw + 1

    @property
    def _raw(self) -> int:
        """The position as its cell and term make it, which may end before the last one."""
        return self._cell * self._terms + self._term if self.by_terms else self._cell + 1

    @property
    def at_end(self) -> bool:
        """Whether there is no step after this one."""
        return self._cell == self.cells - 1 and self.cell_done

    def _has(self, cell: int) -> int:
        """How many terms a cell has."""
        if self._terms_at is None:
            return self._terms
        return max(1, min(self._terms, self._terms_at(self._index(cell))))

    def _index(self, place: int) -> Index:
        maps_first = len(self._shape) > 2  # maps come one after the other: the last axis is slowest
        axes = (self._shape[-1], *self._shape[:-1]) if maps_first else self._shape
        index = tuple(map(int, np.unravel_index(place, axes)))
        return (*index[1:], index[0]) if maps_first else index

    def _place(self, at: Index) -> int:
        maps_first = len(self._shape) > 2
        place = at[-1] if maps_first else 0
        for i, n in zip(at, self._shape[:-1] if maps_first else self._shape, strict=False):
            place = place * n + i
        return place


def term_count(explanation: Explanation) -> int:
    """Return how many terms a playback shows for one cell: those of all steps."""
    return sum(len(step.terms) for step in explanation.steps)


def most_terms(explain: Callable[[Index], Explanation], shape: Shape) -> int:
    """Return how many terms the output cell with the most of them has.

    Of a large output the cells at its ends and in its middle are asked, where windows differ.
    """
    return max(term_count(explain(at)) for at in ends_and_middle(shape))


def ends_and_middle(shape: Shape) -> Iterator[Index]:
    """Go through the cells at the ends and in the middle of a tensor, or all of a small one."""
    axes = [
        sorted({0, n // 2, n - 1}) if np.prod(shape) > _LOOKED_AT_LIMIT else range(n) for n in shape
    ]
    return itertools.product(*axes)
