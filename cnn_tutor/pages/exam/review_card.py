"""The card under a question: how it is answered, and once the exam is over how it went."""

from __future__ import annotations

import html

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame, QWidget

from cnn_tutor.pages.practice.feedback_card import worked
from cnn_tutor.study import words
from cnn_tutor.study.exam.exam import Entries
from cnn_tutor.study.exam.question import Question
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.grading.feedback import about_all, about_cell
from cnn_tutor.study.grading.grading import Grade
from cnn_tutor.study.naming import blank_name
from cnn_tutor.widgets.announcing import announce
from cnn_tutor.widgets.controls.layouts import column, named
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.rich_text import marked
from cnn_tutor.widgets.style.states import set_state

_TOLD_LIMIT = 2
"""Mistakes that are spoken of."""


class ReviewCard(QFrame):
    """Says which keys answer a question, or what was right and wrong about the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("feedback_card")
        self._text = named(WrappedLabel(), "feedback")
        column(self._text, on=self, margins=(14, 8, 14, 8))

    def show_keys(self, question: Question, doubts: str, beside: bool) -> None:
        """Say how the question is answered; ``doubts`` are about what can't be read yet."""
        key = "keys_line" if beside else "keys"
        if any(blank.mark for blank in question.exercise.blanks):
            key = "keys_marks"
        if question.choices:
            key = "keys_choice"
        self._text.setText(html.escape(doubts) or words.say(f"exam.{key}"))
        set_state(self, "", "tone")

    def show_review(self, question: Question, judged: Grade, entries: Entries) -> None:
        """Say how it went, what a wrong answer looks like, and how it is done."""
        theme, exercise = colours.current(), question.exercise
        key, ink = ("right", theme.written_text) if judged.right else ("wrong", theme.wrong_text)
        if not entries:
            key, ink = "open", theme.dim
        sign = {"right": "✓ ", "wrong": "✗ "}.get(key, "")
        head = f"<b style='color:{ink}'>{sign}{words.say(f'exam.{key}')}</b>"
        lines = [marked(line) for line in self._about(exercise, judged, entries)]
        if not judged.right:
            lines.append(f"<b>{words.say('exam.solution')}</b>: {worked(exercise)}")
        self._text.setText("<br>".join(["&nbsp; ".join([head, *lines[:1]]), *lines[1:]]))
        set_state(self, {"open": ""}.get(key, key), "tone")

    def read_out(self) -> None:
        """Have a screen reader say what stands in it."""
        announce(self, self._text.text(), topic="feedback")

    def _about(self, exercise: Exercise, judged: Grade, entries: Entries) -> list[str]:
        """What was written, where it is short, and the mistakes that it looks like."""
        if judged.right or not entries:
            return []
        if len(exercise.blanks) > 1 or exercise.blanks[0].mark:
            said = [words.pick(about_all(judged))]
        else:
            name = words.pick(blank_name(exercise, exercise.blanks[0]))
            written = [f"{name} = {text}" for text in entries.values()]
            listed = QLocale(words.language()).createSeparatedList(written)
            said = [words.say("exam.written", entries=listed)]
        for mistake in judged.mistakes[:_TOLD_LIMIT]:
            text = words.pick(about_cell(exercise, judged, entries, mistake.cells[0]))
            said += [] if text in said else [text]
        return said
