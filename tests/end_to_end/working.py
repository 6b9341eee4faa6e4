"""Somebody who works without a pause and says each step, for a test to end it at any moment.

    python -m tests.end_to_end.working window|grid FOLDER DELAY_MS FIRST SAVES

writes the numbers from FIRST on into one cell, saves instead in such a part of all cases, and says
so: ``ready``, then ``edited``, ``saving`` and ``saved`` with the number.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.cli import session
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.document.autosave import autosave
from cnn_tutor.document.autosave.autosave import Autosave
from cnn_tutor.document.document import Document
from cnn_tutor.document.files import DocumentFile
from cnn_tutor.engine.network import INPUT
from cnn_tutor.project.project import Address
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.helpers.hanging import HANGS
from tests.helpers.lesson_window import enter

X = Address(INPUT, "x")
CELL = (0, 0, 0)

PACE_MS = 4
"""Between one thing that is done and the next, at least."""


class Worker:
    """Types into a cell, drags over it, undoes and saves."""

    def __init__(
        self, document: Document, file: DocumentFile, grid: TensorGrid, path: str, first: int
    ) -> None:
        self._document, self._file, self._grid, self._path = document, file, grid, path
        self._next, self._rng, self.saves = first, random.Random(first), 0.0

    def begin(self) -> None:
        """Come to the front."""
        window = self._grid.window()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window, HANGS * 1000)

    def work(self) -> None:
        """Do one thing more."""
        if self._rng.random() < self.saves:
            self._save()
            return
        edit = self._rng.choice((self._type, self._drag, self._drag, self._drag, self._undo))
        edit(self._next)
        assert self._document.project.x[CELL] == self._next
        self._say("edited", self._next)
        self._next += 1

    def _type(self, number: int) -> None:
        self._grid.setFocus()
        place = self._grid.tensor_model.cell_of(CELL)  # there can be padding around
        assert place
        self._grid.setCurrentIndex(self._grid.model().index(*place))
        enter(str(number))

    def _drag(self, number: int) -> None:
        self._document.edit(X, {CELL: number}, "drag", gesture=1)

    def _undo(self, number: int) -> None:
        self._document.edit(X, {CELL: number}, "edit")
        self._document.edit(X, {CELL: 0}, "edit")
        self._document.undo_stack.undo()

    def _save(self) -> None:
        number = int(self._document.project.x[CELL])
        self._say("saving", number)
        self._file.save(self._path)
        self._say("saved", number)

    def _say(self, what: str, number: int) -> None:
        print(what, number, flush=True)


def in_a_grid(folder: Path, first: int) -> Worker:
    """Return a worker without a window around the cells."""
    document = Document(presets()["blur"].project())
    file, grid = DocumentFile(document), TensorGrid("read", True)
    kept = Autosave(str(folder / "work"), document, file)
    kept.restore()

    def show() -> None:
        grid.tensor_model.show(document.project.x, (0,))

    document.changed.connect(show)
    document.replaced.connect(show)
    grid.cells_edited.connect(lambda cells, gesture: document.edit(X, cells, "edit", gesture))
    show()
    grid.show()
    return Worker(document, file, grid, str(folder / "mine.cnnt"), first)


def in_a_window(folder: Path, first: int) -> Worker:
    """Return a worker in the whole window, started as the program starts it."""
    QApplication.setApplicationName("cnn-tutor")
    preferences = Preferences()
    assert preferences.work_folder == str(folder / "data" / "cnn-tutor" / "work")
    window = MainWindow(preferences)
    options = argparse.Namespace(file=None, open=None, step=None, screenshot=None)
    assert session.Session(options)._open(window, preferences) is None
    if window.document.project.origin != "blur":
        window.open_chapter("blur")
    window.show()
    file, grid = window.files.file, window.findChild(TensorGrid, "x")
    return Worker(window.document, file, grid, str(folder / "mine.cnnt"), first)


def main() -> None:
    """Work until the end."""
    place, folder, delay, first, saves = sys.argv[1:]
    autosave.DELAY_MS = int(delay)
    kinds: dict[str, Callable[[Path, int], Worker]] = {"grid": in_a_grid, "window": in_a_window}
    app = QApplication(sys.argv[:1])
    worker = kinds[place](Path(folder), int(first))
    worker.saves = float(saves)
    worker.begin()
    print("ready", 0, flush=True)
    timer = QTimer()
    timer.timeout.connect(worker.work)
    timer.start(PACE_MS)
    app.exec()


if __name__ == "__main__":
    main()
