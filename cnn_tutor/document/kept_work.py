"""Keeps work that is in no file yet, so that neither quitting nor a crash loses it."""

from __future__ import annotations

from PySide6.QtCore import QDir, QFile, QFileInfo, QLockFile, QObject, QTimer, QUuid

from cnn_tutor.document.document import Document
from cnn_tutor.document.files import DocumentFile, read, write
from cnn_tutor.project.file import SUFFIX, FileError, encode

DELAY_MS = 1500
"""How long after an edit the work is kept, so that a burst of edits is written once."""

_PATH = ".path"
_LOCK = ".lock"


class KeptWork(QObject):
    """One file of its own for the unsaved work of one running program, locked while it runs.

    Each edit is kept a moment later; work that is saved or as it was needs no keeping, and the
    file goes. What another program or an earlier run has kept is never written over.
    """

    def __init__(self, folder: str, document: Document, file: DocumentFile) -> None:
        super().__init__(document)
        QDir().mkpath(folder)
        self._folder, self._document, self._file = folder, document, file
        self._name, self._lock = "", QLockFile("")
        self._claim(QUuid.createUuid().toString(QUuid.StringFormat.WithoutBraces))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._keep_quietly)
        document.undo_stack.indexChanged.connect(lambda _: self._timer.start())
        document.undo_stack.cleanChanged.connect(lambda _: self._timer.start())

    def restore(self) -> bool:
        """Put back the newest work that an earlier run has kept; return whether there was any."""
        own = (self._name, self._lock)
        newest_first = QDir(self._folder).entryInfoList(
            [f"*{SUFFIX}"], QDir.Filter.Files, QDir.SortFlag.Time
        )
        for info in newest_first:
            if not self._claim(info.completeBaseName()):
                continue  # it belongs to a program that is running
            try:
                project = read(info.filePath())
            except FileError:  # what can't be read stays where it is
                self._lock.unlock()
                self._name, self._lock = own
                continue
            own[1].unlock()
            self._document.open(project)
            self._document.undo_stack.resetClean()
            self._file.attach(_text(f"{self._folder}/{self._name}{_PATH}"))
            return True
        return False

    def keep(self) -> None:
        """Write the work now if it is in no file; raises FileError if that fails."""
        self._timer.stop()
        base = f"{self._folder}/{self._name}"
        if self._document.undo_stack.isClean():
            for ending in (SUFFIX, _PATH):
                QFile.remove(base + ending)
            return
        write(base + _PATH, self._file.path.encode())
        write(base + SUFFIX, encode(self._document.project))

    def release(self) -> None:
        """Let another run have what is kept."""
        self._timer.stop()
        self._lock.unlock()

    def _claim(self, name: str) -> bool:
        lock = QLockFile(f"{self._folder}/{name}{_LOCK}")
        lock.setStaleLockTime(0)  # only a program that runs no more has left its lock
        if not lock.tryLock(0):
            return False
        self._name, self._lock = name, lock
        return True

    def _keep_quietly(self) -> None:
        try:
            self.keep()
        except FileError:
            return  # said when the window is closed, where it matters


def _text(path: str) -> str:
    file = QFile(path)
    if not file.open(QFile.OpenModeFlag.ReadOnly):
        return ""
    found = bytes(file.readAll().data()).decode("utf-8", "replace")
    return found if QFileInfo.exists(found) else ""
