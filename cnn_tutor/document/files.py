"""Reads and writes project files, and remembers which one is open."""

from __future__ import annotations

from PySide6.QtCore import QFile, QFileInfo, QIODevice, QObject, QSaveFile, Signal

from cnn_tutor.document.document import Document
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError, decode, encode
from cnn_tutor.project.project import Project


def read(path: str) -> Project:
    """Return the project that a file holds.

    Raises:
        FileError: if it can't be read or is not a sound project.
    """
    file = QFile(path)
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileError("file_open", detail=file.errorString())
    # One byte more than allowed is enough to know that it is too large.
    data = bytes(file.read(limits.MAX_FILE_BYTES + 1).data())
    file.close()
    return decode(data)


def write(path: str, data: bytes) -> None:
    """Write a whole file or nothing: it is made beside the old one and then takes its place.

    Raises:
        FileError: if it can't be written; the old file is as it was.
    """
    file = QSaveFile(path)
    if not (
        file.open(QIODevice.OpenModeFlag.WriteOnly)
        and file.write(data) == len(data)
        and file.commit()
    ):
        raise FileError("file_save", detail=file.errorString())


class DocumentFile(QObject):
    """The file of the open document; ``path`` is empty for one that was never saved."""

    path_changed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self.path = ""

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return QFileInfo(self.path).fileName()

    def new(self, project: Project) -> None:
        """Start over without a file."""
        self._document.open(project)
        self._set_path("")

    def open(self, path: str) -> None:
        """Open a file; raises FileError and leaves the open work alone if that fails."""
        project = read(path)
        self._document.open(project)
        self._set_path(path)

    def save(self, path: str) -> None:
        """Save the open work under a path; raises FileError if that fails."""
        write(path, encode(self._document.project))
        self._document.undo_stack.setClean()
        self._set_path(path)

    def attach(self, path: str) -> None:
        """Take a file as the one that the open work belongs to; an empty path for none."""
        self._set_path(path)

    def _set_path(self, path: str) -> None:
        self.path = QFileInfo(path).absoluteFilePath() if path else ""
        self.path_changed.emit()
