"""The page of the exam: before it, its questions, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QWidget,
)

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.pages.exam.choice_column import ChoiceColumn
from cnn_tutor.pages.exam.exam_card import ExamCard
from cnn_tutor.pages.exam.exam_intro import ExamIntro
from cnn_tutor.pages.exam.exam_result_view import ExamResultView, states
from cnn_tutor.pages.exam.exam_run import ExamRun
from cnn_tutor.pages.exam.question_row import ANSWERED, OPEN, QuestionRow
from cnn_tutor.pages.exam.review_card import ReviewCard
from cnn_tutor.pages.practice.answer_sheet import AnswerSheet
from cnn_tutor.pages.practice.desk import Desk
from cnn_tutor.pages.practice.setting import set_exercise
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exam.exam import Exam
from cnn_tutor.study.exam.question import Question
from cnn_tutor.study.exam.result import Result, result
from cnn_tutor.study.exam.sitting import Sitting
from cnn_tutor.study.grading.sheet import read
from cnn_tutor.study.naming import blank_name
from cnn_tutor.widgets.announcing import spoken
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.controls.scrolling import Squeezed
from cnn_tutor.widgets.style.states import set_state


class ExamSheet(AnswerSheet):
    """The blanks of a question; one that is chosen takes no other number than its ``choices``."""

    choices: tuple[float, ...] = ()

    def write(self, port: str, at: Index, number: float) -> None:
        if not self.choices or number in self.choices:
            super().write(port, at, number)


class ExamPage(QWidget):
    """An exam, one question at a time; no answer is judged before it is over."""

    failed = Signal(str)
    """Emitted when something could not be kept, with the words that say why."""

    ended = Signal()
    """Emitted when an exam is over, and what is known of the learner is other now."""

    practise = Signal(str)
    """Emitted with the key of a skill that the learner wants to practise."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exam_page")
        self.run = ExamRun(sitting, self)
        """The exam, and its clock."""
        self._desk = Desk(self, ExamSheet)
        self.document, self.sheet = self._desk.document, self._desk.sheet
        self._result: Result | None = None
        self._place = -1
        """The question that is shown; none is before the exam."""
        self._setting = False
        self._intro, self._view = ExamIntro(), ExamResultView()
        self._card, self._row = ExamCard(self._desk.box), QuestionRow()
        self._questions = QWidget()
        self._work, self._room = QWidget(), QWidget()
        self._choices, self._review = ChoiceColumn(self._questions), ReviewCard()
        self._back = named(QPushButton(), "previous_question")
        self._next = named(QPushButton(), "next_question")
        self._hand_in = named(QPushButton(), "hand_in")
        self._answers = named(QPushButton(), "show_answers")
        self._answers.setCheckable(True)
        self._practise = named(QPushButton(), "practise_skill")
        self._to_result = named(QPushButton(), "to_result")
        self._stack = QStackedWidget()
        self._parts = (self._intro, self._questions, self._view)
        """What is shown one at a time, each of which scrolls."""
        self._lay_out()
        self._connect()
        self.retranslate()

    # --- what can be asked of it -----------------------------------------------------------------

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first: where the answer is written, or the one button."""
        here = self._parts[self._stack.currentIndex()]
        if here is self._intro:
            return self._intro.begin
        if here is self._view:
            return self._view.questions
        if self._result is not None:
            return self._row.first_part
        if self._choices.isVisible():
            return self._choices.first_part
        board = self._desk.board
        return self._desk.line.first_open or (board.first_part if board.isVisible() else self._next)

    @property
    def parts(self) -> list[tuple[QWidget, QWidget]]:
        return [(self, self.first_part)]

    def sit_down(self, sitting: Sitting) -> None:
        """Show the exam of another learner; the one that was on is to be stopped before."""
        self.run.sit_down(sitting)
        self.refresh()

    def refresh(self) -> None:
        """Show where the exam is, unless its clock runs: what is before it, or what came of it."""
        if self.run.on:
            return
        self.run.stop()
        self._place, self._result = -1, None
        exam = self.run.exam
        if exam is not None and exam.over:
            self._show_result()
        else:
            self._intro.show_exam(exam)
            self._turn_to(self._intro)
            self._intro.read_out()

    def keep(self) -> None:
        """Keep what stands there now; raises Refusal if that fails."""
        self._take_typed()
        self.run.sitting.keep()

    def stop(self) -> None:
        """Keep everything, and let the exam stand until it is gone on with."""
        self._take_typed()
        self.run.stop()

    def retranslate(self) -> None:
        self._back.setText(self.tr("← Previous"))
        self._next.setText(self.tr("Next →"))
        for button in (self._back, self._next):
            button.setAccessibleName(spoken(button.text()))
        self._hand_in.setText(self.tr("Hand in"))
        self._answers.setText(self.tr("Show the right answers"))
        self._practise.setText(self.tr("Practise this skill"))
        self._to_result.setText(self.tr("Back to the result"))
        self._card.retranslate()
        self._intro.retranslate()
        self._view.retranslate()
        self._desk.retranslate()
        if self._place >= 0:
            self._write_words()
            self._follow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._view.retranslate()
            if self._place >= 0:
                self._follow()

    # --- building --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for button in (self._back, self._next, self._hand_in, self._answers, self._practise):
            # The mouse leaves the keyboard where the answer is written.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        choices = (self._choices, 0, Qt.AlignmentFlag.AlignVCenter)
        row((self._desk.place, 1), (self._room, 1), choices, on=self._work, spacing=14)
        going = (self._back, self._next, self._answers, 1)
        ways = row(*going, self._practise, self._to_result, self._hand_in, spacing=10)
        parts = (self._card, self._row, (self._work, 1), self._desk.room, self._review, ways)
        column(*parts, on=self._questions, margins=(22, 12, 22, 10), spacing=8)
        for part in self._parts:
            self._stack.addWidget(Squeezed(part))
        column(self._stack, on=self)

    def _connect(self) -> None:
        run = self.run
        run.changed.connect(self._follow)
        run.ticked.connect(self._show_time)
        run.ended.connect(self._end)
        run.failed.connect(self._say_why_not)
        self._intro.wanted.connect(self._begin_exam)
        self._view.again.connect(self._offer_another)
        self._view.chosen.connect(self._go_to)
        self._row.chosen.connect(self._go_to)
        self._back.clicked.connect(lambda: self._step(-1))
        self._next.clicked.connect(lambda: self._step(1))
        self._hand_in.clicked.connect(self._ask_to_hand_in)
        self._to_result.clicked.connect(self._show_result)
        self._practise.clicked.connect(lambda: self.practise.emit(self._question.skill))
        self._answers.toggled.connect(self._show_answers)
        self._choices.chosen.connect(self._choose)
        self.sheet.changed.connect(self._keep_entries)
        for line in (self._desk.line, self._desk.box):
            line.typed.connect(self._keep_entries)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Return", "Enter"):
            for part, does in ((self._questions, self._enter), (self._intro, self._begin_exam)):
                QShortcut(QKeySequence(keys), part, context=inside).activated.connect(does)

    # --- going through the exam ------------------------------------------------------------------

    @property
    def _exam(self) -> Exam:
        exam = self.run.exam
        assert exam is not None
        return exam

    @property
    def _question(self) -> Question:
        return self._exam.questions[self._place]

    def _begin_exam(self) -> None:
        if self.run.sitting.goes_on:
            self.run.go_on()
        else:
            self.run.begin()
        self._result = None
        self._show(self._exam.place)

    def _offer_another(self) -> None:
        self._intro.show_exam(None)
        self._turn_to(self._intro)
        self._intro.begin.setFocus()

    def _turn_to(self, part: QWidget) -> None:
        self._stack.setCurrentIndex(self._parts.index(part))

    def _step(self, by: int) -> None:
        self._go_to(min(max(self._place + by, 0), len(self._exam.questions) - 1))

    def _go_to(self, place: int) -> None:
        if not self._take_typed():
            self._follow()  # the row shows where the learner still is
            return
        reviewed = self._result is not None
        self.run.go_to(place)
        if reviewed or self._result is None:  # else its time was up
            self._show(place)

    def _show(self, place: int) -> None:
        """Show a question with what stands in it, the keyboard where it is answered."""
        self._place, self._setting = place, True
        question = self._question
        set_exercise(question.exercise, self.document, self._desk.state, self.sheet)
        sheet = self.sheet
        assert isinstance(sheet, ExamSheet)
        sheet.choices = question.choices
        for name, text in self._exam.answers[place].items():
            sheet.put(name, text)
        on_board = self._desk.begin()
        self._room.setVisible(not on_board)
        self._work.setVisible(on_board or bool(question.choices))
        if self._result is not None:
            self._answers.setChecked(False)
            self._desk.state.uncover()
            self._judge()
        self._setting = False
        self._turn_to(self._questions)
        self._write_words()
        self._follow()
        QTimer.singleShot(0, self, self._arrive)

    def _arrive(self) -> None:
        """Read out what is asked, and have the keyboard where it is answered."""
        self._go_to_answer()
        self._card.read_out()
        if self._result is not None or not self._place:  # which keys there are, only once
            self._review.read_out()

    def _write_words(self) -> None:
        question, exam = self._question, self._exam
        self._card.show_question(self._place, len(exam.questions), question.exercise)
        blank = question.exercise.blanks[0]
        title = words.pick(blank_name(question.exercise, blank)) if question.choices else ""
        self._choices.begin(question.choices, title)
        if question.choices:
            for line in (self._desk.line, self._desk.box):
                line.hide()

    def _follow(self) -> None:
        """Show how the exam stands."""
        if self._place < 0 or self.run.exam is None:
            return
        exam, over = self._exam, self._result is not None
        if self._result is not None:
            self._row.show_states(states(self._result), self._place)
            judged = self._result.grades[self._place]
            self._answers.setEnabled(not judged.right)
            self._review.show_review(self._question, judged, exam.answers[self._place])
        else:
            count = range(len(exam.questions))
            went = [ANSWERED if exam.answered(n) else OPEN for n in count]
            self._row.show_states(went, self._place)
            doubts = read(self._question.exercise, exam.answers[self._place]).doubts.values()
            doubt = next(map(words.explain, doubts), "")
            self._review.show_keys(self._question, doubt, bool(self.sheet.beside))
        self._show_chosen()
        self._card.show_time(exam)
        self._back.setEnabled(self._place > 0)
        self._next.setEnabled(self._place < len(exam.questions) - 1)
        self._hand_in.setVisible(not over)
        set_state(self._hand_in, exam.done == len(exam.questions), "ready")
        for button in (self._answers, self._practise, self._to_result):
            button.setVisible(over)

    def _show_time(self) -> None:
        self._card.show_time(self._exam)

    def _go_to_answer(self) -> None:
        self._desk.show_asked()
        focus = QApplication.focusWidget()
        along = focus is not None and self._row.isAncestorOf(focus)  # with the arrow keys
        if along or self._result is not None:
            self._row.first_part.setFocus()
        elif self._choices.isVisible():
            self._choices.first_part.setFocus()
        else:
            self._desk.go_to_answer()

    def _enter(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QAbstractButton) and not isinstance(focus, QRadioButton):
            focus.click()
        elif self._next.isEnabled():
            self._step(1)
        elif self._take_typed():
            self._hand_in.setFocus()

    # --- what is written -------------------------------------------------------------------------

    def _take_typed(self) -> bool:
        """Take over what is being typed; False if it could not be had, and why has been said."""
        if self._result is not None or self._place < 0:
            return True
        return self._desk.finish_typing() and not self._desk.say_unread()

    def _keep_entries(self) -> None:
        """Keep what stands in the blanks, also as far as it is typed."""
        if self._setting or self._result is not None or self._place < 0:
            return
        entries = self.sheet.entries
        if not self._question.choices:
            entries |= self._desk.line.entries | self._desk.box.entries
        self.run.answer(entries)

    def _choose(self, number: float) -> None:
        (blank,) = self._question.exercise.blanks
        self.sheet.enter(blank.name, numbers.exact(number))

    def _show_chosen(self) -> None:
        if self._question.choices:
            (blank,) = self._question.exercise.blanks
            text = self._exam.answers[self._place].get(blank.name, "")
            self._choices.show_chosen(numbers.parse(text) if text else None)
            right = next(n for n in self._question.choices if numbers.agree(n, blank.answer))
            self._choices.judge(right if self._result is not None else None)

    # --- its end ---------------------------------------------------------------------------------

    def _ask_to_hand_in(self) -> None:
        if not self._take_typed():
            return
        exam = self._exam
        left = [str(n + 1) for n in range(len(exam.questions)) if not exam.answered(n)]
        box = named(QMessageBox(self), "hand_in_question")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(words.say("exam.title"))
        box.setText(
            words.say("exam.hand_in_open", count=len(left), places=", ".join(left))
            if left
            else words.say("exam.hand_in_all")
        )
        box.setInformativeText(words.say("exam.hand_in_more"))
        yes = box.addButton(self.tr("Hand in"), QMessageBox.ButtonRole.AcceptRole)
        yes.setObjectName("hand_in_yes")
        no = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(no if left else yes)
        box.setEscapeButton(no)
        yes.clicked.connect(self.run.hand_in)
        self.run.ended.connect(box.close)
        box.open()

    def _end(self) -> None:
        """Show the result, whichever way the exam has ended."""
        up = self._exam.left <= 0
        self._show_result()
        self.ended.emit()
        if up:
            self.failed.emit(words.say("exam.time_up"))

    def _show_result(self) -> None:
        if self._result is None:
            self._result = result(self._exam, self.run.sitting.practice)
        self._place = -1
        self._view.show_result(self._result)
        self._turn_to(self._view)
        self._view.questions.setFocus()

    def _judge(self) -> None:
        """Show on the board and beside it which blanks are right."""
        assert self._result is not None
        judged = self._result.grades[self._place]
        about = judged.mistakes[0].lit if judged.mistakes else {}
        self.sheet.judge(judged.cells, True, about)

    def _show_answers(self, shown: bool) -> None:
        """Put the right answers in the place of the learner's, or these back."""
        if self._result is None or self._place < 0 or self._setting:
            return
        if shown:
            self.sheet.reveal()
        else:
            self._show(self._place)

    def _say_why_not(self, refusal: Refusal) -> None:
        self.failed.emit(f"{words.explain(refusal)} {words.say('exam.waits')}")
