"""The guide through a lesson: opens its steps on the board, and goes on when they are done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cnn_tutor.document.document import Document
from cnn_tutor.pages.lesson.attempt import Attempt
from cnn_tutor.pages.lesson.current_scene import Stage
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.study.lessons.progress import Progress

if TYPE_CHECKING:
    from cnn_tutor.study.lessons.language.scene import Scene
    from cnn_tutor.study.lessons.language.target import Target
    from cnn_tutor.study.lessons.lesson import Lesson, Step


class Guide(QObject):
    """Knows the step that the open project belongs to; that stands in the project's origin.

    So undo and redo, a restart, and a file that was saved halfway all find their way back to it.
    Every step is a scene of its own: it begins with the board that the lesson says, whatever the
    learner has done to the one before.
    """

    changed = Signal()
    """Another step is on, or what can be said of it is other now."""

    begun = Signal()
    """A step has begun."""

    asked = Signal()
    """A step has begun that wants the learner to write something."""

    progressed = Signal()
    """A step has been done or begun."""

    def __init__(
        self,
        document: Document,
        stage: Stage,
        attempt: Attempt,
        point: Callable[[Sequence[Target]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._stage, self._point = document, stage, point
        self.attempt = attempt
        self.library = Library()
        self.progress = Progress()
        self.leave: Callable[[Callable[[], None]], None] = lambda then: then()
        """What is asked before the open board makes way for another one."""
        self.finish_typing: Callable[[], None] = lambda: None
        """What takes over what is being typed into a cell."""
        self._on: tuple[Lesson, int] | None = None
        self._origin = ""
        attempt.done.connect(self._finish)
        attempt.changed.connect(self._pass_on)

    # --- where the learner is --------------------------------------------------------------------

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that is on, if any is."""
        return self._on[0] if self._on else None

    @property
    def place(self) -> int:
        """The place of the step that is on, from 0."""
        return self._on[1] if self._on else 0

    @property
    def step(self) -> Step | None:
        """The step that is on, if a lesson is."""
        return self._on[0].steps[self._on[1]] if self._on else None

    @property
    def solved(self) -> bool:
        """Whether the step's task is done."""
        return self.attempt.solved

    @property
    def strayed(self) -> bool:
        """Whether the board is not what the step has begun with."""
        return self._on is not None and not self._stage.shows(self._start)

    # --- going through it ------------------------------------------------------------------------

    def open(self, key: str) -> None:
        """Open a lesson where the learner left off; one that was finished begins anew.

        Raises:
            KeyError: for an unknown lesson.
            LessonError: if its file is not sound.
        """
        self._go(self.library[key].lesson, self.left_off(key), self.tr("Open a chapter"))

    def left_off(self, key: str) -> int:
        """Return the place of the step at which the learner left a lesson; of a finished one, 0.

        Raises:
            KeyError: for an unknown lesson.
            LessonError: if its file is not sound.
        """
        lesson = self.library[key].lesson
        return 0 if self.progress.finished(key) else lesson.place(self.progress.place(key))

    def go_to(self, place: int) -> None:
        """Go to a step of the lesson that is on, from 0."""
        if self._on is not None and 0 <= place < len(self._on[0].steps):
            self._go(self._on[0], place, self.tr("Go to a step"))

    def back(self) -> None:
        """Go to the step before."""
        self.go_to(self.place - 1)

    def next(self) -> None:
        """Go on, if the task is done; else say what is still to do."""
        if self._on is None:
            return
        self.finish_typing()
        if not self.done_before and not self.attempt.finish():
            return
        self._finish()
        if self.place + 1 < len(self._on[0].steps):
            self.go_to(self.place + 1)
        elif self.next_lesson:
            self.open(self.next_lesson)

    @property
    def done_before(self) -> bool:
        """Whether the step that is on has been done already, now or at another time."""
        step = self.step
        return (
            self._on is not None
            and step is not None
            and step.key in self.progress.done(self._on[0].key)
        )

    @property
    def can_go_on(self) -> bool:
        """Whether there is a step or a lesson after this one, or this one is not done yet."""
        if self._on is None:
            return False
        lesson, place = self._on
        more = place + 1 < len(lesson.steps) or bool(self.next_lesson)
        return more or not (self.done_before or self.attempt.shown)

    @property
    def next_lesson(self) -> str:
        """The key of the lesson after the one that is on; empty for none."""
        keys = list(self.library)
        here = keys.index(self._on[0].key) if self._on and self._on[0].key in keys else len(keys)
        return keys[here + 1] if here + 1 < len(keys) else ""

    def restore(self) -> None:
        """Put the board back to what the step begins with; can be undone."""
        if self._on is not None:
            text = self.tr("Back to the lesson")
            self._document.replace(self._start.project, text, other_work=True)

    def show_how(self) -> None:
        """Do the task as the lesson would; can be undone."""
        task = self.attempt.task
        if task is not None and not task.goal and self.strayed:
            self.restore()  # what was asked for may not be there any more
        self.attempt.show_how(self.tr("Show how"))

    def follow(self, other_work: bool) -> None:
        """See which step the project is of: another one begins, the same one goes on."""
        origin = self._document.project.origin
        if origin == self._origin and not other_work:
            self.attempt.look()
            return
        self._origin = origin
        self._on = self.library.lesson_of(origin)
        self._begin()

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _start(self) -> Scene:
        assert self._on is not None
        return self._on[0].scene(self._on[1])

    def _go(self, lesson: Lesson, place: int, text: str) -> None:
        project = lesson.scene(place).project
        self.leave(lambda: self._document.begin(project, text))

    def _begin(self) -> None:
        self.attempt.begin(None, None)  # while the board is getting ready, nothing is asked
        step = self.step
        if self._on is None or step is None:
            self._point(())
            self.changed.emit()
            return
        self._stage.show(self._start)
        self.attempt.begin(step.task, self._start)
        self._point(step.targets(self._stage.scene))
        self.progress.visit(self._on[0].key, step.key, [s.key for s in self._on[0].steps])
        self.attempt.look()
        self.progressed.emit()
        self.begun.emit()
        if step.task is not None and (step.task.predict or step.task.number):
            self.asked.emit()

    def _pass_on(self) -> None:
        if self._on is not None:  # without a lesson, whatever moves on the board is no news here
            self.changed.emit()

    def _finish(self) -> None:
        """Count the step as done, unless the learner has only been shown how."""
        if self._on is not None and self.step is not None and not self.attempt.shown:
            self.progress.finish(self._on[0].key, self.step.key)
            self.progressed.emit()
            self.changed.emit()
