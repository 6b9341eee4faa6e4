"""Runs of the program one after the other, as far as their unsaved work is concerned."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QDateTime

from cnn_tutor.document.autosave.autosave import KeptWork
from cnn_tutor.document.autosave.snapshot import KeptCopy, decode_copy
from cnn_tutor.document.document import Document
from cnn_tutor.document.files import DocumentFile
from cnn_tutor.project.file import FileError, encode
from cnn_tutor.project.project import Address
from tests.unit.document.test_document import X, project

CELL = (0, 0, 0)


class Run:
    """One run of the program, as far as its work is concerned."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.document = Document(project())
        self.file = DocumentFile(self.document)
        self.kept = KeptWork(str(folder), self.document, self.file)
        self.faults: list[FileError] = []
        self.kept.failed.connect(self.faults.append)

    def edit(self, value: float, gesture: int = 0, at: Address = X) -> None:
        self.document.edit(at, {CELL: value}, "edit", gesture)

    def end(self) -> None:
        """End as a killed program does: what is kept stays as it is, and nobody locks it."""
        self.kept.release()

    @property
    def value(self) -> float:
        return float(self.document.project.x[CELL])

    @property
    def copies(self) -> list[float]:
        """What is kept in the folder now, by the number in one cell."""
        return [
            float(copy.project.x[CELL])
            for path in sorted(self.folder.glob("*.work"))
            if (copy := decoded(path))
        ]


def decoded(path: Path) -> KeptCopy:
    return decode_copy(path.read_bytes(), QDateTime.currentDateTime())


def next_run(run: Run) -> tuple[Run, KeptCopy | None]:
    run.end()
    following = Run(run.folder)
    return following, following.kept.restore()


def old_form(folder: Path, name: str, value: float, path: str = "", age: int = 0) -> None:
    folder.mkdir(exist_ok=True)
    document = Document(project())
    document.edit(X, {CELL: value}, "edit")
    (folder / f"{name}.cnnt").write_bytes(encode(document.project))
    (folder / f"{name}.path").write_text(path, "utf-8")
    moment = (folder / f"{name}.cnnt").stat().st_mtime - age
    os.utime(folder / f"{name}.cnnt", (moment, moment))
