"""Keeps work that is in no file yet, so that neither quitting nor a crash loses it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from msgspec import structs
from PySide6.QtCore import QDir, QFile, QFileInfo, QObject, QTimer, QUuid, Signal

from cnn_tutor.document.autosave import folder as work_folder
from cnn_tutor.document.autosave.folder import Head, Snapshot, Waiting
from cnn_tutor.document.document import Document
from cnn_tutor.document.files import DocumentFile, read, stamp, stamp_of
from cnn_tutor.document.writing import write
from cnn_tutor.project.file import FileError, encode
from cnn_tutor.project.lock import Lock
from cnn_tutor.project.plain_text import encodable
from cnn_tutor.project.private import private
from cnn_tutor.project.project import Project

DELAY_MS = 1000
"""How long after an edit the work is kept at the latest, with all edits until then."""


class Autosave(QObject):
    """One file of its own for the unsaved work of one running program, locked while it runs.

    Edits are kept a moment later, however many follow; work that is saved or as it was needs no
    keeping, and the file goes. What another program or an earlier run has kept is never written
    over; it waits in the same ``folder``, and so does what was left for something else.
    """

    failed = Signal(FileError)
    """Emitted with the reason when work can't be kept; again only after it has worked."""

    def __init__(self, folder: str, document: Document, file: DocumentFile) -> None:
        super().__init__(document)
        self.folder, self._document, self._file = folder, document, file
        self._failing = self._released = False
        self._name = _new_name()
        self._lock: Lock | None = None
        self._unread: set[str] = set()
        self._aside: tuple[Project | None, str] = (None, "")
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
        file.strayed.connect(self._keep_soon)
        # Whatever ends the program then, what is kept is never older than what is in the file.
        file.saving.connect(self._keep_quietly)

    # --- what waits ------------------------------------------------------------------------------

    def waiting(self) -> list[Waiting]:
        """Return the work that no program has open, the newest first."""
        return [
            replace(work, head=None) if work.name in self._unread else work
            for work in work_folder.waiting(self.folder)
            if work.name != self._name and work_folder.is_free(self.folder, work.name)
        ]

    def restore(self) -> Snapshot | None:
        """Put back the newest work that an earlier run has kept; return what it was.

        What was left for something else does not come back by itself.
        """
        return self._first(lambda head: not head.aside)

    def restore_of(self, path: str) -> Snapshot | None:
        """Put back the newest unsaved work on a file, unless that was written again since."""
        now, place = stamp(path), QFileInfo(path).canonicalFilePath()
        if not now:
            return None
        return self._first(
            lambda head: head.stamp == now and QFileInfo(head.path).canonicalFilePath() == place
        )

    def take(self, name: str) -> Snapshot:
        """Put back what waits under a name, in the place of the open work; return what it was.

        It belongs to its file again, unless that is gone or was written again since. It is unsaved
        work, unless that file has it all the same.

        Raises:
            FileError: if another program has it by now, or it can't be read; nothing is changed.
        """
        lock = work_folder.claimed(self.folder, name)
        if lock is None and name not in (work.name for work in self.waiting()):
            raise FileError("kept_in_use")
        try:
            copy = work_folder.read(self.folder, name)
        except FileError:  # what can't be read stays where it is
            self._unread.add(name)
            if lock is not None:
                lock.release()
            raise
        self._document.open(copy.project)
        path = copy.head.path
        clean = stamp(path) == stamp_of(encode(copy.project))  # saved just before the end
        if not clean:
            self._document.undo_stack.resetClean()
            self._keep_soon()
        work_folder.remove(self.folder, self._name)  # it is saved, or was given up
        if lock is not None:  # else it is kept anew
            self._release_lock()
            self._name, self._lock = name, lock
        self._file.attach(path if clean or _fits(copy.head) else "")
        return copy

    def put_aside(self) -> bool:
        """Keep the work for it to be left unasked; return whether it can be."""
        project = self._document.project
        if self._document.undo_stack.isClean() or self._released:
            return True
        last, name = self._aside
        if last is project and QFile.exists(work_folder.path_of(self.folder, name)):
            return True  # it was come back to, and is left again as it is
        name = _new_name()
        try:
            self._write(name, project, Head(aside=True))
        except FileError as error:
            self.failed.emit(error)
            return False
        self._aside = project, name
        work_folder.prune(self.folder)
        return True

    # --- keeping ---------------------------------------------------------------------------------

    def keep(self, closing: bool = False) -> None:
        """Write the work now if it is in no file; raises FileError if that fails.

        ``closing`` says that the program is closed, for the next start to know that it was.
        """
        self._timer.stop()
        if self._document.undo_stack.isClean():
            work_folder.remove(self.folder, self._name)
        else:
            self._take_place()
            path = encodable(self._file.path)
            head = Head(path=path, stamp=self._file.stamp, closed=closing)
            self._write(self._name, self._document.project, head)
            self._failing = False

    def release(self) -> None:
        """Let another run have what is kept; nothing is kept any more from now on."""
        self._released = True
        self._timer.stop()
        self._release_lock()

    # --- inside ----------------------------------------------------------------------------------

    def _first(self, wanted: Callable[[Head], bool]) -> Snapshot | None:
        """Put back the newest that is wanted and that can be read."""
        for work in self.waiting():
            if work.head and wanted(work.head):
                with suppress(FileError):
                    return self.take(work.name)
        return None

    def _write(self, name: str, project: Project, head: Head) -> None:
        number = work_folder.next_number(self.folder, name)
        head = structs.replace(head, number=number, origin=project.origin)
        try:
            path = work_folder.path_of(self.folder, name)
            write(path, Snapshot(project, head).encode(), own=True)
        except FileError as error:  # which speaks of a file of the learner's
            raise FileError("keep_failed", detail=error.values["detail"]) from error

    def _take_place(self) -> None:
        """Make the folder and the lock, once more where somebody has taken them away."""
        with private():
            QDir().mkpath(self.folder)
        if self._lock is None or not self._lock.path.exists():
            self._release_lock()  # it would remove the new one else, when it goes
            self._lock = work_folder.claimed(self.folder, self._name)

    def _release_lock(self) -> None:
        if self._lock is not None:
            self._lock.release()

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


def _new_name() -> str:
    return QUuid.createUuid().toString(QUuid.StringFormat.WithoutBraces)


def _fits(head: Head) -> bool:
    """Return whether saving the work over its file is what the learner will expect."""
    try:
        read(head.path)  # nothing but a project is ever saved over unasked
    except FileError:
        return False
    return head.stamp == stamp(head.path)
