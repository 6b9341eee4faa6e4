"""The drill: sets one exercise after the other, judges what is written, gives hints, shows how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from cnn_tutor.document.document import Document
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.pages.practice.answer_sheet import AnswerSheet
from cnn_tutor.pages.practice.round import Round
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.project.project import Project
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.generator import QUIZ
from cnn_tutor.study.grading.grading import Grade, grade
from cnn_tutor.study.grading.sheet import EMPTY, RIGHT, WRONG
from cnn_tutor.study.practice.item import Item
from cnn_tutor.study.practice.mastery.skills import skill_of
from cnn_tutor.study.practice.mastery.standing import ALL, WORKED

if TYPE_CHECKING:
    from cnn_tutor.study.practice.practice import Practice

HINTS = 3
"""How many tiers of hints there are: what is read, which rule, and a cell worked out."""


class Drill(QObject):
    """Goes through a round of exercises with a learner; the one owner of how far they are."""

    begun = Signal()
    """Another exercise is on."""

    changed = Signal()
    """How the exercise stands is other now."""

    judged = Signal(object)
    """The Grade of what the learner has just had checked."""

    hinted = Signal(int)
    """A hint is given, of the tier 1, 2 or 3."""

    failed = Signal(object)
    """The Refusal that says why an answer could not be stored."""

    stored = Signal()
    """An answer is on disk: what is known of the learner is other now."""

    def __init__(
        self,
        document: Document,
        shown: ShownLayer,
        sheet: AnswerSheet,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._shown, self.sheet = document, shown, sheet
        self.practice: Practice | None = None
        self.round = Round()
        """The exercises that are gone through, and how they went."""
        self._exercise: Exercise | None = None
        self._grade: Grade | None = None
        self._checked: dict[str, str] = {}
        self._firsts: dict[str, bool] = {}
        self._hints = 0
        self._shown_how = self._noted = False
        self._clock = QElapsedTimer()
        self.finish_typing: Callable[[], bool] = lambda: True
        """What takes over what is being typed; it says whether that could be had."""

    # --- where the learner is --------------------------------------------------------------------

    @property
    def exercise(self) -> Exercise | None:
        """The exercise that is on, if any is."""
        return self._exercise

    @property
    def item(self) -> Item | None:
        """What the round asks now; None without a round."""
        return self.round.item

    @property
    def worked(self) -> bool:
        """Whether the exercise is one to look at, worked out."""
        return self.item is not None and self.item.stage == WORKED

    @property
    def grade(self) -> Grade | None:
        """How the exercise was judged last."""
        return self._grade

    @property
    def checked(self) -> dict[str, str]:
        """What was written when it was judged last, by blank."""
        return self._checked

    @property
    def hints(self) -> int:
        """How many hints have been given."""
        return self._hints

    @property
    def done(self) -> bool:
        """Whether nothing is left to do here but go on."""
        return self.sheet.solved

    @property
    def shown_how(self) -> bool:
        """Whether the solution has been shown."""
        return self._shown_how

    # --- going through a round -------------------------------------------------------------------

    def start(self, skill: str = "") -> None:
        """Begin a round: a mix of what is due and what comes next, or one skill."""
        assert self.practice is not None
        self._note_abandoned()
        self._begin(Round(self.practice.round(skill)))

    def set_one(self, shape: str, kind: str, level: int, seed: int) -> None:
        """Set one exercise by its facts, as a code names them.

        Raises:
            KeyError: for an unknown shape or kind.
            NoExercise: if there is no such exercise.
        """
        item = Item(skill_of(shape, kind, level), shape, kind, level, seed, ALL, mixed=False)
        item.exercise()
        self._note_abandoned()
        self._begin(Round((item,)))

    def leave(self) -> None:
        """Give up the round that is on; an answer that was wrong is kept."""
        self._note_abandoned()
        self._begin(Round())

    def keep_left(self) -> None:
        """Keep an answer that was wrong as if it was left now, for the program may end."""
        self._note_abandoned()

    def next(self) -> None:
        """Go on to the next exercise, or to the end of the round."""
        if self.round.items:
            self._note_abandoned()
            self.round.go_on()
            self._set()

    @property
    def repeats(self) -> bool:
        """Whether there are other numbers for the exercise; a question of the decks has its own."""
        return self.item is not None and self.practice is not None and self.item.level != QUIZ

    def again(self) -> None:
        """Set the same once more, with other numbers if there are any."""
        if self.item is not None and self.practice is not None and self.repeats:
            self._note_abandoned()
            self.round.exchange(self.practice.again(self.item))
            self._set(adjusted=False)

    # --- working at an exercise ------------------------------------------------------------------

    def check(self) -> None:
        """Judge what has been written; with everything done, go on instead."""
        if not self.finish_typing():
            return  # why is said already
        if self._exercise is None or self.done:
            self.next()
            return
        entries = self.sheet.entries
        if self._grade is not None and entries == self._checked:
            self._tell(self._grade)  # the same once more is no other answer
            return
        self._checked = entries
        history = self.practice.history(self.item) if self.practice else ()
        self._grade = found = grade(self._exercise, entries, history)
        judged = {n: state == RIGHT for n, state in found.cells.items() if state in (RIGHT, WRONG)}
        self._firsts = judged | self._firsts
        if found.mistakes:
            self.round.see(found.mistakes[0].id)
        if judged:
            self._note(found, entries)  # before anything is said of it
        if found.right:
            self._shown.uncover()
            self.round.settle(all(self._firsts.values()) and not self._hints)
        self._tell(found)

    def hint(self) -> None:
        """Give the next hint: what is read, which rule, and then a cell worked out."""
        if self._exercise is None or self.done:
            return
        self.finish_typing()
        self._hints = min(self._hints + 1, HINTS)
        marks = any(blank.mark for blank in self._exercise.blanks)
        if self._hints == 1 and not marks:
            self.sheet.light()  # where cells are to be marked or matched that would be the answer
        self.changed.emit()
        self.hinted.emit(self._hints)

    def show_solution(self) -> None:
        """Fill everything in, for the way to it to be played."""
        if self._exercise is None or self.done:
            return
        self.finish_typing()
        self._shown_how = True
        entries = self.sheet.entries
        # A mistake that was checked has been counted, and one that was not is none yet.
        self._note(replace(grade(self._exercise, entries), mistakes=()), entries)
        self.round.settle(False)
        self._reveal()
        self.changed.emit()

    # --- inside ----------------------------------------------------------------------------------

    def _begin(self, other: Round) -> None:
        self.round = other
        self._set()

    def _set(self, adjusted: bool = True) -> None:
        """Put the exercise of the place on the board, as hard as it should be by now if wanted."""
        if adjusted and self.practice and self.item and len(self.round.items) > 1:
            self.round.exchange(self.practice.adjusted(self.item))
        item = self.item
        self._exercise = exercise = item.exercise() if item is not None else None
        self._grade, self._checked, self._hints = None, {}, 0
        self._firsts.clear()
        self._shown_how = self._noted = False
        self.sheet.begin(None)
        if exercise is not None:
            self._shown.locked = True
            self._shown.shown = exercise.shown
            self._shown.concealed = frozenset(exercise.hidden_ports)
            self._shown.blank = frozenset(exercise.blank_ports)
            self._document.open(_project(exercise))
            self.sheet.begin(exercise)
            self._clock.start()
            if self.worked:
                self._shown_how = True
                self._note(grade(exercise, {}), self.sheet.entries)
                self._reveal()
        self.begun.emit()
        self.changed.emit()

    def _tell(self, found: Grade) -> None:
        """Show how the answer was judged, and what a mistake in it is about."""
        marks = any(blank.mark for blank in self.sheet.blanks)  # lit, they would be told
        about = found.mistakes[0].lit if found.mistakes and not marks else {}
        self.sheet.judge(found.cells, found.right, about)
        self.judged.emit(found)
        self.changed.emit()

    def _reveal(self) -> None:
        self.sheet.reveal()
        self._shown.uncover()

    def _note_abandoned(self) -> None:
        """Keep a wrong answer that the learner goes away from: it says something, too."""
        wrong = self._grade is not None and not all(self._firsts.values())
        hinted = self._hints and not self._noted
        if self._exercise is not None and not wrong and hinted and not self.done:
            # What was looked at with hints is no first try when it is opened again.
            blank = grade(self._exercise, {})
            self._note(blank, self.sheet.entries, left=True)
        elif self._grade is not None and wrong and not self.done:
            self.round.settle(False)
            if not self._noted:  # its mistakes have been counted when it was checked
                self._note(replace(self._grade, mistakes=()), self.sheet.entries, left=True)

    def _note(self, found: Grade, entries: dict[str, str], left: bool = False) -> None:
        """Store an answer; the first one is complete when every blank has been judged once."""
        if self.practice is None or self.item is None or self._exercise is None:
            return
        judged = len(self._firsts) == len(found.cells)
        first = not self._noted and (judged or left or self._shown_how)
        if first:  # what was mended in the meantime does not count
            states = {True: RIGHT, False: WRONG, None: EMPTY}
            found = replace(found, cells={n: states[self._firsts.get(n)] for n in found.cells})
        try:
            self.practice.record(
                self.item,
                found,
                entries,
                first=first,
                hints=self._hints,
                shown=self._shown_how,
                seconds=self._clock.restart() / 1000,
            )
        except Refusal as refusal:
            # One that waits is given all the same: it is not to be counted once more.
            self._noted = self._noted or (first and self.practice.waits)
            self.failed.emit(refusal)
            return
        self._noted = self._noted or first
        self.stored.emit()


def _project(exercise: Exercise) -> Project:
    """Return the board of an exercise: its layer alone, with its numbers."""
    others = {port: tensor for port, tensor in exercise.tensors.items() if port != "x"}
    return Project.of(exercise.tensors["x"], exercise.layer, others)
