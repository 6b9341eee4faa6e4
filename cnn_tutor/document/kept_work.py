"""Keeps work that is in no file yet, so that neither quitting nor a crash loses it."""

from __future__ import annotations

from PySide6.QtCore import QDir, QFileInfo, QLockFile, QObject, QTimer, QUuid, Signal

from cnn_tutor.document import work_folder
from cnn_tutor.document.document import Document
from cnn_tutor.document.files import DocumentFile, stamp, stamp_of, write
from cnn_tutor.document.kept_copy import SUFFIX, KeptCopy
from cnn_tutor.project.file import FileError, encode

DELAY_MS = 1000
"""How long after an edit the work is kept at the latest, with all edits until then."""


class KeptWork(QObject):
    """One file of its own for the unsaved work of one running program, locked while it runs.

    Edits are kept a moment later, however many follow; work that is saved or as it was needs no
    keeping, and the file goes. What another program or an earlier run has kept is never written
    over.
    """

    failed = Signal(FileError)
    """Why the work can't be kept any more. It is said once, and again only after it has worked."""

    def __init__(self, folder: str, document: Document, file: DocumentFile) -> None:
        super().__init__(document)
        self._folder, self._document, self._file = folder, document, file
        self._failing = self._released = False
        self._name = QUuid.createUuid().toString(QUuid.StringFormat.WithoutBraces)
        self._lock: QLockFile | None = None
        self._take_place()
        work_folder.sweep(folder)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._keep_quietly)
        # Not the undo stack, which calls itself clean when it is taken apart.
        document.changed.connect(self._keep_soon)
        document.replaced.connect(self._keep_soon)
        file.path_changed.connect(self._follow_file)
        # Whatever ends the program then, what is kept is never older than what is in the file.
        file.saving.connect(self._keep_quietly)

    def restore(self) -> KeptCopy | None:
        """Put back the newest work that an earlier run has kept; return what it was.

        It belongs to its file again, unless that is gone or was written again since. It is unsaved
        work, unless that file has it all the same.
        """
        for name in work_folder.names(self._folder):
            lock = work_folder.claimed(self._folder, name)
            if lock is None:
                continue  # it belongs to a program that is running
            try:
                copy = work_folder.read(self._folder, name)
            except FileError:  # what can't be read stays where it is
                lock.unlock()
                continue
            self._document.open(copy.project)
            now = stamp(copy.path)
            if now != stamp_of(encode(copy.project)):  # else it was saved just before the end
                self._document.undo_stack.resetClean()
                self._keep_soon()
            if self._lock is not None:
                self._lock.unlock()
            self._name, self._lock = name, lock
            clean = self._document.undo_stack.isClean()
            fits = clean or (now and copy.stamp in ("", now))
            self._file.attach(copy.path if fits else "")
            return copy
        return None

    def keep(self, closing: bool = False) -> None:
        """Write the work now if it is in no file; raises FileError if that fails.

        ``closing`` says that the program is closed, for the next start to know that it was.
        """
        self._timer.stop()
        if self._document.undo_stack.isClean():
            work_folder.remove(self._folder, self._name)
            return
        file = self._file
        copy = KeptCopy(self._document.project, file.path, file.stamp, closing)
        self._take_place()
        try:
            write(f"{self._folder}/{self._name}{SUFFIX}", copy.encode())
        except FileError as error:  # which speaks of a file of the learner's
            raise FileError("keep_failed", detail=error.values["detail"]) from error
        self._failing = False
        work_folder.remove(self._folder, self._name, but=SUFFIX)

    def release(self) -> None:
        """Let another run have what is kept; nothing is kept any more from now on."""
        self._released = True
        self._timer.stop()
        if self._lock is not None:
            self._lock.unlock()

    def _take_place(self) -> None:
        """Make the folder and the lock, once more where somebody has taken them away."""
        QDir().mkpath(self._folder)
        if self._lock is None or not QFileInfo.exists(self._lock.fileName()):
            if self._lock is not None:
                self._lock.unlock()  # it would remove the new one else, when it goes
            self._lock = work_folder.claimed(self._folder, self._name)

    def _keep_soon(self) -> None:
        if not self._timer.isActive() and not self._released:
            self._timer.start()

    def _follow_file(self) -> None:
        if self._document.undo_stack.isClean() and not self._released:
            self.keep()  # what is in a file now must not come back as if it were in none
        else:
            self._keep_soon()

    def _keep_quietly(self) -> None:
        try:
            self.keep()
        except FileError as error:
            if not self._failing:
                self._failing = True
                self.failed.emit(error)
