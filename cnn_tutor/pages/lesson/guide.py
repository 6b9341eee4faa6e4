"""The guide through a lesson: opens its steps on the board, and goes on when they are done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cnn_tutor.document.document import Document
from cnn_tutor.pages.lesson.attempt import Attempt
from cnn_tutor.pages.state.lab_state import LabState, Snapshot
from cnn_tutor.study.lessons.language.target import PANEL, PLAYER
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
    """Emitted when another step is on, or when something else can be said of it."""

    begun = Signal()
    """Emitted when other work has begun, a step of a lesson or none."""

    progressed = Signal()
    """Emitted when a step has been done or begun."""

    wanted = Signal(object, str)
    """Emitted with the project of a step that the learner wants to go to, and what undoing that is
    called; the open board makes way for it."""

    def __init__(
        self,
        document: Document,
        state: LabState,
        attempt: Attempt,
        finish_typing: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._state = document, state
        self._finish_typing = finish_typing
        self.attempt = attempt
        self.library = Library()
        self.progress = Progress()
        self._on: tuple[Lesson, int] | None = None
        attempt.done.connect(self._finish)
        attempt.changed.connect(self._pass_on)
        state.updated.connect(self._on_updated)

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
    def targets(self) -> tuple[Target, ...]:
        """What the step that is on points at."""
        return tuple(self.step.targets(self._state.scene)) if self.step is not None else ()

    @property
    def needs(self) -> frozenset[str]:
        """What the step that is on can't do without: ``PANEL``, ``PLAYER``, both or neither."""
        return self.step.needs(self._start) if self.step is not None else frozenset()

    @property
    def has(self) -> frozenset[str]:
        """What has been needed in the lesson up to this step; where no lesson is on, all."""
        return self._on[0].needs(self._on[1]) if self._on else frozenset((PANEL, PLAYER))

    @property
    def asks(self) -> bool:
        """Whether the step that is on wants the learner to write something."""
        task = self.attempt.task
        return task is not None and bool(task.predict or task.number)

    @property
    def solved(self) -> bool:
        """Whether the step's task is done."""
        return self.attempt.solved

    @property
    def strayed(self) -> bool:
        """Whether the board is not what the step has begun with."""
        return self._on is not None and not self._state.shows_scene(self._start)

    def use_progress(self, progress: Progress) -> None:
        """Go on with another learner's progress; the step that is on stays."""
        self.progress = progress
        self.changed.emit()

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
        self._finish_typing()
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
    def at_end(self) -> bool:
        """Whether the last step of a lesson is on."""
        return self._on is not None and self.place + 1 == len(self._on[0].steps)

    @property
    def left_to_do(self) -> tuple[list[int], list[int]]:
        """Return the places of the steps that were only shown, and of others that are not done.

        The step that is on is not among them as long as it has not been shown.
        """
        if self._on is None:
            return [], []
        lesson = self._on[0]
        done, shown = self.progress.done(lesson.key), self.progress.shown(lesson.key)
        left = [n for n, step in enumerate(lesson.steps) if step.key not in done]
        return (
            [n for n in left if lesson.steps[n].key in shown],
            [n for n in left if lesson.steps[n].key not in shown and n != self.place],
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
        if self._on is not None and self.step is not None and self.attempt.shown:
            self._visit()
            self.progress.show(self._on[0].key, self.step.key)
            self.changed.emit()

    def enter(self) -> None:
        """Set the scene of the step that the open project is of, and ask what it asks."""
        self._on = self.library.lesson_of(self._document.project.origin)
        self.attempt.begin(None, None)
        if self.step is not None:
            self._state.show_scene(self._start)
            self.attempt.begin(self.step.task, self._start)

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _start(self) -> Scene:
        assert self._on is not None
        return self._on[0].scene(self._on[1])

    def _go(self, lesson: Lesson, place: int, text: str) -> None:
        self.wanted.emit(lesson.scene(place).project, text)

    def _on_updated(self, old: Snapshot, new: Snapshot, _: object) -> None:
        begun = old.work != new.work
        if begun and self._on is not None:
            self._visit()
            self.progressed.emit()
        if self._on is not None:
            self.attempt.look()
        elif begun:
            self.changed.emit()
        if begun:
            self.begun.emit()

    def _visit(self) -> None:
        if self._on is not None and self.step is not None:
            steps = [step.key for step in self._on[0].steps]
            self.progress.visit(self._on[0].key, self.step.key, steps)

    def _pass_on(self) -> None:
        if self._on is not None:
            self.changed.emit()

    def _finish(self) -> None:
        """Count the step as done, unless the learner has only been shown how."""
        if self._on is not None and self.step is not None and not self.attempt.shown:
            self._visit()  # the learner may be another one since the step was begun
            self.progress.finish(self._on[0].key, self.step.key)
            self.progressed.emit()
            self.changed.emit()
