"""A learner at an exam: what they write, and the time that passes, is kept as it comes."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime

from cnn_tutor.study.exam.exam import Entries, Exam
from cnn_tutor.study.exam.result import record
from cnn_tutor.study.practice.practice import Practice

INTERVAL = 5.0
"""Seconds after which the clock is kept though nothing is written."""

_NAME = "now"
"""Of the note that the exam is kept in."""


class Sitting:
    """The exam of a learner, if there is one: on the disk whenever a method returns.

    ``notes`` are the learner's, for exams alone. An exam that is over stays until another one is
    begun. Each method raises StoreError if what it did can't be kept; it is done all the same, and
    kept with the next thing that can be.
    """

    def __init__(
        self,
        notes: MutableMapping[str, str],
        practice: Practice,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._notes, self._now, self.practice = notes, now, practice
        self.exam: Exam | None = Exam.read(notes.get(_NAME, ""))
        self.kept = True
        """Whether everything is on the disk, but for some seconds of the clock."""
        self._kept_at = 0.0

    @property
    def goes_on(self) -> bool:
        """Whether there is an exam with time left that was not handed in."""
        return self.exam is not None and not self.exam.over

    def begin(self, seed: int) -> None:
        """Begin another exam; that which is there is gone."""
        self.exam = Exam.begin(seed, self._now())
        self.keep()

    def answer(self, entries: Entries) -> None:
        """Take what stands in the blanks of the question that the learner is at."""
        if self.exam is not None and not self.exam.over:
            self.exam = self.exam.with_answer(entries)
            self.keep()

    def go_to(self, place: int) -> None:
        """Go to another question."""
        if self.exam is not None and not self.exam.over:
            self.exam = self.exam.at(place)
            self.keep()

    def pass_time(self, seconds: float) -> None:
        """Let time pass at the question; when it is up, the exam is over."""
        if self.exam is None or self.exam.over:
            return
        self.exam = self.exam.after(seconds)
        if self.exam.left <= 0:
            self.hand_in()
        elif self.exam.used - self._kept_at >= INTERVAL:
            self.keep()

    def hand_in(self) -> None:
        """End the exam, and put its answers into the record of practice."""
        if self.exam is not None:
            self.exam = self.exam.handed_in(self._now())
            self.keep()

    def keep(self) -> None:
        """Keep the exam as it is now, and once it is over its answers in the record."""
        exam = self.exam
        if exam is None:
            return
        self._kept_at, self.kept = exam.used, False  # tried again after as long, where it fails
        self._notes[_NAME] = exam.text()
        if exam.over and not exam.recorded:
            record(exam, self.practice)
            self.exam = exam.in_record()
            self._notes[_NAME] = self.exam.text()
        self.kept = True
