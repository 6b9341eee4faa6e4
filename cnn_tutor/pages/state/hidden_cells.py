"""Cells on a board that the learner is to fill in, whoever asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from cnn_tutor.document.guarded import guarded_command
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Index
from cnn_tutor.widgets.grids.answer_model import Asked
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid


class HiddenCells(QObject):
    """What the views of a page have to know of the cells that are asked for.

    A cell is addressed by the port of its grid and its index there. This one asks for nothing.
    """

    changed = Signal()
    """Emitted when something else is asked, or has been answered."""

    @property
    def asked(self) -> tuple[Index, ...]:
        """The output cells that are asked for, answered or not."""
        return ()

    @property
    def workings(self) -> bool:
        """Whether the products of an asked output are shown."""
        return True

    @property
    def worked_out(self) -> bool:
        """Whether the way to a number is on the board, be it shown or asked for."""
        return True

    @property
    def may_be_worked_out(self) -> bool:
        """Whether the way to a number will ever be on the board, which keeps room for it."""
        return True

    @property
    def highlights(self) -> bool:
        """Whether pointing at a cell, and the place of playback, highlight what goes with it."""
        return True

    @property
    def pointed(self) -> Mapping[str, tuple[Index, ...]]:
        """The cells that an exercise is about, by port: what is highlighted if nothing else is."""
        return MappingProxyType({})

    @property
    def open(self) -> tuple[str, Index] | None:
        """The port and the index of the first cell that is still to be answered."""
        return None

    def of(self, port: str) -> Asked | None:
        """Return what a grid has to know; None where nothing is asked for in it."""
        return None

    def is_asked(self, at: Index) -> bool:
        """Say whether an output cell is asked for, answered or not."""
        return False

    def hides(self, at: Index) -> bool:
        """Say whether nothing may show how an output cell comes about."""
        return False

    def is_blank(self, at: Index) -> bool:
        """Say whether an output cell's number is not shown in any view."""
        return False

    def masked(self, name: str) -> Array:
        """Return a node's numbers, or the input's: NaN where they would give an answer away."""
        raise NotImplementedError

    def follow(self, other_work: bool = False) -> bool:
        """See what is left to ask of the layer that is shown and of its numbers.

        Return whether other output cells are blank now; nothing is emitted.
        """
        return False

    def listen(self, port: str, grid: TensorGrid) -> None:
        """Take what is written and marked in the grid of a port."""
        grid.answered.connect(lambda at, number: self.write(port, at, number))
        grid.taken_back.connect(lambda at: self.take_back(port, at))
        grid.marked.connect(lambda at, marked: self.set_mark(port, at, marked))

    def write(self, port: str, at: Index, number: float) -> None:
        """Take a number that the learner has written; for a cell that isn't asked, nothing is."""

    def take_back(self, port: str, at: Index) -> None:
        """Take back what was written into a cell."""

    def set_mark(self, port: str, at: Index, marked: bool) -> None:
        """Take a mark that the learner has set, or taken away."""


class EntryCommand(QUndoCommand):
    """What was written into a cell that is asked for; ``put`` takes the old or the new entry."""

    def __init__(self, put: Callable[[Any], None], old: object, new: object, text: str) -> None:
        super().__init__(text)
        self._put, self._old, self._new = put, old, new

    @guarded_command
    def redo(self) -> None:
        self._put(self._new)

    @guarded_command
    def undo(self) -> None:
        self._put(self._old)
