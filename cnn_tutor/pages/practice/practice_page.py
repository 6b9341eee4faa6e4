"""The practice page: an exercise on a board of its own, and what the tutor says to the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.pages.panels.side_panel import lay_out_page
from cnn_tutor.pages.practice.desk import Desk
from cnn_tutor.pages.practice.drill import HINTS, Drill
from cnn_tutor.pages.practice.exercise_card import ExerciseCard
from cnn_tutor.pages.practice.feedback_card import FeedbackCard
from cnn_tutor.pages.practice.practice_panel import PracticePanel
from cnn_tutor.pages.practice.round_summary import RoundSummary
from cnn_tutor.pages.state.spoken_place import PLACE, SpokenPlace
from cnn_tutor.study import words
from cnn_tutor.widgets.announcing import announce, spoken
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.controls.step_player import StepPlayer

if TYPE_CHECKING:
    from cnn_tutor.study.practice.practice import Practice


class PracticePage(QWidget):
    """Exercises one after the other. What is open in the labs is not touched by them."""

    failed = Signal(str)
    """Emitted when something could not be stored, with the words that say why."""

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("practice_page")
        desk = self._desk = Desk(self)
        self.document, self.shown = desk.document, desk.shown
        self.sheet, self.state = desk.sheet, desk.state
        self.line, self.box, self.board = desk.line, desk.box, desk.board
        self.playback = self.state.playback
        self.drill = Drill(
            self.document, self.state, self.sheet, practice, desk.finish_typing, self
        )
        self.card = ExerciseCard(self.drill, self.box)
        self.feedback = FeedbackCard(self.drill)
        self.panel = PracticePanel(practice)
        self.player = named(StepPlayer(self.playback, compact=True), "player")
        self.check = named(QPushButton(), "check")
        self.hint = named(QPushButton(), "hint")
        self.solution = named(QPushButton(), "show_solution")
        self.again = named(QPushButton(), "try_again")
        self.resume = named(QPushButton(), "resume_round")
        self.next = named(QPushButton(), "next_exercise")
        SpokenPlace(self.state, self)
        self.centre = QWidget()
        self._gap = QWidget()
        self._summary = RoundSummary(self.drill)
        self._lay_out()
        self._connect()
        self._begin()
        self.retranslate()

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first: where the answer is written."""
        if self.line.first_open is not None:
            return self.line.first_open
        return self.board.first_part if self.board.isVisible() else self._ways_on

    @property
    def parts(self) -> list[tuple[QWidget, QWidget]]:
        found = [(self.centre, self.first_part)]
        if self.fold.is_open:
            found.append((self.panel, self.panel.first_part))
        return [*found, (self.player, self.player.first_part)] if self.player.isVisible() else found

    @property
    def _ways_on(self) -> QWidget:
        """The button that leads on: to the round that waits, or to the next exercise."""
        return self.resume if self._offers_round else self.next

    @property
    def _offers_round(self) -> bool:
        """Whether what comes first is to go on with a round that was put aside."""
        drill = self.drill
        return drill.exercise is None and drill.unfinished is not None and not drill.round.over

    def show_practice(self, practice: Practice) -> None:
        """Practise as another learner; what is on goes away."""
        self.drill.practice = practice
        self.panel.show_practice(practice)

    def start(self, *skills: str) -> None:
        """Begin a round: of everything that is due and comes next, or of chosen skills."""
        self.drill.start(*skills)

    def retranslate(self) -> None:
        self.check.setText(self.tr("Check ⏎"))
        self.check.setAccessibleName(spoken(self.check.text()))
        self.solution.setText(self.tr("Show solution"))
        self.again.setText(self.tr("Try again with other numbers"))
        self._desk.retranslate()
        self._write_cards()
        self._follow()

    def _write_cards(self) -> None:
        for card in (self.card, self.feedback, self._summary):
            card.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._write_cards()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.setAccepted(self._desk.notice.isVisible())
            self._desk.notice.hide()
        else:
            super().keyPressEvent(event)

    # --- building --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        buttons = (self.check, self.hint, self.solution, self.again, self.resume, self.next)
        for button in buttons:
            # The mouse leaves the keyboard where the answer is written.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        parts = (self.card, (self._desk.place, 1), (self._summary, 1), self._desk.room)
        # The player has its room between the buttons, for nothing to move when it comes.
        ways = row(*buttons[:-2], (self.player, 1), (self._gap, 1), *buttons[-2:], spacing=10)
        column(*parts, self.feedback, ways, on=self.centre, margins=(22, 8, 22, 8), spacing=6)
        self.fold = lay_out_page(self, self.centre, self.panel)
        self.centre.installEventFilter(self._desk.notice)  # the panel moves what it stands beside
        self._show_player(False)

    def _connect(self) -> None:
        drill = self.drill
        self.check.clicked.connect(drill.check)
        self.hint.clicked.connect(drill.hint)
        self.solution.clicked.connect(self._show_solution)
        self.again.clicked.connect(drill.again)
        self.resume.clicked.connect(drill.resume)
        self.next.clicked.connect(self._go_on)
        self.line.hinted.connect(drill.hint)
        self.box.hinted.connect(drill.hint)
        drill.begun.connect(self._begin)
        drill.changed.connect(self._follow)
        drill.judged.connect(self._on_judged)
        drill.changed.connect(self._highlight_solved)
        drill.hinted.connect(self._desk.show_asked)
        drill.hinted.connect(self.feedback.read_out)
        drill.failed.connect(self._say_why_not)
        drill.stored.connect(self.panel.refresh)
        for settled in (drill.begun, drill.hinted, drill.judged):
            settled.connect(self._desk.notice.hide)
        drill.judged.connect(lambda _: QTimer.singleShot(0, self, self._say_unread))
        self.panel.chosen.connect(self.start)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(keys), self.centre, context=inside)
            shortcut.activated.connect(self._enter)
        QShortcut(QKeySequence("H"), self.centre, context=inside).activated.connect(drill.hint)

    # --- following the drill ---------------------------------------------------------------------

    def _begin(self) -> None:
        """Show another exercise, the keyboard where its answer is written."""
        on_board = self._desk.begin()
        self._summary.setVisible(self.drill.exercise is None)
        self.feedback.keep_height(on_board)
        self.panel.show_skill(self.drill.item.skill if self.drill.item else "")
        QTimer.singleShot(0, self, self._arrive)

    def _arrive(self) -> None:
        """Read out what is asked, and have the keyboard where it is answered."""
        self._go_to_answer()
        announce(self, "", topic=PLACE)  # not before what is asked
        self.card.read_out()
        if self.drill.worked or not self.drill.round.place:  # which keys there are, only once
            self.feedback.read_out()

    def _on_judged(self) -> None:
        self._go_to_answer()
        self.feedback.read_out()

    def _show_solution(self) -> None:
        self.drill.show_solution()
        self.feedback.read_out()

    def _follow(self) -> None:
        drill = self.drill
        on = drill.exercise is not None
        done = drill.done
        for button in (self.check, self.hint, self.solution):
            button.setVisible(on and not done)
        tier = min(drill.hints + 1, HINTS)
        self.hint.setText(self.tr("Hint {tier}/{count}").format(tier=tier, count=HINTS))
        self.again.setVisible(on and done and drill.repeats and not drill.worked)
        more = self.tr("Another round") if not on else self.tr("Next ⏎")
        self.next.setText(more if done or not on else self.tr("Skip this one"))
        self.next.setAccessibleName(spoken(self.next.text()))
        first = self._offers_round
        for button, ready in ((self.resume, first), (self.next, (done or not on) and not first)):
            button.setProperty("ready", ready)
            button.style().polish(button)
        waiting = drill.unfinished
        self.resume.setVisible(waiting is not None and not drill.begun_round)
        if waiting is not None:
            place, count = waiting.place + 1, len(waiting.items)
            short = self.tr("Your round ({place} of {count})")  # beside what is done in another
            said = short if on else self.tr("Go on with your round ({place} of {count})")
            self.resume.setText(said.format(place=place, count=count))
        playable = on and done and drill.shown_how and bool(drill.exercise and drill.exercise.at)
        self._show_player(playable)
        if playable and not self.player.property("ready"):
            self._play()
        self.player.setProperty("ready", playable)

    def _show_player(self, shown: bool) -> None:
        self.player.setVisible(shown)
        self._gap.setVisible(not shown)
        self._gap.setMinimumHeight(self.player.sizeHint().height())

    def _play(self) -> None:
        """Stand before the first step of the way to the cell, for it to be played."""
        assert self.drill.exercise is not None
        self.playback.stand_at(self.drill.exercise.at, hide_later=True, terms=1)

    def _go_on(self) -> None:
        if self.drill.exercise is None:
            self.start()
        else:
            self.drill.next()

    def _enter(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QAbstractButton) and focus not in (self.check, self.next):
            focus.click()
        elif self._offers_round:
            self.drill.resume()
        elif self.drill.exercise is None:
            self.start()
        else:
            self.drill.check()

    def _say_unread(self) -> None:
        layout = self.centre.layout()
        assert layout is not None
        layout.activate()  # what is said of the answer has its room now, and all its place
        self._desk.say_unread()

    def _say_why_not(self, refusal: Refusal) -> None:
        said, waits = words.explain(refusal), self.drill.practice.waits
        self.failed.emit(f"{said} {words.say('drill.waits')}" if waits else said)

    def _highlight_solved(self) -> None:
        """Highlight what it was about, once it is solved."""
        exercise = self.drill.exercise
        if exercise is None or not self.drill.done or exercise.at or exercise.network:
            return
        marked = [b for b in exercise.blanks if b.mark and b.answer and b.port == OUTPUT]
        for port, at in exercise.given or tuple((b.port, b.index) for b in marked[:1]):
            self.state.pin(port, at)

    def _go_to_answer(self) -> None:
        """Bring the keyboard to where the next answer is to be written."""
        if not self._desk.go_to_answer():
            self._ways_on.setFocus()
