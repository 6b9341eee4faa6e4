"""The drill: sets one exercise after the other, judges what is written, gives hints, shows how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from cnn_tutor.document.document import Document
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.pages.practice.answer_sheet import AnswerSheet
from cnn_tutor.pages.practice.setting import set_exercise
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.generator import QUIZ
from cnn_tutor.study.grading.grading import Grade, grade
from cnn_tutor.study.grading.sheet import EMPTY, RIGHT, WRONG
from cnn_tutor.study.practice.mastery.skills import skill_of
from cnn_tutor.study.practice.mastery.standing import ALL, WORKED
from cnn_tutor.study.practice.plan import Item

if TYPE_CHECKING:
    from cnn_tutor.study.practice.practice import Practice

HINTS = 3
"""How many tiers of hints there are: what is read, which rule, and a cell worked out."""


class Round:
    """Items one after the other; ``place`` counts those that came before."""

    def __init__(self, items: Sequence[Item] = ()) -> None:
        self.items = list(items)
        self.place = 0
        self._results: list[bool | None] = [None] * len(self.items)
        self.mistakes: dict[int, str] = {}
        """The mistake that was seen first at a place."""

    @property
    def item(self) -> Item | None:
        """What is asked now; None before and after the round."""
        return self.items[self.place] if self.place < len(self.items) else None

    @property
    def results(self) -> tuple[bool | None, ...]:
        """How each item went: right at once, not so, or None for one that was not answered."""
        return tuple(self._results)

    @property
    def over(self) -> bool:
        """Whether the round has been gone through."""
        return bool(self.items) and self.place >= len(self.items)

    def go_on(self) -> None:
        """Go to the next item, or to the end."""
        self.place = min(self.place + 1, len(self.items))

    def exchange(self, item: Item) -> None:
        """Ask another item at this place; how the first one went stays."""
        self.items[self.place] = item

    def settle(self, well: bool) -> None:
        """Keep how the item went; what was settled once stays."""
        if self.item is not None and self._results[self.place] is None:
            self._results[self.place] = well


class Drill(QObject):
    """Goes through a round of exercises with a learner; the one owner of how far they are."""

    begun = Signal()
    """Emitted when another exercise is on."""

    changed = Signal()
    """Emitted when the exercise stands otherwise."""

    judged = Signal(object)
    """Emitted when an answer was checked, with its Grade."""

    hinted = Signal(int)
    """Emitted when a hint is given, with its tier: 1, 2 or 3."""

    failed = Signal(object)
    """Emitted when an answer could not be stored, with the Refusal that says why."""

    stored = Signal()
    """Emitted when an answer is on disk, and what is known of the learner is other now."""

    def __init__(
        self,
        document: Document,
        state: LabState,
        sheet: AnswerSheet,
        practice: Practice,
        finish_typing: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._state, self.sheet = document, state, sheet
        self._finish_typing = finish_typing
        self.practice = practice
        """That of the learner who is at it."""
        self.round = Round()
        """The exercises that are gone through, and how they went."""
        self.exercise: Exercise | None = None
        """The exercise that is on, if any is."""
        self.grade: Grade | None = None
        """How the exercise was judged last."""
        self.checked: dict[str, str] = {}
        """What was written when it was judged last, by blank."""
        self.hints = 0
        """How many hints have been given."""
        self.told_hint = 0
        """The tier of the hint that was given last, as long as nothing was judged since."""
        self.shown_how = False
        """Whether the solution has been shown."""
        self._firsts: dict[str, bool] = {}
        self._noted = False
        self._clock = QElapsedTimer()

    # --- where the learner is --------------------------------------------------------------------

    @property
    def item(self) -> Item | None:
        """What the round asks now; None without a round."""
        return self.round.item

    @property
    def worked(self) -> bool:
        """Whether the exercise is one to look at, worked out."""
        return self.item is not None and self.item.stage == WORKED

    @property
    def done(self) -> bool:
        """Whether nothing is left to do here but go on."""
        return self.sheet.solved

    # --- going through a round -------------------------------------------------------------------

    def start(self, skill: str = "") -> None:
        """Begin a round: a mix of what is due and what comes next, or one skill."""
        self.keep_left()
        self._begin(Round(self.practice.round(skill)))

    def set_one(self, shape: str, kind: str, level: int, seed: int) -> None:
        """Set one exercise by its facts, as a code names them.

        Raises:
            KeyError: for an unknown shape or kind.
            NoExercise: if there is no such exercise.
        """
        item = Item(skill_of(shape, kind, level), shape, kind, level, seed, ALL, mixed=False)
        item.exercise()
        self.keep_left()
        self._begin(Round((item,)))

    def leave(self) -> None:
        """Give up the round that is on; an answer that was wrong is kept."""
        self.keep_left()
        self._begin(Round())

    def keep_left(self) -> None:
        """Keep a wrong answer that the learner goes away from: it says something, too."""
        wrong = self.grade is not None and not all(self._firsts.values())
        hinted = self.hints and not self._noted
        if self.exercise is not None and not wrong and hinted and not self.done:
            # What was looked at with hints is no first try when it is opened again.
            blank = grade(self.exercise, {})
            self._note(blank, self.sheet.entries, left=True)
        elif self.grade is not None and wrong and not self.done:
            self.round.settle(False)
            if not self._noted:  # its mistakes have been counted when it was checked
                self._note(replace(self.grade, mistakes=()), self.sheet.entries, left=True)

    def next(self) -> None:
        """Go on to the next exercise, or to the end of the round."""
        if self.round.items:
            self.keep_left()
            self.round.go_on()
            self._set()

    @property
    def repeats(self) -> bool:
        """Whether there are other numbers for the exercise; a question of the decks has its own."""
        return self.item is not None and self.item.level != QUIZ

    def again(self) -> None:
        """Set the same once more, with other numbers if there are any."""
        if self.item is not None and self.repeats:
            self.keep_left()
            self.round.exchange(self.practice.again(self.item))
            self._set(adjusted=False)

    # --- working at an exercise ------------------------------------------------------------------

    def check(self) -> None:
        """Judge what has been written; with everything done, go on instead."""
        if not self._finish_typing():
            return  # why is said already
        if self.exercise is None or self.done:
            self.next()
            return
        entries = self.sheet.entries
        if self.grade is not None and entries == self.checked:
            self._tell(self.grade)  # the same once more is no other answer
            return
        self.checked = entries
        history = self.practice.history(self.item) if self.item else ()
        self.grade = found = grade(self.exercise, entries, history)
        judged = {n: state == RIGHT for n, state in found.cells.items() if state in (RIGHT, WRONG)}
        self._firsts = judged | self._firsts
        if found.mistakes:
            self.round.mistakes.setdefault(self.round.place, found.mistakes[0].id)
        if judged:
            self._note(found, entries)  # before anything is said of it
        if found.right:
            self._state.uncover()
            self.round.settle(all(self._firsts.values()) and not self.hints)
        self._tell(found)

    def hint(self) -> None:
        """Give the next hint: what is read, which rule, and then a cell worked out."""
        if self.exercise is None or self.done:
            return
        self._finish_typing()
        self.hints = self.told_hint = min(self.hints + 1, HINTS)
        marks = any(blank.mark for blank in self.exercise.blanks)
        if self.hints == 1 and not marks:
            # Where cells are to be marked or matched that would be the answer.
            self.sheet.give_hint()
        self.changed.emit()
        self.hinted.emit(self.hints)

    def show_solution(self) -> None:
        """Fill everything in, for the way to it to be played."""
        if self.exercise is None or self.done:
            return
        self._finish_typing()
        self.shown_how = True
        entries = self.sheet.entries
        # A mistake that was checked has been counted, and one that was not is none yet.
        self._note(replace(grade(self.exercise, entries), mistakes=()), entries)
        self.round.settle(False)
        self._reveal()
        self.changed.emit()

    # --- inside ----------------------------------------------------------------------------------

    def _begin(self, other: Round) -> None:
        self.round = other
        self._set()

    def _set(self, adjusted: bool = True) -> None:
        """Put the exercise of the place on the board, as hard as it should be by now if wanted."""
        if adjusted and self.item and len(self.round.items) > 1:
            self.round.exchange(self.practice.adjusted(self.item))
        item = self.item
        self.exercise = exercise = item.exercise() if item is not None else None
        self.grade, self.checked, self.hints, self.told_hint = None, {}, 0, 0
        self._firsts.clear()
        self.shown_how = self._noted = False
        set_exercise(exercise, self._document, self._state, self.sheet)
        if exercise is not None:
            self._clock.start()
            if self.worked:
                self.shown_how = True
                self._note(grade(exercise, {}), self.sheet.entries)
                self._reveal()
        self.begun.emit()
        self.changed.emit()

    def _tell(self, found: Grade) -> None:
        """Show how the answer was judged, and what a mistake in it is about."""
        marks = any(blank.mark for blank in self.sheet.blanks)  # highlighted, they would be told
        about = found.mistakes[0].lit if found.mistakes and not marks else {}
        self.told_hint = 0
        self.sheet.judge(found.cells, found.right, about)
        self.judged.emit(found)
        self.changed.emit()

    def _reveal(self) -> None:
        with self._state.together():
            self.sheet.reveal()
            self._state.uncover()

    def _note(self, found: Grade, entries: dict[str, str], left: bool = False) -> None:
        """Store an answer; the first one is complete when every blank has been judged once."""
        if self.item is None or self.exercise is None:
            return
        judged = len(self._firsts) == len(found.cells)
        first = not self._noted and (judged or left or self.shown_how)
        if first:  # what was mended in the meantime does not count
            states = {True: RIGHT, False: WRONG, None: EMPTY}
            cells = {n: states[self._firsts.get(n)] for n in found.cells}
            found = replace(found, sheet=replace(found.sheet, cells=cells))
        try:
            self.practice.record(
                self.item,
                found,
                entries,
                first=first,
                hints=self.hints,
                shown=self.shown_how,
                seconds=self._clock.restart() / 1000,
            )
        except Refusal as refusal:
            # One that waits is given all the same: it is not to be counted once more.
            self._noted = self._noted or (first and self.practice.waits)
            self.failed.emit(refusal)
            return
        self._noted = self._noted or first
        self.stored.emit()
