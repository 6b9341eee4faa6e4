"""What the chapter list can open: lessons, and the free labs, which are presets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from cnn_tutor.app.file_menu import FileMenu
from cnn_tutor.document.document import Document
from cnn_tutor.labs.guide import Guide
from cnn_tutor.project.project import Project
from cnn_tutor.study.lessons.fault import LessonError
from cnn_tutor.study.presets import presets


class Chapters(QObject):
    """Opens chapters by their keys; the open file is let go of, so that none is saved over it."""

    def __init__(self, document: Document, files: FileMenu, guide: Guide, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._files, self._guide = document, files, guide
        guide.leave = self._leave
        guide.finish_typing = files.finish_typing

    @property
    def on(self) -> str:
        """The key of the chapter that the open project came from; empty for none."""
        return self._document.project.origin.partition("/")[0]

    def project(self, key: str) -> Project:
        """Return the project of a chapter: of a lesson, the board where the learner left off.

        The key may be that of a single step, such as ``lesson_pooling/winners``.

        Raises:
            KeyError: if there is none of that key.
            LessonError: for a lesson whose file is not sound.
        """
        library = self._guide.library
        found = library.lesson_of(key)
        if found is not None:
            lesson, place = found
            return lesson.scene(place).project
        return self._guide.project(key) if key in library else presets()[key].project()

    def known(self, key: str) -> bool:
        """Say whether there is a chapter, or a step of one, that can be opened by a key."""
        try:
            self.project(key)
        except (KeyError, LessonError):
            return False
        return True

    def open(self, key: str) -> None:
        """Open a chapter; can be undone. KeyError if there is none of that key."""
        project = self.project(key)
        self._let_go()
        self._document.replace(project, self.tr("Open a chapter"), other_work=True)
        self._document.undo_stack.setClean()  # there is nothing of the learner's in it yet

    def choose(self, key: str) -> None:
        """Open a chapter, but ask first about work that belongs to a file.

        A lesson that is on already stays at its step.
        """
        if key != self.on or key not in self._guide.library:
            self.open_anew(key)

    def open_anew(self, key: str) -> None:
        """Open a chapter, on or not, but ask first about work that belongs to a file."""
        self._leave(lambda: self.open(key))

    def open_lab(self) -> None:
        """Leave the lesson for the free lab on the same topic."""
        if self._guide.lesson is not None and self._guide.lesson.lab:
            self.choose(self._guide.lesson.lab)

    def _leave(self, then: Callable[[], None]) -> None:
        """Do what puts the open board away; ask first about work that belongs to a file."""

        def leave() -> None:
            self._let_go()
            then()

        if self._files.file.path:
            self._files.ask_about_changes(leave)
        else:
            leave()

    def _let_go(self) -> None:
        self._files.finish_typing()
        self._files.file.attach("")
