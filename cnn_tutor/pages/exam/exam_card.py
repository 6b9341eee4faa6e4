"""The card over a question: its place, what is asked, and how much time is left."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QWidget

from cnn_tutor.study import words
from cnn_tutor.study.exam.exam import Exam
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.widgets.announcing import announce, read_out
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style.rich_text import marked
from cnn_tutor.widgets.style.states import set_state

WARNING = 5 * 60
"""Seconds before the end from which the clock warns."""


def minutes(seconds: float) -> str:
    """Write a time as minutes and seconds, ``"21:30"``."""
    whole, rest = divmod(int(seconds), 60)
    return f"{whole}:{rest:02}"


class ExamCard(QFrame):
    """Says what is asked; ``answer`` is where it can be written, besides the board."""

    def __init__(self, answer: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caption_card")
        self._place = named(QLabel(), "exercise_place")
        self._title = named(QLabel(), "exercise_title")
        self._clock = named(QLabel(), "exam_clock")
        self._hide = named(QToolButton(), "hide_clock")
        self._hide.setCheckable(True)
        self._hide.toggled.connect(lambda hidden: self._clock.setVisible(not hidden))
        self._hide.toggled.connect(self.retranslate)
        self._prompt = named(WrappedLabel(), "prompt")
        head = row(self._place, self._title, 1, self._clock, self._hide, spacing=12)
        task = row((self._prompt, 1), answer, spacing=16)
        column(head, task, on=self, margins=(16, 10, 16, 10), spacing=4)

    def show_question(self, place: int, count: int, exercise: Exercise) -> None:
        """Show what is asked."""
        self._place.setText(words.say("exam.place", place=place + 1, count=count))
        self._title.setText(exercise.source.name)
        self._prompt.setText(marked(words.pick(exercise.prompt)))

    def read_out(self) -> None:
        """Have a screen reader say what is asked."""
        read_out(self, self._place, self._title, self._prompt)

    def show_time(self, exam: Exam) -> None:
        """Show how much time is left; nothing once the exam is over."""
        self._clock.setVisible(not exam.over and not self._hide.isChecked())
        self._hide.setVisible(not exam.over)
        # A second is over when it has passed.
        self._clock.setText(words.say("exam.left", time=minutes(exam.left + 0.999)))
        soon = exam.left <= WARNING
        if soon and not exam.over and self._clock.property("state") == "":
            announce(self, self._clock.text(), topic="clock")
        set_state(self._clock, "warning" if soon else "")

    def retranslate(self) -> None:
        hidden = self._hide.isChecked()
        self._hide.setText(self.tr("Show time") if hidden else self.tr("Hide time"))
