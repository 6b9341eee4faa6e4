"""Practice in the window: its pages, and the learner whose answers are kept."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoGroup, QUndoStack
from PySide6.QtWidgets import QStackedWidget, QWidget

from cnn_tutor.app.progress_bar import CalledOff, progress_bar
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.document.playback import Playback
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import words
from cnn_tutor.study.exam import EXAM
from cnn_tutor.study.lessons.library import Library
from cnn_tutor.study.lessons.progress import Progress
from cnn_tutor.study.practice import PRACTICE, RESULTS

if TYPE_CHECKING:
    from cnn_tutor.pages.exam.exam_page import ExamPage
    from cnn_tutor.pages.practice.practice_page import PracticePage
    from cnn_tutor.pages.results.results_page import ResultsPage
    from cnn_tutor.study.exam.sitting import Sitting
    from cnn_tutor.study.practice.practice import Practice
    from cnn_tutor.study.practice.record.store import Learner, Store

_PAGES = (PRACTICE, EXAM, RESULTS)
_IN_MEMORY = ":memory:"

_OF_A_LESSON = 2
"""Skills that are practised after a lesson that names none."""

_LESSONS = "lessons"
"""The kind of notes that the progress in lessons is kept in."""


class Page(Protocol):
    """What every page of the window can be asked for."""

    @property
    def parts(self) -> list[tuple[QWidget, QWidget]]:
        """What the keyboard goes round, each with what it comes to first there."""


class PracticePages(QObject):
    """Opens the pages on which a learner practises; they are made when they are first wanted.

    Without preferences what is answered is forgotten with the window.
    """

    changed = Signal()
    """Emitted when another page is on, or when something else is due."""

    panel_toggled = Signal()
    """Emitted when the panel of a page is to be folded away, or to be shown again."""

    learner_changed = Signal()
    """Emitted when the progress in lessons is that of another learner, or of another record."""

    said = Signal(str)
    """Emitted with what the learner has to know, such as that answers can't be kept."""

    def __init__(
        self,
        stack: QStackedWidget,
        undo: QUndoGroup,
        preferences: Preferences | None,
        library: Library,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._stack, self._undo, self._preferences = stack, undo, preferences
        self._library = library
        self._own_stack = QUndoStack(self)
        undo.addStack(self._own_stack)
        self._store: Store | None = None
        self._practice: Practice | None = None
        self._practices: dict[int, Practice] = {}
        """Those of all who have practised, by learner: answers can wait in them to be kept."""
        self._progress: Progress | None = None
        self._progresses: dict[int, Progress] = {}
        """The progress in lessons of all who were at it, by learner."""
        self._reported = 0
        self._page: PracticePage | None = None
        self._results: ResultsPage | None = None
        self._exam: ExamPage | None = None

    @property
    def on(self) -> str:
        """The key of the page that is on; empty for none of practice."""
        here = self._stack.currentWidget()
        pages = zip(_PAGES, (self._page, self._exam, self._results), strict=True)
        return next((key for key, page in pages if page is not None and page is here), "")

    @property
    def page(self) -> PracticePage:
        """The page of exercises."""
        if self._page is None:
            from cnn_tutor.pages.practice.practice_page import PracticePage

            self._page = PracticePage(self.practice)
            self._stack.addWidget(self._page)
            self._undo.addStack(self._page.document.undo_stack)
            self._page.failed.connect(self.said)
            self._page.fold.toggled.connect(self.panel_toggled)
            self._page.drill.stored.connect(self.changed)
            self._page.drill.begun.connect(self.changed)
        return self._page

    @property
    def practice(self) -> Practice:
        """The practice of the learner who is at it."""
        if self._practice is None:
            learner = self._remembered()
            self._practice = self._practices[learner.id] = self._practice_of(learner)
            self._report_notices(learner.id)
            self._use_progress(learner)
        return self._practice

    @property
    def progress(self) -> Progress:
        """How far the learner who is at it has come in the lessons.

        Where the record can't be opened lessons go on without a word. What is done in them then
        waits in the settings, for who is at it when it can be opened again.
        """
        if self._progress is None and self._preferences is not None:
            from cnn_tutor.study.practice.record.store import Store

            self._progress = Progress(self._preferences.lessons)
            with suppress(Refusal):
                self._store = Store.open(self._preferences.practice_path)
                if self._store.learners():
                    self._use_progress(self._remembered())
        if self._progress is None:
            self._progress = Progress()
        return self._progress

    @property
    def store(self) -> Store:
        """Where the answers are kept."""
        if self._store is None:
            from cnn_tutor.study.practice.record.store import Store

            path = self._preferences.practice_path if self._preferences else _IN_MEMORY
            try:
                self._store = Store.open(path)
            except Refusal as refusal:
                self._store = self._unkept(refusal)
        return self._store

    @property
    def playback(self) -> Playback | None:
        """The playback through a solution that is shown; None while there is none."""
        page = self._page
        return page.playback if page is not None and page.player.isVisible() else None

    def due(self) -> int:
        """Return how many reviews are due; without looking it up before practice is begun."""
        return len(self._practice.due()) if self._practice is not None else 0

    def knows(self, key: str) -> bool:
        """Say whether a key is one of these pages, or the code of an exercise."""
        from cnn_tutor.study.exercises.board_code import is_code  # few starts need it

        return key in _PAGES or is_code(key)

    def open(self, key: str) -> None:
        """Open a page, or the exercise that a code names.

        Raises:
            Refusal: if a code is mistyped, or of another version.
        """
        if key not in _PAGES:
            self.open_code(key)
        elif key == EXAM:
            self._open_exam()
        elif not self._catches_up(self.practice):
            pass  # which has been said
        elif key == RESULTS:
            self._show(self._results_page())
        else:
            self._show(self.page)
            drill = self.page.drill
            if drill.exercise is None and drill.unfinished is None:
                self.page.start()

    @property
    def on_exercise(self) -> bool:
        """Whether an exercise is before the learner."""
        return self.on == PRACTICE and self.page.drill.exercise is not None

    def open_code(self, text: str) -> None:
        """Open the exercise of a code; raises Refusal if it is none."""
        from cnn_tutor.study.exercises.board_code import is_board_code
        from cnn_tutor.study.exercises.code import decode

        if not is_board_code(text):
            self.set_one(*decode(text))
        elif self._catches_up(self.practice):
            self.page.drill.set_board(text)
            self._show(self.page)

    def set_one(self, shape: str, kind: str, level: int, seed: int) -> None:
        """Open one exercise by its facts; raises Refusal if there is no such exercise."""
        from cnn_tutor.study.exercise import NoExercise

        if not self._catches_up(self.practice):
            return
        try:
            self.page.drill.set_one(shape, kind, level, seed)
        except NoExercise as error:
            raise Refusal("exercise_unknown") from error
        self._show(self.page)

    def answer(self, texts: Sequence[str]) -> None:
        """Write into the blanks of the exercise that is on, one after the other, and check.

        Raises:
            Refusal: if there are fewer blanks; nothing is written then.
        """
        if texts and self.on_exercise:
            sheet = self.page.sheet
            if len(texts) > len(sheet.blanks):
                raise Refusal("too_many_answers", given=len(texts), blanks=len(sheet.blanks))
            for blank, text in zip(sheet.blanks, texts, strict=False):
                sheet.enter(blank.name, text)
            self.page.drill.check()

    def leave(self) -> None:
        """Show the lab again; the round waits."""
        lab = self._stack.widget(0)
        assert lab is not None
        self._show(lab)

    def practise(self, *skills: str) -> None:
        """Begin a round: a mix, or of chosen skills; an empty key is none."""
        if not self._catches_up(self.practice):
            return
        self._show(self.page)
        self.page.start(*filter(None, skills))

    def practise_lesson(self, key: str) -> None:
        """Begin a round of what a lesson was about; of an unknown lesson, a mix."""
        from cnn_tutor.study.practice.mastery.skills import skills

        lesson = self._library[key].lesson if key in self._library else None
        wanted = [one for one in lesson.practise if one in skills()] if lesson else []
        if lesson and not wanted:
            kinds = lesson.kinds([step.key for step in lesson.steps])
            about = [one for one, skill in skills().items() if skill.pairs[0][1] in kinds]
            wanted = about[:_OF_A_LESSON]
        self.practise(*wanted)

    def resume(self) -> None:
        """Go on with the round that was put aside last, if there is one."""
        if self._catches_up(self.practice):
            self._show(self.page)
            self.page.drill.resume()

    @property
    def unfinished(self) -> bool:
        """Whether a round was put aside."""
        return self._page is not None and self._page.drill.unfinished is not None

    def use_learner(self, learner: int) -> None:
        """Practise as somebody else; the round that is on waits for who began it."""
        found = next((one for one in self.store.learners() if one.id == learner), None)
        if found is None:
            return
        practice = self._practices.get(learner) or self._practice_of(found)
        if not self._catches_up(practice):
            return
        same = self._practice is not None and self._practice.learner.id == learner
        if self._preferences and self.store.path is not None:  # else it is another record's
            self._preferences.learner = learner
        if self._page is not None and not same:
            self._page.drill.leave()  # it belongs to who began it
        if self._exam is not None and self._practice is not None and not same:
            before = self._practice.learner.id
            if any(one.id == before for one in self.store.learners()):
                self._exam.stop()
        practice.learner = found  # whose name can be another one by now
        self._practices[learner] = self._practice = practice
        self._report_notices(learner)
        self._use_progress(found)
        if self._page is not None:
            self._page.show_practice(self._practice)
        if self._results is not None:
            self._results.show_practice(self.store, self._practice)
        if self._exam is not None and not same:
            self._exam.sit_down(self._sitting())
        self.changed.emit()

    def keep_waiting(self) -> None:
        """Keep every answer that could not be kept so far; raises Refusal if that fails."""
        if self._page is not None:
            self._page.drill.keep_left(waits=True)
        if self._exam is not None:
            self._exam.keep()
        there = {one.id for one in self.store.learners()} if self._practices else ()
        for learner, practice in self._practices.items():
            if learner in there:
                practice.keep_waiting()

    def close(self) -> None:
        """Let go of the record, for another program to be able to open it."""
        if self._page is not None:
            self._page.drill.leave()
        if self._exam is not None:
            self._exam.stop()
        with suppress(Refusal):  # it was said when they were given, and before
            self.keep_waiting()
        for progress in self._progresses.values():
            progress.keep_waiting()
        if self._store is not None:
            self._store.close()
            self._store = None

    # --- inside ----------------------------------------------------------------------------------

    def _catches_up(self, practice: Practice) -> bool:
        """Go through a record that is not known yet; return False if nobody wants to wait."""
        try:
            with progress_bar(
                self._stack.window(), self.tr("Practice"), self.tr("Going through your answers…")
            ) as progress:
                for share in practice.catch_up():
                    progress(share)
        except CalledOff:
            return False
        except Refusal:
            return True  # the page says it
        return True

    def _open_exam(self) -> None:
        if not self._catches_up(self.practice):
            return
        try:
            page = self._exam_page()
        except Refusal as refusal:
            self._report(words.explain(refusal))
            return
        page.refresh()
        self._show(page)
        page.first_part.setFocus()

    def _exam_page(self) -> ExamPage:
        if self._exam is None:
            from cnn_tutor.pages.exam.exam_page import ExamPage

            self._exam = ExamPage(self._sitting())
            self._stack.addWidget(self._exam)
            self._undo.addStack(self._exam.document.undo_stack)
            self._exam.failed.connect(self.said)
            self._exam.practise.connect(self.practise)
            self._exam.ended.connect(self._take_in_exam)
        return self._exam

    def _sitting(self) -> Sitting:
        """Return the exam of the learner who practises; raises Refusal if it can't be read."""
        from cnn_tutor.study.exam.sitting import Sitting
        from cnn_tutor.study.practice.record.notes import Notes

        practice = self.practice
        return Sitting(Notes(self.store, practice.learner.id, EXAM), practice)

    def _take_in_exam(self) -> None:
        """Show what is known of the learner after an exam."""
        if self._page is not None:
            self._page.panel.refresh()
        self.changed.emit()

    def _results_page(self) -> ResultsPage:
        if self._results is None:
            from cnn_tutor.pages.results.results_page import ResultsPage

            self._results = ResultsPage(self.store, self.practice)
            self._stack.addWidget(self._results)
            self._results.practise.connect(self.practise)
            self._results.learner_chosen.connect(self.use_learner)
        self._results.refresh()
        return self._results

    def _show(self, page: QWidget) -> None:
        if page is self._stack.currentWidget():
            return
        before = self._stack.window().focusWidget()
        leaves = before is not None and self._stack.isAncestorOf(before)
        self._stack.setCurrentWidget(page)
        keyboard = page.focusWidget()
        # Qt gives it back to where it was, which may be in a view that is put away by now; to a
        # page where it has not been yet, it would not give it at all.
        if leaves if keyboard is None else not keyboard.isVisible():
            cast("Page", page).parts[0][1].setFocus()
        nothing_to_undo = self._own_stack
        stacks = {self._stack.widget(0): self._undo.stacks()[0]}
        for own in (self._page, self._exam):
            if own is not None:
                stacks[own] = own.document.undo_stack
        self._undo.setActiveStack(stacks.get(page, nothing_to_undo))
        self.changed.emit()

    def _unkept(self, refusal: Refusal) -> Store:
        """Say why nothing can be kept, and return what holds the answers until the end."""
        from cnn_tutor.study.practice.record.store import Store

        self._report(f"{words.explain(refusal)} {words.say('drill.not_kept')}")
        return Store.open(_IN_MEMORY)

    def _practice_of(self, learner: Learner) -> Practice:
        from cnn_tutor.study.practice.practice import Practice

        def met() -> set[str]:
            return self._library.kinds_met(self._progresses.get(learner.id, self.progress))

        return Practice(self.store, learner, met=met)

    def _remembered(self) -> Learner:
        """Return the learner who practised last, or the first one."""
        learners = self.store.learners() or (self._first_learner(),)
        remembered = self._preferences.learner if self._preferences else 0
        return next((one for one in learners if one.id == remembered), learners[0])

    def _use_progress(self, learner: Learner) -> None:
        """Go on with the progress in lessons of a learner."""
        known, kept = self._progresses.get(learner.id), self.store.path is not None
        if known is None and kept:
            from cnn_tutor.study.practice.record.notes import Notes

            try:
                known = Progress(Notes(self.store, learner.id, _LESSONS))
            except Refusal:
                return  # lessons go on as they are; practice says it
            if self._preferences is not None:
                known.take_over(self._preferences.lessons)
        elif known is None:  # what was done before anybody practised is the first one's
            known = Progress() if self._progresses else self.progress
        self._progresses[learner.id] = known
        if known is not self._progress:
            self._progress = known
            self.learner_changed.emit()

    def _first_learner(self) -> Learner:
        name = words.say("drill.learner")
        try:
            return self.store.add_learner(name)
        except Refusal as refusal:
            self.store.close()
            self._store = self._unkept(refusal)
            return self._store.add_learner(name)

    def _report_notices(self, learner: int) -> None:
        """Report what the record says of itself and of a learner's answers, each thing once."""
        with suppress(Refusal):  # it comes again when they are wanted
            self.store.answers(learner)
        new = self.store.notices[self._reported :]
        self._reported += len(new)
        if new:
            self._report("\n".join(map(words.explain, new)))

    def _report(self, text: str) -> None:
        # Not before the window stands.
        QTimer.singleShot(0, self, lambda: self.said.emit(text))
