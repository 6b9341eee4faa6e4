"""The open project, changed only through its undo stack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.network import Evaluation
from cnn_tutor.engine.region import Region
from cnn_tutor.project.project import Address, Project

Cells = Mapping[Index, float]

_EDIT_ID, _REPLACE_ID = 1, 2


@dataclass(frozen=True)
class Change:
    """What one edit of cells touched: the tensor and its cells, and each node's output region."""

    address: Address
    cells: tuple[Index, ...]
    outputs: Mapping[str, Region]


class Document(QObject):
    """What is open: the project, all its numbers and its undo stack.

    ``changed`` carries a :class:`Change` when cells got other numbers. ``replaced`` says that
    shapes or settings are others now; it carries True where it is other work altogether.
    """

    changed = Signal(object)
    replaced = Signal(bool)

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._show(project, other_work=True)

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
            LimitError: if a number can't stand there; nothing is changed then.
            IndexError: for what is no cell of the tensor; nothing is changed then.
        """
        # An exception inside a command would end the program, so all is checked before.
        self._project.check_cells(at, cells)
        tensor = self._project.tensor(at)
        new = {index: value for index, value in cells.items() if tensor[index] != value}
        if new:
            old = {index: float(tensor[index]) for index in new}
            self.undo_stack.push(_EditCells(self, at, old, new, gesture, text))

    def replace(
        self, project: Project, text: str, other_work: bool = False, gesture: int = 0
    ) -> None:
        """Put another project in the place of the open one; can be undone.

        ``other_work`` says that it is not the same work with another setting. What shares a
        ``gesture`` other than 0, such as all of one drag, is undone together.
        """
        command = _Replace(self, self._project, project, other_work, text)
        command.gesture = gesture
        self.undo_stack.push(command)

    def open(self, project: Project) -> None:
        """Start over with a project that has no history."""
        self.undo_stack.clear()
        self.undo_stack.setClean()  # clearing alone leaves restored work marked as unsaved
        self._show(project, other_work=True)

    def _show(self, project: Project, other_work: bool) -> None:
        self._project = project
        self._evaluation = Evaluation(project.network, project.x)
        self.replaced.emit(other_work)

    def _write(self, at: Address, cells: Cells) -> None:
        self._project = self._project.with_cells(at, cells)
        outputs = self._evaluation.set_cells(at.node, at.port, cells)
        self.changed.emit(Change(at, tuple(cells), outputs))


class _EditCells(QUndoCommand):
    def __init__(
        self, document: Document, at: Address, old: Cells, new: Cells, gesture: int, text: str
    ) -> None:
        super().__init__(text)
        self._document, self._at, self._gesture = document, at, gesture
        self._old, self._new = dict(old), dict(new)

    def id(self) -> int:
        return _EDIT_ID if self._gesture else -1

    def redo(self) -> None:
        self._document._write(self._at, self._new)

    def undo(self) -> None:
        self._document._write(self._at, self._old)

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _EditCells):
            return False
        if (other._at, other._gesture) != (self._at, self._gesture):
            return False
        self._old = {**other._old, **self._old}
        self._new = {**self._new, **other._new}
        self.setObsolete(self._new == self._old)
        return True


class _Replace(QUndoCommand):
    gesture = 0

    def __init__(
        self, document: Document, before: Project, after: Project, other_work: bool, text: str
    ) -> None:
        super().__init__(text)
        self._document, self._before, self._after = document, before, after
        self._other_work = other_work

    def redo(self) -> None:
        self._document._show(self._after, self._other_work)

    def undo(self) -> None:
        self._document._show(self._before, self._other_work)

    def id(self) -> int:
        return _REPLACE_ID if self.gesture else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Replace) or other.gesture != self.gesture:
            return False
        self._after = other._after
        return True
