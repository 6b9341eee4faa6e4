"""Runs of the program one after the other, as far as their unsaved work is concerned."""

from __future__ import annotations

from pathlib import Path

from cnn_tutor.document.autosave import folder as work_folder
from cnn_tutor.document.autosave.autosave import Autosave
from cnn_tutor.document.autosave.folder import Snapshot
from cnn_tutor.document.document import Document
from cnn_tutor.document.files import DocumentFile
from cnn_tutor.project.file import FileError
from cnn_tutor.project.project import Address
from tests.unit.document.test_document import X, project

CELL = (0, 0, 0)


class Run:
    """One run of the program, as far as its work is concerned."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.document = Document(project())
        self.file = DocumentFile(self.document)
        self.autosave = Autosave(str(folder), self.document, self.file)
        self.faults: list[FileError] = []
        self.autosave.failed.connect(self.faults.append)

    def edit(self, value: float, gesture: int = 0, at: Address = X) -> None:
        self.document.edit(at, {CELL: value}, "edit", gesture)

    def work(self, value: float) -> None:
        """Have unsaved work kept."""
        self.edit(value)
        self.autosave.keep()

    def wait(self) -> None:
        """Let the time go by after which work is kept."""
        self.autosave._timer.timeout.emit()

    def leave(self, value: float) -> None:
        """Go on to something else, with unsaved work."""
        self.edit(value)
        assert self.autosave.put_aside()
        self.document.begin(project(channels=3), "open")
        self.wait()

    def end(self) -> None:
        """End as a killed program does: what is kept stays as it is, and nobody locks it."""
        self.autosave.release()

    @property
    def value(self) -> float:
        return float(self.document.project.x[CELL])

    @property
    def copies(self) -> list[float]:
        """What is kept in the folder now, by the number in one cell."""
        return sorted(by_value(self.folder))

    @property
    def waiting(self) -> list[float]:
        """What waits, in its order, by the number in one cell."""
        names = [work.name for work in self.autosave.waiting()]
        found = [work_folder.read(str(self.folder), name) for name in names]
        return [float(copy.project.x[CELL]) for copy in found]


def decoded(path: Path) -> Snapshot:
    return work_folder.read(str(path.parent), path.stem)


def by_value(folder: Path) -> dict[float, Path]:
    return {float(decoded(path).project.x[CELL]): path for path in folder.glob("*.work")}


def next_run(run: Run) -> tuple[Run, Snapshot | None]:
    run.end()
    following = Run(run.folder)
    return following, following.autosave.restore()


def left(folder: Path, *values: float) -> None:
    """Leave works in the folder, one after the other, as killed programs do."""
    runs = [Run(folder) for _ in values]
    for run, value in zip(runs, values, strict=True):
        run.work(value)
    for run in runs:
        run.end()
