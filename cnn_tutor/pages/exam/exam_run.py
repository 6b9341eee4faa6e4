"""An exam that goes on: the clock runs, and what is written is kept at once."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study.exam.exam import Entries, Exam
from cnn_tutor.study.exam.sitting import Sitting
from cnn_tutor.study.exercises.code import SEEDS

TICK_MS = 1000


class ExamRun(QObject):
    """The exam of the learner who is at it. ``clock`` tells seconds that never go back."""

    changed = Signal()
    """Emitted when an answer, or the question that the learner is at, is another one."""

    ticked = Signal()
    """Emitted when time has passed."""

    ended = Signal()
    """Emitted when the exam has been handed in, or its time is up."""

    failed = Signal(object)
    """Emitted with the Refusal that says why something can't be kept; again after it has worked."""

    def __init__(
        self,
        sitting: Sitting,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._sitting, self._clock = sitting, clock
        self._since, self._failing = 0.0, False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def exam(self) -> Exam | None:
        """The exam as it is now, if there is one."""
        return self._sitting.exam

    @property
    def on(self) -> bool:
        """Whether the clock runs."""
        return self._timer.isActive()

    @property
    def sitting(self) -> Sitting:
        """Where the exam is kept."""
        return self._sitting

    def sit_down(self, sitting: Sitting) -> None:
        """Turn to the exam of another learner; the clock stops."""
        self._timer.stop()
        self._sitting, self._failing = sitting, False
        self.changed.emit()

    def begin(self) -> None:
        """Begin another exam."""
        self._do(lambda: self._sitting.begin(secrets.randbelow(SEEDS)))
        self.go_on()

    def go_on(self) -> None:
        """Let the clock run on."""
        self._since = self._clock()
        self._timer.start()
        self.changed.emit()

    def stop(self) -> None:
        """Keep the exam, with its clock as it is now, and let it stand."""
        if self.on:
            self.tick()
            self._timer.stop()
        self._do(self._sitting.keep)

    def answer(self, entries: Entries) -> None:
        """Take what stands in the blanks of the question."""
        if self.on:
            self.tick()
            self._do(lambda: self._sitting.answer(entries))
            self.changed.emit()

    def go_to(self, place: int) -> None:
        """Go to another question."""
        if self.on:
            self.tick()
            self._do(lambda: self._sitting.go_to(place))
            self.changed.emit()

    def hand_in(self) -> None:
        """End the exam."""
        if self.on:
            self.tick()
            self._do(self._sitting.hand_in)
            self._end_if_over()

    def tick(self) -> None:
        """Take the time that has passed into account."""
        now = self._clock()
        passed, self._since = now - self._since, now
        self._do(lambda: self._sitting.pass_time(passed))
        self.ticked.emit()
        self._end_if_over()

    def _end_if_over(self) -> None:
        if self.on and not self._sitting.goes_on:
            self._timer.stop()
            self.ended.emit()
            self.changed.emit()

    def _do(self, step: Callable[[], None]) -> None:
        try:
            step()
        except Refusal as refusal:
            if not self._failing:
                self.failed.emit(refusal)
            self._failing = True
        else:
            self._failing = self._failing and not self._sitting.kept
