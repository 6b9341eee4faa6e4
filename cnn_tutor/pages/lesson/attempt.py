"""The learner's attempt at a task: sees whether it is done, and says what is wrong so far."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cnn_tutor.document.document import Document
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.pages.lesson.questions import Questions
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.study import numbers, words
from cnn_tutor.study.lessons.language.scene import Scene

if TYPE_CHECKING:
    from cnn_tutor.study.lessons.task import Task


class Attempt(QObject):
    """Judges the board, the hidden cells and the box for the answer to the task that is on."""

    changed = Signal()
    """Emitted when it has been looked at again, and may stand otherwise."""

    done = Signal()
    """Emitted when the task has just been done."""

    said = Signal(str, object)
    """Emitted with something to tell the learner: the words, and the output cell that they are
    about, or None for the task as a whole."""

    def __init__(
        self,
        document: Document,
        state: LabState,
        questions: Questions,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._state, self._questions = document, state, questions
        self.task: Task | None = None
        """What is to be done, if anything is."""
        self.solved = False
        """Whether the task is done; it stays so, whatever is tried on the board afterwards."""
        self.shown = False
        """Whether it was the lesson that did the task."""
        self._start: Scene | None = None
        self._failed = False
        self._number: float | None = None
        self._typed = ""
        questions.answered.connect(self._judge)

    @property
    def failed(self) -> bool:
        """Whether the learner wanted to go on without having done the task."""
        return self._failed and not self.solved

    def begin(self, task: Task | None, start: Scene | None) -> None:
        """Go about a task, or none, from the scene with which its step begins."""
        self.solved = self._failed = self.shown = False
        self._number = None
        if task is not None and task.predict:
            self._questions.ask(task.asked(self._state.scene, start), task.workings)
        else:
            self._questions.clear()
        self.task, self._start = task, start

    def look(self) -> None:
        """See whether the task is done now."""
        if self.task is not None and not self.solved and self._is_done(self.task):
            self.solved = True
            self.done.emit()
        self.changed.emit()

    def set_typed(self, text: str) -> None:
        """Take note of what stands in the box in which a number is answered."""
        self._typed = text

    def finish(self) -> bool:
        """Say whether the learner may go on; if not yet, tell them what is missing."""
        if self.task is None or self.solved:
            return True
        if self.task.number is not None and self._typed.strip():
            self.answer(self._typed)
        if not self.solved:
            self._failed = True
            self.changed.emit()
            self._say_what_is_missing(self.task)
        return self.solved

    def answer(self, text: str) -> None:
        """Take what the learner has written into the box."""
        if self.task is None or self.task.number is None:
            return
        try:
            self._number = numbers.parse(text)
        except Refusal as refusal:
            self.said.emit(words.explain(refusal), None)
            return
        self.look()
        if not self.solved:
            self._remark(self._number)

    def show_how(self, text: str) -> None:
        """Do the task as its lesson would; ``text`` is what undoing it is called."""
        task, start = self.task, self._start
        if task is None or start is None or self.solved:
            return
        self.shown = True
        if task.goal:
            after = task.solved(start)
            project = replace(after.project, origin=self._document.project.origin)
            self._document.replace(project, text)
            self._state.show_scene(after)
        elif task.predict:
            self._document.undo_stack.beginMacro(text)
            for at in self._questions.asked:
                value = self._document.evaluation.value(start.layer)
                self._questions.answer(at, float(value[at]))
            self._document.undo_stack.endMacro()
        else:
            expected = task.expected(self._state.scene, start)
            if expected is not None:
                self.answer(numbers.plain(expected))
        self.look()

    # --- inside ----------------------------------------------------------------------------------

    def _is_done(self, task: Task) -> bool:
        if task.predict:
            return self._questions.all_right
        assert self._start is not None
        scene = self._state.scene
        if task.number is None:
            return task.holds(scene, self._start)
        expected = task.expected(scene, self._start)
        return (
            expected is not None
            and self._number is not None
            and numbers.agree(self._number, expected)
        )

    def _say_what_is_missing(self, task: Task) -> None:
        """Tell a learner who wants to go on what there is still to do."""
        if task.goal:
            self._remark()
        elif self._questions.gone:
            self.said.emit(words.say("lessons.gone"), None)
        elif task.predict:
            asked = self._questions.asked
            wrong = next((at for at in asked if self._questions.right(at) is False), None)
            if wrong is None:
                self.said.emit(words.say("lessons.blank", count=len(asked)), None)
            else:
                self._remark(self._questions.entry(wrong), wrong)
        elif not self._typed.strip():
            self.said.emit(words.say("lessons.no_number"), None)

    def _judge(self, at: Index, number: float, right: bool) -> None:
        if not right:
            self._remark(number, at)

    def _remark(self, written: float | None = None, at: Index | None = None) -> None:
        """Tell the learner what fits what they have done so far."""
        if self.task is None or self._start is None:
            return
        found = self.task.remark(self._state.scene, self._start, written, at or ())
        self.said.emit(found or words.say("lessons.not_yet"), at)
