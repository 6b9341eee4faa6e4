"""Project files: reading one, and which one is open."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QFileInfo, QObject, Signal

from cnn_tutor.document.document import Document
from cnn_tutor.document.writing import has_plain_name, write
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError, decode, encode
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.study.loading import load


def read(path: str) -> Project:
    """Return the project that a file holds.

    Raises:
        FileError: if it can't be read or is not a sound project.
    """
    return decode(_content(path))


def stamp(path: str) -> str:
    """Return a text that is another one once a file holds anything else; "" without a file."""
    try:
        return stamp_of(load(path, limits.MAX_FILE_BYTES))
    except FileError:
        return ""


def stamp_of(data: bytes) -> str:
    """Return the :func:`stamp` of a file that holds this."""
    return hashlib.sha256(data).hexdigest()  # the time of a file is not exact on every disk


def _content(path: str) -> bytes:
    if not has_plain_name(path):  # to save it would write another file
        raise FileError("file_open", detail=words.say("errors.cause_name"))
    return load(path, limits.MAX_FILE_BYTES)


class DocumentFile(QObject):
    """The file of the open document; ``path`` is empty for one that was never saved."""

    path_changed = Signal()
    """Emitted when the work belongs to another file, or to none."""

    saving = Signal()
    """Emitted just before the work is written."""

    strayed = Signal()
    """Emitted when the file is another one, or gone: the open work is in no file any more."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self.path = ""
        self.stamp = ""
        """The :func:`stamp` of the file as it was opened or saved last."""
        self._strayed = ""

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return QFileInfo(self.path).fileName()

    def new(self, project: Project) -> None:
        """Start over without a file."""
        self._document.open(project)
        self.attach("")

    def open(self, path: str) -> None:
        """Open a file; raises FileError and leaves the open work alone if that fails."""
        data = _content(path)
        self._document.open(decode(data))
        self._belong(path, stamp_of(data))

    def save(self, path: str) -> None:
        """Save the open work under a path; raises FileError if that fails."""
        self.saving.emit()
        data = encode(self._document.project)
        write(path, data)
        self._document.undo_stack.setClean()
        self._belong(path, stamp_of(data))

    def attach(self, path: str) -> None:
        """Take a file as the one that the open work belongs to; an empty path for none."""
        self._belong(path, stamp(path))

    def look(self) -> str:
        """Return what somebody else has done to the file: ``"gone"``, ``"changed"`` or nothing.

        The work is unsaved then, even if nothing was done to it: no file has it any more.
        """
        before, self._strayed = self._strayed, self._compared()
        if self._strayed and not before:
            self._document.undo_stack.resetClean()
            self.strayed.emit()
        return self._strayed

    def _compared(self) -> str:
        if not self.path or stamp(self.path) == self.stamp:
            return ""
        return "changed" if QFileInfo.exists(self.path) else "gone"

    def _belong(self, path: str, stamp: str) -> None:
        self.path = QFileInfo(path).absoluteFilePath() if path else ""
        self.stamp, self._strayed = stamp, ""
        self.path_changed.emit()
