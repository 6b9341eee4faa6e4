"""The guide through a lesson: opens its steps on the board and sees when their tasks are done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from cnn_tutor.document.document import Document
from cnn_tutor.document.walk import Walk
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.labs.questions import Questions
from cnn_tutor.labs.shown_layer import ShownLayer
from cnn_tutor.labs.views import Views
from cnn_tutor.project.project import Project
from cnn_tutor.study import numbers, words
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.study.lessons.progress import Progress
from cnn_tutor.study.lessons.scene import Scene

if TYPE_CHECKING:
    from cnn_tutor.study.lessons.lesson import Lesson, Step
    from cnn_tutor.study.lessons.target import Target
    from cnn_tutor.study.lessons.task import Task


class Guide(QObject):
    """Knows the step that the open project belongs to; that stands in the project's origin.

    So undo and redo, a restart, and a file that was saved halfway all find their way back to it.
    Every step is a scene of its own: it begins with the board that the lesson says, whatever the
    learner has done to the one before.
    """

    changed = Signal()
    """Another step is on, or what can be said of it is other now."""

    said = Signal(str, object)
    """Something to tell the learner: the words, and the output cell that they are about, or None
    for the task as a whole."""

    asked = Signal()
    """A step has begun that wants the learner to write something."""

    progressed = Signal()
    """A step has been done or begun."""

    def __init__(
        self,
        document: Document,
        shown: ShownLayer,
        views: Views,
        questions: Questions,
        point: Callable[[Sequence[Target]], None],
        walk: Walk,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._shown, self._views = document, shown, views
        self._questions, self._point, self._walk = questions, point, walk
        self.library = Library()
        self.progress = Progress()
        self.leave: Callable[[Callable[[], None]], None] = lambda then: then()
        """What is asked before the open board makes way for another one."""
        self._on: tuple[Lesson, int] | None = None
        self._origin = ""
        self._solved = self._helped = self._beginning = False
        self._number: float | None = None
        document.changed.connect(self._look)
        shown.changed.connect(self._look)
        views.currentChanged.connect(lambda _: self._look())
        walk.moved.connect(self._look)
        questions.changed.connect(self._look)
        questions.answered.connect(self._judge)

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
    def task(self) -> Task | None:
        """What is to be done at this step, if anything is."""
        return self.step.task if self.step else None

    @property
    def solved(self) -> bool:
        """Whether the task is done; it stays so, whatever is tried on the board afterwards."""
        return self._solved

    @property
    def helped(self) -> bool:
        """Whether the learner has gone on without having done the task, and may be shown how."""
        return self._helped and not self._solved

    @property
    def strayed(self) -> bool:
        """Whether the board is not what the step has begun with."""
        if self._on is None:
            return False
        start = self._start
        return (
            not _same(self._document.project, start.project)
            or self._shown.name != start.layer
            or self._views.key != start.view
        )

    # --- going through it ------------------------------------------------------------------------

    def open(self, key: str) -> None:
        """Open a lesson where the learner left off; one that was finished begins anew.

        Raises:
            KeyError: for an unknown lesson.
            LessonError: if its file is not sound.
        """
        project = self.project(key)
        self.leave(lambda: self._replace(project, self.tr("Open a chapter")))

    def project(self, key: str) -> Project:
        """Return the board on which the learner left a lesson; of a finished one, the first.

        Raises:
            KeyError: for an unknown lesson.
            LessonError: if its file is not sound.
        """
        lesson = self.library[key].lesson
        finished = self.progress.finished(key)
        return lesson.scene(0 if finished else lesson.place(self.progress.place(key))).project

    def go_to(self, place: int) -> None:
        """Go to a step of the lesson that is on, from 0."""
        if self._on is not None and 0 <= place < len(self._on[0].steps):
            self._go(self._on[0], place)

    def back(self) -> None:
        """Go to the step before."""
        self.go_to(self.place - 1)

    def next(self) -> None:
        """Go on, if the task is done; else say what is still to do."""
        if self._on is None:
            return
        lesson, place = self._on
        if self.task is not None and not self._solved:
            self._helped = True
            self.changed.emit()
            self.said.emit(self._remark(), None)
            return
        self._finish()
        if place + 1 < len(lesson.steps):
            self.go_to(place + 1)
        elif self.next_lesson:
            self.leave(lambda: self.open(self.next_lesson))

    @property
    def can_go_on(self) -> bool:
        """Whether there is a step or a lesson after this one, or a task still to do."""
        if self._on is None:
            return False
        more = self.place + 1 < len(self._on[0].steps) or bool(self.next_lesson)
        return more or (self.task is not None and not self._solved)

    @property
    def next_lesson(self) -> str:
        """The key of the lesson after the one that is on; empty for none."""
        keys = list(self.library)
        here = keys.index(self._on[0].key) if self._on and self._on[0].key in keys else len(keys)
        return keys[here + 1] if here + 1 < len(keys) else ""

    def restore(self) -> None:
        """Put the board back to what the step begins with; can be undone."""
        if self._on is not None:
            self._replace(self._start.project, self.tr("Back to the lesson"))

    def show_answer(self) -> None:
        """Do the task as the lesson would; can be undone."""
        if self._on is None or self.task is None:
            return
        task, start = self.task, self._start
        if task.goal:
            after = task.solved(start)
            origin = self._document.project.origin
            project = replace(after.project, origin=origin)
            self._document.replace(project, self.tr("Show how"))
            self._see(after)
        elif task.predict:
            if not self._questions.asked:
                self.restore()
            value = self._document.evaluation.value(self._shown.name)
            for at in self._questions.asked:
                self._questions.answer(at, float(value[at]))
        else:
            expected = task.expected(self._now)
            if expected is not None:
                self.answer(numbers.plain(expected))
        self._look()

    def answer(self, text: str) -> None:
        """Take what the learner has written into the box of a task that asks for a number."""
        task = self.task
        if task is None or task.number is None:
            return
        try:
            self._number = numbers.parse(text)
        except Refusal as refusal:
            self.said.emit(words.explain(refusal), None)
            return
        self._look()
        if not self._solved:
            self.said.emit(self._remark(self._number), None)

    @property
    def number(self) -> float | None:
        """What was written into the box last."""
        return self._number

    def follow(self, other_work: bool) -> None:
        """See which step the project is of: another one begins, the same one goes on."""
        origin = self._document.project.origin
        if origin == self._origin and not other_work:
            self._look()
            return
        self._origin = origin
        self._on = self.library.lesson_of(origin)
        self._begin()

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _start(self) -> Scene:
        assert self._on is not None
        return self._on[0].scene(self._on[1])

    @property
    def _now(self) -> Scene:
        """What the learner has before them."""
        document = self._document
        return Scene.live(
            document.evaluation,
            document.project,
            shown=self._shown.name,
            view=self._views.key,
            at=self._walk.at,
        )

    def _go(self, lesson: Lesson, place: int) -> None:
        project = lesson.scene(place).project
        self.leave(lambda: self._replace(project, self.tr("Go to a step")))

    def _replace(self, project: Project, text: str) -> None:
        self._origin = ""  # even the same step begins anew
        self._document.replace(project, text, other_work=True)
        self._document.undo_stack.setClean()  # there is nothing of the learner's in it yet

    def _begin(self) -> None:
        self._solved = self._helped = False
        self._number = None
        step = self.step
        if self._on is None or step is None:
            self._point(())
            self.changed.emit()
            return
        self._beginning = True
        self._see(self._start)
        if step.task is not None and step.task.predict:
            self._questions.ask(step.task.asked(self._now), step.task.workings)
        else:
            self._questions.clear()
        self._beginning = False
        self._point(step.targets(self._now))
        self.progress.visit(self._on[0].key, step.key, len(self._on[0].steps))
        self._look()
        self.progressed.emit()
        if step.task is not None and (step.task.predict or step.task.number):
            self.asked.emit()

    def _see(self, scene: Scene) -> None:
        """Show a scene's layer, view and place, as far as the board has them."""
        names = [node.name for node in self._document.project.network.nodes]
        if scene.layer in names:
            self._shown.select(scene.layer)
        self._views.show_view(scene.view)
        shape = self._document.project.network.shape(self._shown.name)
        at = scene.at if _is_cell(scene.at, shape) else ()
        self._walk.stand_at(at, scene.later_blank, scene.terms)

    def _look(self) -> None:
        """See whether the task is done now."""
        if self._beginning:
            return
        task = self.task
        if task is not None and not self._solved and self._is_done(task):
            self._solved = True
            self._finish()
        self.changed.emit()

    def _is_done(self, task: Task) -> bool:
        if task.predict:
            return self._questions.all_right
        if task.number is not None:
            expected = task.expected(self._now)
            written = self._number
            return None not in (expected, written) and numbers.agree(written, expected)  # type: ignore[arg-type]
        return task.holds(self._now, self._start)

    def _judge(self, at: Index, number: float, right: bool) -> None:
        if not right and self.task is not None:
            self.said.emit(self._remark(number, at), at)

    def _remark(self, written: float | None = None, at: Index = ()) -> str:
        assert self.task is not None
        found = self.task.remark(self._now, self._start, written, at)
        return found or words.say("lessons.not_yet")

    def _finish(self) -> None:
        if self._on is not None and self.step is not None:
            self.progress.finish(self._on[0].key, self.step.key)
            self.progressed.emit()


def _same(one: Project, other: Project) -> bool:
    """Say whether two projects have the same layers and the same numbers."""
    if one is other:
        return True
    if one.structure != other.structure or not np.array_equal(one.x, other.x):
        return False
    return all(
        np.array_equal(tensor, b.tensors[port])
        for a, b in zip(one.network.nodes, other.network.nodes, strict=True)
        for port, tensor in a.tensors.items()
    )


def _is_cell(at: Index, shape: tuple[int, ...]) -> bool:
    return len(at) == len(shape) and all(i < n for i, n in zip(at, shape, strict=True))
