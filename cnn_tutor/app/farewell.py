"""What is kept when the window is closed, for the next start to put it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnn_tutor.app.preferences import Preferences
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project.file import FileError
from cnn_tutor.project.project import Project
from cnn_tutor.study import words

if TYPE_CHECKING:
    from cnn_tutor.app.main_window import MainWindow


class Farewell:
    """Keeps the window's place, the open file or chapter, and work that is in no file.

    Whatever can't be kept is said as soon as that is known, and not only at the end.
    """

    def __init__(self, window: MainWindow, preferences: Preferences | None) -> None:
        self._window = window
        self._told_of: Project | None = None
        self._told = False
        if preferences is not None:
            preferences.on_failure(self._tell)
        if window.kept_work is not None:
            window.kept_work.failed.connect(self._tell)

    def keep(self, preferences: Preferences) -> bool:
        """Keep what the next start puts back; return False if the learner has to decide."""
        window = self._window
        self._told = False
        preferences.geometry = window.saveGeometry()
        preferences.open_path = window.files.file.path
        preferences.chapter = window.document.project.origin
        preferences.flush()
        if window.kept_work is None:
            return not self._told
        try:
            window.kept_work.keep(closing=True)
        except FileError as error:
            # Who closes the window again, with the same work in it, has read it.
            if self._told_of is not window.document.project:
                self._told_of = window.document.project
                window.tell(f"{words.explain(error)} {words.say('kept.close_again')}")
                return False
        if self._told:  # who closes the window again has read it
            return False
        window.kept_work.release()
        return True

    def _tell(self, refusal: Refusal) -> None:
        self._told = True
        self._window.tell(words.explain(refusal))
