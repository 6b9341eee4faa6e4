"""What the start puts back, and what it has to say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QFile, QFileInfo, QTimer

from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.style.language import time_text
from cnn_tutor.document.autosave.folder import Snapshot
from cnn_tutor.study import words
from cnn_tutor.study.lessons.language.fault import LessonError

if TYPE_CHECKING:
    from cnn_tutor.app.main_window import MainWindow


class Restoring:
    """Puts back what was open when the program ended: unsaved work, a file, or a chapter."""

    def __init__(self, window: MainWindow, preferences: Preferences) -> None:
        self._window, self._preferences = window, preferences
        self._said: list[str] = []

    def restore(self) -> None:
        """Open what was open last."""
        work = self._window.autosave
        copy = work.restore() if work is not None else None
        if copy is not None:
            self._say_where_from(copy)
            return
        path, chapter = self._preferences.open_path, self._preferences.chapter
        if path and QFile.exists(path):
            self._window.files.load(path)
            return
        # The chapter, or where its step has gone since, its lesson; who starts for the first time
        # is taken by the hand.
        first = self._window.guide.library
        for key in (chapter, chapter.partition("/")[0]) if chapter else first:
            try:
                self._window.document.open(self._window.chapters.project(key))
            except (KeyError, LessonError):
                continue
            return

    def open(self, path: str) -> None:
        """Open a file, with the changes to it that were not saved; raises FileError."""
        work = self._window.autosave
        copy = work.restore_of(path) if work is not None else None
        if copy is None:
            self._window.files.file.open(path)
        else:
            self._say_where_from(copy, asked=True)

    def report(self) -> None:
        """Say, once the window is there, what the learner has to know."""
        notices = [words.explain(notice) for notice in self._preferences.notices]
        said = notices + self._said + self._what_waits()
        if said:
            # Before its first turn the window has no size for the message to go by.
            QTimer.singleShot(0, self._window, lambda: self._window.report("\n".join(said)))

    def _say_where_from(self, copy: Snapshot, asked: bool = False) -> None:
        if self._window.document.undo_stack.isClean():
            return  # it had just been saved
        head, file = copy.head, QFileInfo(copy.head.path).fileName()
        entry = "crashed_file" if file else "crashed"
        if file and not self._window.files.file.path:
            entry = "file_changed" if QFile.exists(head.path) else "file_gone"
        elif head.closed and not asked:
            return
        elif head.closed:  # who asks for a file has to know that there is more than what is in it
            entry = "closed_file"
        self._said.append(words.say(f"kept.{entry}", time=time_text(copy.when), file=file))

    def _what_waits(self) -> list[str]:
        """Return what is to be said of work that did not come back."""
        work = self._window.autosave
        if work is None:
            return []
        found = work.waiting()
        heads = [one.head for one in found if one.head is not None]
        said = []
        # What was left for something else is there, too, but for that alone nobody is told.
        if any(self._said) or not all(head.aside for head in heads):
            entry = "waiting" if self._window.document.undo_stack.isClean() else "more"
            said += [words.say(f"kept.{entry}", count=len(heads))] if heads else []
        if len(heads) < len(found):
            folder = QDir.toNativeSeparators(work.folder)
            said.append(words.say("kept.unreadable", folder=folder))
        return said
