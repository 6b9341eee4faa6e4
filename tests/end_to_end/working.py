"""Somebody who works in the window without a pause and says each step, to be killed at any moment.

    python -m tests.end_to_end.working FOLDER DELAY_MS FIRST SAVES

writes the numbers from FIRST on into one cell, saves instead in such a part of all cases, and says
so: ``ready``, then ``edited``, ``saving`` and ``saved`` with the number.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.document.autosave import autosave
from cnn_tutor.engine.network import INPUT
from cnn_tutor.project.project import Address
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.helpers.hanging import HANGS
from tests.helpers.lesson_window import enter
from tests.helpers.unsaved import restored

X = Address(INPUT, "x")
CELL = (0, 0, 0)

PACE_MS = 4
"""Between one thing that is done and the next, at least."""


class Worker:
    """Types into a cell of the program's window, drags over it, undoes and saves."""

    def __init__(self, window: MainWindow, path: str, first: int, saves: float) -> None:
        self._document, self._file, self._path = window.document, window.files.file, path
        self._grid = window.findChild(TensorGrid, "x")
        self._next, self._rng, self._saves = first, random.Random(first), saves

    def work(self) -> None:
        """Do one thing more."""
        if self._rng.random() < self._saves:
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


def started(folder: Path) -> MainWindow:
    """Return the window, as the program starts it."""
    QApplication.setApplicationName("cnn-tutor")
    preferences = Preferences()
    assert preferences.work_folder == str(folder / "data" / "cnn-tutor" / "work")
    window = restored(MainWindow(preferences), preferences)
    if window.document.project.origin != "blur":
        window.open_chapter("blur")
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, HANGS * 1000)
    return window


def main() -> None:
    """Work until the end."""
    folder, delay, first, saves = sys.argv[1:]
    autosave.DELAY_MS = int(delay)
    app = QApplication(sys.argv[:1])
    window = started(Path(folder))
    worker = Worker(window, str(Path(folder, "mine.cnnt")), int(first), float(saves))
    print("ready", 0, flush=True)
    timer = QTimer()
    timer.timeout.connect(worker.work)
    timer.start(PACE_MS)
    app.exec()


if __name__ == "__main__":
    main()
