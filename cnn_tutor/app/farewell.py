"""What is kept when the window is closed, for the next start to put it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnn_tutor.app.preferences import Preferences
from cnn_tutor.project.file import FileError
from cnn_tutor.project.project import Project
from cnn_tutor.study import words

if TYPE_CHECKING:
    from cnn_tutor.app.main_window import MainWindow


class Farewell:
    """Keeps the window's place, the open file or chapter, and work that is in no file."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._told_of: Project | None = None

    def keep(self, preferences: Preferences) -> bool:
        """Keep what the next start puts back; return False if the learner has to decide."""
        window = self._window
        preferences.geometry = window.saveGeometry()
        preferences.open_path = window.files.file.path
        preferences.chapter = window.document.project.origin
        preferences.flush()
        if window.kept_work is None:
            return True
        try:
            window.kept_work.keep()
        except FileError as error:
            # Who closes the window again, with the same work in it, has read it.
            if self._told_of is not window.document.project:
                self._told_of = window.document.project
                window.tell(words.explain(error))
                return False
        window.kept_work.release()
        return True
