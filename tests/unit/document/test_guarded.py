"""Undo commands that fail inside: the error is told, and all goes on."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QUndoCommand, QUndoStack

from cnn_tutor.document.document import Document
from cnn_tutor.document.guarded import guarded_command
from cnn_tutor.engine.network import INPUT, Evaluation
from cnn_tutor.project.project import Address, Project
from cnn_tutor.study.boards.presets import presets

X = Address(INPUT, "x")


def fail(*_: object) -> object:
    raise ZeroDivisionError


@pytest.fixture
def told(monkeypatch) -> list[BaseException]:
    errors: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: errors.append(error))
    return errors


class Command(QUndoCommand):
    fails = ""

    @guarded_command
    def redo(self) -> None:
        if self.fails == "redo":
            raise ValueError("in redo")

    @guarded_command
    def undo(self) -> None:
        if self.fails == "undo":
            raise ValueError("in undo")


@pytest.mark.parametrize("fails", ["redo", "undo"])
def test_a_command_that_fails_is_told_of_and_dropped(qapp, told, fails) -> None:
    stack = QUndoStack()
    for _ in range(50):
        stack.push(Command("good"))
        bad = Command("bad")
        bad.fails = fails
        stack.push(bad)
        stack.undo()
        del bad
    assert [str(error) for error in told] == [f"in {fails}"] * 50
    names = [stack.text(n) for n in range(stack.count())]
    assert "bad" not in names
    stack.push(Command("after"))
    assert stack.undoText() == "after"


@pytest.fixture
def saved(qapp) -> Document:
    """Work that is in a file, with 1 in its first cell."""
    document = Document(next(iter(presets().values())).project())
    document.edit(X, {(0, 0, 0): 1.0}, "1")
    document.undo_stack.setClean()
    return document


@pytest.mark.parametrize("owner", [Project, Evaluation])
@pytest.mark.parametrize("step", ["redo", "undo"])
def test_work_that_a_failing_command_leaves_is_not_called_saved(
    saved, told, monkeypatch, owner, step
) -> None:
    saved.edit(X, {(0, 0, 0): 42.0}, "42")
    if step == "redo":
        saved.undo_stack.undo()
        assert saved.undo_stack.isClean()
    with monkeypatch.context() as broken:
        broken.setattr(owner, "with_cells" if owner is Project else "set_cells", fail)
        getattr(saved.undo_stack, step)()
    assert len(told) == 1
    saved.mend()
    number = saved.project.x[0, 0, 0]
    assert saved.evaluation.value(INPUT)[0, 0, 0] == number
    assert number == (42 if step == "undo" else 1)
    assert not saved.undo_stack.isClean()


def test_another_setting_that_cannot_be_undone_is_not_called_saved(
    saved, told, monkeypatch
) -> None:
    other = next(iter(presets().values())).project()
    saved.replace(other, "other")
    with monkeypatch.context() as broken:
        broken.setattr(Project, "evaluated", fail)
        saved.undo_stack.undo()
    assert len(told) == 1
    saved.mend()
    assert saved.project is other
    assert not saved.undo_stack.isClean()


def test_what_an_error_has_not_touched_is_not_mended(saved) -> None:
    shown: list[bool] = []
    saved.replaced.connect(shown.append)
    saved.edit(X, {(0, 0, 0): 8.0}, "8")
    saved.mend()
    assert shown == []
    assert saved.undo_stack.undoText() == "8"
