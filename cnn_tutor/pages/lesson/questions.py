"""What the learner is asked: output cells whose numbers are to be found rather than read off."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from cnn_tutor.document.document import Document
from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.pages.state.hidden_cells import EntryCommand, HiddenCells
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.study import numbers
from cnn_tutor.widgets.grids.answer_model import Asked


class Questions(HiddenCells):
    """Output cells of the shown layer that the learner is asked for, and what was written there.

    They belong to the layer that is shown when they are asked: while another one is, nothing is
    asked, and other work takes them away. Entries are no part of the document, but are undone like
    its edits; whether they are right is judged by the numbers as they are now.
    """

    answered = Signal(object, float, bool)
    """Emitted when the learner has answered a cell, with its index, the number, and whether it is
    right."""

    def __init__(
        self, document: Document, shown: ShownLayer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._shown = document, shown
        self._name = ""
        self._cells: dict[Index, None] = {}
        self._entries: dict[Index, float] = {}
        self._workings = False
        self._hidden: frozenset[Index] = frozenset()

    def ask(self, cells: Collection[Index], workings: bool) -> None:
        """Ask for these output cells of the shown layer, and for no others.

        With ``workings`` their products are shown, and only sums and results are left to the
        learner; without, the whole way is. What is no cell of the output is not asked for.
        """
        self._name, self._workings = self._shown.name, workings
        self._cells = dict.fromkeys(map(tuple, cells))
        self._entries.clear()
        self._tell()

    def clear(self) -> None:
        """Ask for nothing."""
        if self._cells:
            self._cells.clear()
            self._entries.clear()
            self._tell()

    @property
    def asked(self) -> tuple[Index, ...]:
        if self._shown.name != self._name:
            return ()
        return tuple(at for at in self._cells if self._exists(at))

    @property
    def workings(self) -> bool:
        return self._workings

    @property
    def all_right(self) -> bool:
        """Whether something is asked and all of it has been answered rightly."""
        return bool(self._cells) and all(self.right(at) for at in self._cells)

    @property
    def open(self) -> tuple[str, Index] | None:
        return next(((OUTPUT, at) for at in self.asked if self.hides(at)), None)

    def of(self, port: str) -> Asked | None:
        return self if port == OUTPUT and self.asked else None

    @property
    def gone(self) -> bool:
        """Whether something was asked for that is not on the board any more."""
        return len(self.asked) < len(self._cells)

    def is_asked(self, at: Index) -> bool:
        return at in self._cells and self._shown.name == self._name and self._exists(at)

    def entry(self, at: Index) -> float | None:
        """Return what was written last into a cell; None where nothing is."""
        return self._entries.get(at) if self.is_asked(at) else None

    def right(self, at: Index) -> bool | None:
        """Say whether what was written is what the cell holds now; None where nothing is."""
        written = self.entry(at)
        if written is None:
            return None
        return numbers.agree(written, float(self._document.evaluation.value(self._name)[at]))

    def marked(self, at: Index) -> bool | None:
        """Return None: numbers are asked for, not marks."""
        return None

    def hides(self, at: Index) -> bool:
        return self.is_asked(at) and not self.right(at)

    def is_blank(self, at: Index) -> bool:
        return at in self._hidden

    def answer(self, at: Index, number: float) -> None:
        """Take a number that the learner has written; for a cell that isn't asked, nothing is."""
        if self.is_asked(at):
            self._write(at, number, self.tr("Answer"))
            self.answered.emit(at, number, bool(self.right(at)))

    def write(self, port: str, at: Index, number: float) -> None:
        if port == OUTPUT:
            self.answer(at, number)

    def take_back(self, port: str, at: Index) -> None:
        if port == OUTPUT and at in self._entries:
            self._write(at, None, self.tr("Take an answer back"))

    def put(self, at: Index, number: float | None) -> None:
        """Let an entry be another one, or none, as when it is undone."""
        if number is None:
            self._entries.pop(at, None)
        elif self.is_asked(at):
            self._entries[at] = number
        self._tell()

    def _write(self, at: Index, number: float | None, text: str) -> None:
        command = EntryCommand(partial(self.put, at), self._entries.get(at), number, text)
        self._document.undo_stack.push(command)

    def masked(self, name: str) -> Array:
        """Return a node's numbers, or the input's: NaN where they would give an answer away.

        That is where something is asked for, and in later layers all that is computed from it.
        With nothing to hide it is the array itself, which stays current; else a copy.
        """
        network, values = self._document.project.network, self._document.evaluation.value(name)
        if not self._hidden or name not in {node.name for node in network.nodes}:
            return values
        place, last = network.position(self._name), network.position(name)
        if last < place:
            return values
        hidden = values.copy()
        for at in self._hidden:
            region = regions.cell(at)
            for node in network.nodes[place + 1 : last + 1]:
                region = node.layer.reached("x", region, network.shapes(node.name))
            hidden[region] = np.nan
        return hidden

    def follow(self, other_work: bool = False) -> bool:
        if other_work:
            self._cells.clear()
        self._entries = {at: n for at, n in self._entries.items() if self._exists(at)}
        before = self._hidden
        self._hidden = frozenset(at for at in self.asked if not self.right(at))
        return self._hidden != before

    # --- inside ----------------------------------------------------------------------------------

    def _tell(self) -> None:
        self.follow()
        self.changed.emit()

    def _exists(self, at: Index) -> bool:
        try:
            shape = self._document.project.network.shape(self._name)
        except KeyError:  # the layer has been removed
            return False
        return regions.has(at, shape)
