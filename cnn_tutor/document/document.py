"""The open project, changed only through its undo stack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from cnn_tutor.document.guarded import guarded_command
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.network import INPUT, Evaluation
from cnn_tutor.engine.region import Region
from cnn_tutor.project.project import Address, Project

Cells = Mapping[Index, float]

UNDO_LIMIT = 200
"""Commands kept on the undo stack; each board that was opened is kept whole, and they add up."""

_EDIT_ID, _REPLACE_ID = 1, 2


@dataclass(frozen=True)
class Change:
    """What one edit of cells touched: the tensor and its cells, and each node's output region."""

    address: Address
    cells: tuple[Index, ...]
    outputs: Mapping[str, Region]


class Document(QObject):
    """What is open: the project, all its numbers and its undo stack."""

    changed = Signal(object)
    """Emitted with a :class:`Change` when cells got other numbers."""

    replaced = Signal(bool)
    """Emitted when shapes or settings are others; with True where it is other work altogether."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        self._show(project, project.evaluated(), other_work=True)

    @property
    def project(self) -> Project:
        """The open project, a frozen value."""
        return self._project

    @property
    def evaluation(self) -> Evaluation:
        """Every number of the open project."""
        return self._evaluation

    def edit(self, at: Address, cells: Cells, text: str, gesture: int = 0) -> None:
        """Write numbers into cells of one tensor; can be undone under the name ``text``.

        Edits of one tensor that share a ``gesture`` other than 0, such as all of one drag, are
        undone together.

        Raises:
            Refusal: if a number can't stand there, or what it leads to can't be computed; nothing
                is changed then.
            IndexError: for what is no cell of the tensor; nothing is changed then.
        """
        # What fails inside a command can only be dropped, so all is checked before.
        self._project.check_cells(at, cells)
        tensor = self._project.tensor(at)
        new = {index: value for index, value in cells.items() if tensor[index] != value}
        if new:
            old = {index: float(tensor[index]) for index in new}
            command = _EditCells(self, at, old, new, gesture, text)
            command.outputs = self._tried(at, new, old)
            self.undo_stack.push(command)

    def replace(
        self, project: Project, text: str, other_work: bool = False, gesture: int = 0
    ) -> None:
        """Put another project in the place of the open one; can be undone.

        ``other_work`` says that it is not the same work with another setting. What shares a
        ``gesture`` other than 0, such as all of one drag, is undone together.

        Raises:
            Refusal: if its numbers can't be computed; nothing is changed then.
        """
        evaluation = project.evaluated()
        command = _Replace(self, self._project, project, other_work, text)
        command.gesture, command.evaluation = gesture, evaluation
        self.undo_stack.push(command)

    def begin(self, project: Project, text: str) -> None:
        """Put other work in the place of the open one, with nothing of the learner's in it yet.

        It can be undone under the name ``text``.

        Raises:
            Refusal: if its numbers can't be computed; nothing is changed then.
        """
        self.replace(project, text, other_work=True)
        self.undo_stack.setClean()

    def open(self, project: Project) -> None:
        """Start over with a project that has no history.

        Raises:
            Refusal: if its numbers can't be computed; nothing is changed then.
        """
        evaluation = project.evaluated()
        self.undo_stack.clear()
        self.undo_stack.setClean()  # clearing alone leaves restored work marked as unsaved
        self._show(project, evaluation, other_work=True)

    def mend(self) -> None:
        """Work all numbers out anew, as unsaved work, if an error has ended a change midway.

        Raises:
            Refusal: if they can't be computed.
        """
        if self._torn:
            self.undo_stack.resetClean()  # its stack has gone on all the same
            self._show(self._project, None, other_work=False)

    def _show(self, project: Project, evaluation: Evaluation | None, other_work: bool) -> None:
        self._torn = True
        evaluation = evaluation or project.evaluated()
        self._project, self._evaluation, self._torn = project, evaluation, False
        self.replaced.emit(other_work)

    def _tried(self, at: Address, cells: Cells, old: Cells) -> Mapping[str, Region]:
        """Put numbers into the evaluation; if it can't be computed with them, put back the old."""
        self._torn = True
        try:
            with np.errstate(all="ignore"):
                outputs = self._evaluation.set_cells(at.node, at.port, cells)
            for name, region in outputs.items():
                if name != INPUT and not np.isfinite(self._evaluation.value(name)[region]).all():
                    raise Refusal("not_finite_result", node=name)
        except Exception:
            self._evaluation.set_cells(at.node, at.port, old)
            self._torn = False
            raise
        return outputs

    def _write(self, at: Address, cells: Cells, outputs: Mapping[str, Region] | None) -> None:
        self._torn = True
        project = self._project.with_cells(at, cells)
        if outputs is None:
            outputs = self._evaluation.set_cells(at.node, at.port, cells)
        self._project, self._torn = project, False
        self.changed.emit(Change(at, tuple(cells), outputs))


class _EditCells(QUndoCommand):
    outputs: Mapping[str, Region] | None = None
    """What the first time has changed already, so that a refusal comes before the command."""

    def __init__(
        self, document: Document, at: Address, old: Cells, new: Cells, gesture: int, text: str
    ) -> None:
        super().__init__(text)
        self._document, self._at, self._gesture = document, at, gesture
        self._old, self._new = dict(old), dict(new)

    def id(self) -> int:
        return _EDIT_ID if self._gesture else -1

    @guarded_command
    def redo(self) -> None:
        self._document._write(self._at, self._new, self.outputs)
        self.outputs = None

    @guarded_command
    def undo(self) -> None:
        self._document._write(self._at, self._old, None)

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _EditCells):
            return False
        if (other._at, other._gesture) != (self._at, self._gesture):
            return False
        old, new = {**other._old, **self._old}, {**self._new, **other._new}
        self._old, self._new = old, new
        self.setObsolete(self._new == self._old)
        return True


class _Replace(QUndoCommand):
    gesture = 0
    evaluation: Evaluation | None = None
    """The numbers to show the first time, so that a refusal comes before the command."""

    def __init__(
        self, document: Document, before: Project, after: Project, other_work: bool, text: str
    ) -> None:
        super().__init__(text)
        self._document, self._before, self._after = document, before, after
        self._other_work = other_work

    @guarded_command
    def redo(self) -> None:
        evaluation, self.evaluation = self.evaluation, None
        self._document._show(self._after, evaluation, self._other_work)

    @guarded_command
    def undo(self) -> None:
        self._document._show(self._before, None, self._other_work)

    def id(self) -> int:
        return _REPLACE_ID if self.gesture else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Replace) or other.gesture != self.gesture:
            return False
        self._after = other._after
        return True
