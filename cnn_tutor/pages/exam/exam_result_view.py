"""The result of an exam: how many were right, by skill, and question by question."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from cnn_tutor.pages.exam.exam_card import minutes
from cnn_tutor.pages.exam.question_row import LEFT, RIGHT, WRONG
from cnn_tutor.pages.results.skill_results import mistake_name, skill_name
from cnn_tutor.study import words
from cnn_tutor.study.exam.result import Result
from cnn_tutor.widgets.announcing import read_out
from cnn_tutor.widgets.charts.skill_marks import paint_bar
from cnn_tutor.widgets.controls.layouts import column, fixed, named, row, spaced
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.sizes import measured, px

_BAR = 150
_SIGNS = {RIGHT: "✓", WRONG: "✗", LEFT: "–"}
_WORDS = {RIGHT: "right", WRONG: "wrong", LEFT: "open"}
_WIDEST = 1360


def states(result: Result) -> list[str]:
    """Return how each question went."""
    exam = result.exam
    return [
        RIGHT if judged.right else WRONG if exam.answered(place) else LEFT
        for place, judged in enumerate(result.grades)
    ]


class ExamResultView(QWidget):
    """Shows a result; a question that is chosen in it is gone through."""

    chosen = Signal(int)
    """Emitted when the learner wants to see a question, with its place from 0."""

    again = Signal()
    """Emitted when the learner wants to take another exam."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: Result | None = None
        self._title, self._used = named(QLabel(), "exam_result"), named(QLabel(), "exam_used")
        self._again = named(QPushButton(), "another_exam")
        self._again.clicked.connect(self.again)
        self._skills_title, self._questions_title = QLabel(), QLabel()
        for title in (self._skills_title, self._questions_title):
            title.setProperty("heading", True)
            title.setIndent(0)
        self._skills = QWidget()
        self._grid = spaced(QGridLayout(self._skills), 12, 3)
        self.questions = _Questions()
        self.questions.chosen.connect(self.chosen)
        top = row(self._title, self._used, 1, self._again, spacing=16)
        left, right = named(QFrame(), "exam_skills"), named(QFrame(), "exam_questions")
        for card in (left, right):
            card.setProperty("results_card", True)
        left.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        column(self._skills_title, self._skills, 1, on=left, margins=(18, 10, 18, 12), spacing=8)
        column(
            self._questions_title,
            (self.questions, 1),
            on=right,
            margins=(12, 10, 12, 12),
            spacing=8,
        )
        middle = QWidget()
        measured(middle, lambda middle: middle.setMaximumWidth(px(_WIDEST)))
        cards = row(left, (right, 1), spacing=14)
        column(top, cards, 1, on=middle, spacing=14)
        row(middle, on=self, margins=(24, 16, 24, 18))

    def show_result(self, result: Result) -> None:
        """Show what came of an exam."""
        self._result = result
        self.retranslate()
        read_out(self, self._title, self._used)

    def retranslate(self) -> None:
        result = self._result
        if result is None:
            return
        exam = result.exam
        self._title.setText(words.say("exam.result", right=result.right, of=len(exam.questions)))
        used = minutes(exam.used)
        self._used.setText(words.say("exam.used", time=used, minutes=exam.minutes))
        self._again.setText(self.tr("Another exam"))
        self._skills_title.setText(words.say("exam.by_skill"))
        self._questions_title.setText(words.say("exam.questions"))
        self.questions.setAccessibleName(self._questions_title.text())
        self._fill_skills(result)
        self.questions.fill(result)

    def _fill_skills(self, result: Result) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for line, (key, (right, of)) in enumerate(result.by_skill.items()):
            name = QLabel(skill_name(key))
            share = QLabel(words.say("exam.share", right=right, of=of))
            spoken = words.say("exam.share_spoken", name=skill_name(key), right=right, of=of)
            bar = _Bar(right, of)
            bar.setAccessibleName(spoken)
            for at, part in enumerate((name, bar, share)):
                self._grid.addWidget(part, line, at)


class _Bar(QWidget):
    """The share of questions that were right, with a tick where all were."""

    def __init__(self, right: int, of: int) -> None:
        super().__init__()
        self._right, self._of = right, of
        fixed(self, _BAR, 22)

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        share = self._right / self._of
        paint_bar(painter, QRectF(self.rect()), share, mastered=self._right == self._of)
        painter.end()


class _Questions(QListWidget):
    """A line for each question, to be chosen by a click, or with the arrow keys and Enter."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("exam_answers")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.itemClicked.connect(self._choose)

    def fill(self, result: Result) -> None:
        here = self.currentRow()
        self.clear()
        theme = colours.current()
        inks = {RIGHT: theme.written_text, WRONG: theme.wrong_text, LEFT: theme.dim}
        went = states(result)
        for place, (question, judged) in enumerate(
            zip(result.exam.questions, result.grades, strict=True)
        ):
            state = went[place]
            name, shape = skill_name(question.skill), question.exercise.source.name
            parts = [name] if name == shape else [name, shape]
            parts += [mistake_name(judged.mistakes[0].id)] if judged.mistakes else []
            item = QListWidgetItem(
                f"{_SIGNS[state]}  {place + 1}  " + " · ".join(filter(None, parts))
            )
            item.setForeground(colours.colour(inks[state]))
            spoken = ", ".join([str(place + 1), words.say(f"exam.{_WORDS[state]}"), *parts])
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setToolTip(spoken)
            self.addItem(item)
        self.setCurrentRow(max(here, 0))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, sum(map(self.sizeHintForRow, range(self.count()))) + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(self.row(item))
