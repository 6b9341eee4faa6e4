"""What the start puts back, and what it has to say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QFile, QFileInfo, QLocale, QTimer

from cnn_tutor.app.preferences import Preferences
from cnn_tutor.document.kept_copy import KeptCopy
from cnn_tutor.study import words
from cnn_tutor.study.lessons.fault import LessonError

if TYPE_CHECKING:
    from cnn_tutor.app.main_window import MainWindow


class Welcome:
    """Puts back what was open when the program ended: unsaved work, a file, or a chapter."""

    def __init__(self, window: MainWindow, preferences: Preferences) -> None:
        self._window, self._preferences = window, preferences
        self._said: list[str] = []

    def restore(self) -> None:
        """Open what was open last."""
        work = self._window.kept_work
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

    def speak(self) -> None:
        """Say, once the window is there, what the learner has to know."""
        said = [words.explain(notice) for notice in self._preferences.notices] + self._said
        if said:
            # Before its first turn the window has no size for the message to go by.
            QTimer.singleShot(0, self._window, lambda: self._window.tell("\n".join(said)))

    def _say_where_from(self, copy: KeptCopy) -> None:
        if self._window.document.undo_stack.isClean():
            return  # it had just been saved
        file = QFileInfo(copy.path).fileName()
        entry = "crashed_file" if file else "crashed"
        if file and not self._window.files.file.path:
            entry = "file_changed" if QFile.exists(copy.path) else "file_gone"
        elif copy.closed:
            return
        moment = copy.when.toLocalTime()
        short = QLocale.FormatType.ShortFormat
        locale = QLocale(words.language())
        today = moment.date() == QDate.currentDate()
        time = locale.toString(moment.time() if today else moment, short)
        self._said.append(words.say(f"kept.{entry}", time=time, file=file))
