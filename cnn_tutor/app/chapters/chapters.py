"""What the chapter list can open: lessons, and the free labs, which are presets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from cnn_tutor.app.chapters.practice_pages import PracticePages
from cnn_tutor.app.files.project_files import ProjectFiles
from cnn_tutor.document.document import Document
from cnn_tutor.pages.lesson.guide import Guide
from cnn_tutor.project.project import Project
from cnn_tutor.study.boards.presets import presets


class Chapters(QObject):
    """Opens chapters by their keys; the open file is let go of, so that none is saved over it."""

    def __init__(
        self,
        document: Document,
        files: ProjectFiles,
        guide: Guide,
        practice: PracticePages,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document, self._files, self._guide, self._practice = document, files, guide, practice
        guide.wanted.connect(
            lambda project, text: self._leave(lambda: document.begin(project, text))
        )

    @property
    def on(self) -> str:
        """The key of the page of practice, or of the chapter that the open project came from."""
        if self._practice.on:
            return self._practice.on
        if self._guide.lesson is not None:
            return self._guide.lesson.key
        origin = self._document.project.origin
        return origin if origin in presets() else ""

    def project(self, key: str, step: int = 0) -> Project:
        """Return the project of a chapter.

        Of a lesson it is the board of a ``step``, counted from 1; for 0 that where the learner
        left off. The key may be that of a single step, such as ``lesson_pooling/winners``.

        Raises:
            KeyError: if there is none of that key.
            LessonError: for a lesson whose file is not sound.
        """
        library = self._guide.library
        found = library.lesson_of(key)
        if found is None and key not in library:
            return presets()[key].project()
        lesson, place = found or (library[key].lesson, self._guide.left_off(key))
        if step:
            place = min(step, len(lesson.steps)) - 1
        return lesson.scene(place).project

    def open(self, key: str) -> None:
        """Open a chapter, which can be undone, or a page of practice.

        Raises:
            KeyError: if there is none of that key.
            Refusal: if it is the code of an exercise that can't be opened.
        """
        if self._practice.knows(key):
            self._practice.open(key)
            return
        project = self.project(key)
        self._let_go()
        self._document.begin(project, self.tr("Open a chapter"))

    def choose(self, key: str) -> None:
        """Open a chapter, but ask first about work that belongs to a file.

        A lesson that is on already stays at its step.
        """
        if self._practice.knows(key):
            self._practice.open(key)
            return
        left = bool(self._practice.on)
        self._practice.leave()
        if key != self.on or not (left or key in self._guide.library):
            self.open_anew(key)

    def open_anew(self, key: str) -> None:
        """Open a chapter, on or not, but ask first about work that belongs to a file."""
        self._leave(lambda: self.open(key))

    def close(self, key: str, then: Callable[[str], None]) -> None:
        """Leave a lesson for its lab, or the first one, and do something with its key then."""
        lesson = self._guide.lesson
        after = lesson.lab if lesson is not None and lesson.lab else next(iter(presets()))

        def leave() -> None:
            self.open(after)
            then(key)

        self._leave(leave)

    def open_lab(self) -> None:
        """Leave the lesson for the free lab on the same topic."""
        if self._guide.lesson is not None and self._guide.lesson.lab:
            self.choose(self._guide.lesson.lab)

    def _leave(self, then: Callable[[], None]) -> None:
        """Do what puts the open board away; ask first about work that belongs to a file.

        What belongs to none is put aside, but for what was tried out in a lesson.
        """

        def leave() -> None:
            self._let_go()
            then()

        self._files.finish_typing()
        in_lesson = self._guide.lesson is not None
        if not self._files.file.path and (in_lesson or self._files.put_aside()):
            leave()
        else:
            self._files.ask_about_changes(leave)

    def _let_go(self) -> None:
        self._files.finish_typing()
        self._files.file.attach("")
