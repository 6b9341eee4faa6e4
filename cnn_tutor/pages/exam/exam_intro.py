"""What stands on the page before an exam: what it is, and the button that begins it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from cnn_tutor.pages.exam.exam_card import minutes
from cnn_tutor.study import words
from cnn_tutor.study.exam import COUNT, MINUTES
from cnn_tutor.study.exam.exam import Exam
from cnn_tutor.widgets.announcing import read_out
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style.sizes import measured, px

_WIDEST = 640


class ExamIntro(QWidget):
    """Begins an exam, or goes on with the one that is not over."""

    wanted = Signal()
    """Emitted when the learner wants to begin, or to go on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exam: Exam | None = None
        self._title = named(QLabel(), "exam_title")
        self._about, self._kept = WrappedLabel(), named(WrappedLabel(), "exam_kept")
        self.begin = named(QPushButton(), "begin_exam")
        self.begin.clicked.connect(self.wanted)
        card = named(QFrame(), "exam_intro")
        measured(card, lambda card: card.setMaximumWidth(px(_WIDEST)))
        parts = (self._title, self._about, self._kept, row(self.begin, 1))
        column(*parts, on=card, margins=(28, 22, 28, 24), spacing=14)
        column(1, row(card), 2, on=self, margins=(24, 16, 24, 18))

    def show_exam(self, exam: Exam | None) -> None:
        """Offer to go on with an exam; to begin one where there is none, or one that is over."""
        self._exam = exam if exam is not None and not exam.over else None
        self.retranslate()

    def read_out(self) -> None:
        """Have a screen reader say what an exam is."""
        read_out(self, self._title, self._about, self._kept)

    def retranslate(self) -> None:
        exam = self._exam
        count, time = (COUNT, MINUTES) if exam is None else (len(exam.questions), exam.minutes)
        self._title.setText(words.say("exam.title"))
        self._about.setText(words.say("exam.about", count=count, minutes=time))
        self._kept.setText(words.say("exam.kept"))
        text = self.tr("Begin the exam")
        if exam is not None:
            text = self.tr("Go on ({done} of {count}, {time} left)").format(
                done=exam.done, count=count, time=minutes(exam.left)
            )
        self.begin.setText(text)
