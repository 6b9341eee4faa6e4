"""The drill: sets one exercise after the other, judges what is written, gives hints, shows how."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from cnn_tutor.document.document import Document
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.pages.practice.answer_sheet import AnswerSheet
from cnn_tutor.pages.practice.setting import set_exercise
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.board_code import board_exercise
from cnn_tutor.study.exercises.generator import QUIZ
from cnn_tutor.study.grading.grading import Grade, grade
from cnn_tutor.study.grading.sheet import EMPTY, RIGHT, WRONG
from cnn_tutor.study.practice.mastery.skills import skill_of
from cnn_tutor.study.practice.mastery.standing import ALL, WORKED
from cnn_tutor.study.practice.plan import Item
from cnn_tutor.study.practice.round import Round, Work, rounds_of, text_of

if TYPE_CHECKING:
    from cnn_tutor.study.practice.practice import Practice

_ROUNDS = "rounds"
"""The name under which unfinished rounds are kept."""

HINTS = 3
"""How many tiers of hints there are: what is read, which rule, and a cell worked out."""


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
        self._practice = practice
        self._aside = rounds_of(practice.rounds.get(_ROUNDS, ""))
        self._setting = False
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
        sheet.changed.connect(self._keep_round)
        self.changed.connect(self._keep_round)

    @property
    def practice(self) -> Practice:
        """That of the learner who is at it."""
        return self._practice

    @practice.setter
    def practice(self, practice: Practice) -> None:
        if practice is not self._practice:
            self._practice = practice
            self._aside = rounds_of(practice.rounds.get(_ROUNDS, ""))
            self.changed.emit()

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

    @property
    def unfinished(self) -> Round | None:
        """The round that was put aside last; None if none was."""
        return self._aside[-1] if self._aside else None

    @property
    def begun_round(self) -> bool:
        """Whether anything has been done in the round that is on, and there is more to come."""
        return self.exercise is not None and self.round.begun_with(self._work())

    def start(self, *skills: str) -> None:
        """Begin a round: a mix of what is due and what comes next, or of chosen skills."""
        self._put_aside()
        self._begin(Round(self.practice.round(*skills)))

    def resume(self) -> None:
        """Go on with the round that was put aside last, with what was written in it."""
        if self._aside:
            waiting = self._aside.pop()
            self._put_aside()
            self._begin(waiting)

    def set_one(self, shape: str, kind: str, level: int, seed: int) -> None:
        """Set one exercise by its facts, as a code names them.

        Raises:
            KeyError: for an unknown shape or kind.
            NoExercise: if there is no such exercise.
        """
        self._set_item(
            Item(skill_of(shape, kind, level), shape, kind, level, seed, ALL, mixed=False)
        )

    def set_board(self, code: str) -> None:
        """Set the exercise of a board's code.

        Raises:
            CodeError: if it opens none here.
        """
        made = board_exercise(code)
        skill = skill_of(made.shape, made.kind, made.level)
        self._set_item(Item(skill, *made.facts, ALL, mixed=False, board=made.board))

    def leave(self) -> None:
        """Put the round that is on aside, or give up a single exercise."""
        self._put_aside()
        self._begin(Round())

    def keep_left(self, waits: bool = False) -> None:
        """Keep an answer that the learner goes away from before all of it has been judged.

        What was judged counts. What was only looked at with hints is no first try any more. An
        exercise that waits in a round is left only once something in it is wrong.
        """
        if self.exercise is None or self.done or self._noted:
            return
        if waits and len(self.round.items) > 1 and all(self._firsts.values()):
            return
        if self._firsts or self.hints:
            left = self.grade or grade(self.exercise, {})
            # Its mistakes have been counted when it was checked.
            self._note(replace(left, mistakes=()), self.sheet.entries, left=True)

    def next(self) -> None:
        """Go on to the next exercise, or to the end of the round."""
        if self.round.items:
            self.keep_left()
            self.round.go_on()
            self._set()

    @property
    def repeats(self) -> bool:
        """Whether there are other numbers for the exercise.

        A question of the decks, and a board, have their own.
        """
        return self.item is not None and self.item.level != QUIZ and not self.item.board

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
        self._tell(found)

    def hint(self) -> None:
        """Give the next hint: what is read, which rule, and then a cell worked out."""
        if self.exercise is None or self.done:
            return
        self._finish_typing()
        self.hints = self.told_hint = min(self.hints + 1, HINTS)
        self._show_hint()
        self.changed.emit()
        self.hinted.emit(self.hints)

    def show_solution(self) -> None:
        """Fill everything in, for the way to it to be played."""
        if self.exercise is None or self.done:
            return
        self._finish_typing()
        if not all(self._firsts.values()):
            self.keep_left()  # who was wrong before is not one who only had it shown
        self.shown_how = True
        entries = self.sheet.entries
        # A mistake that was checked has been counted, and one that was not is none yet.
        self._note(replace(grade(self.exercise, entries), mistakes=()), entries)
        self._reveal()
        self.changed.emit()

    # --- inside ----------------------------------------------------------------------------------

    def _set_item(self, item: Item) -> None:
        item.exercise()
        self._put_aside()
        self._begin(Round((item,)))

    def _begin(self, other: Round) -> None:
        self.round = other
        if other.work:
            self._set(adjusted=False, work=other.work)
        else:
            self._set()

    def _put_aside(self) -> None:
        """Let the round that is on wait, if it is to be gone on with."""
        self.keep_left(waits=True)
        self.round.work = self._work()
        if self.round.unfinished:
            self._aside.append(self.round)

    def _work(self) -> Work:
        """Return what stands in the exercise that is on."""
        return Work(
            self.sheet.entries,
            self.checked,
            dict(self._firsts),
            self.hints,
            self.shown_how,
            self._noted,
        )

    def _keep_round(self) -> None:
        """Keep what is unfinished for the next start; the answers say it if nothing can be kept."""
        if not self._setting:
            self.round.work = self._work()
            with suppress(Refusal):
                text = text_of((*self._aside, self.round))
                if text:
                    self.practice.rounds[_ROUNDS] = text
                else:
                    self.practice.rounds.pop(_ROUNDS, None)

    def _set(self, adjusted: bool = True, work: Work | None = None) -> None:
        """Put the exercise of the place on the board, as hard as it should be by now if wanted.

        ``work`` is what stands in it already.
        """
        self._setting = True
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
            if work is not None:
                self._go_on_with(work)
            elif self.worked:
                self.shown_how = True
                self._note(grade(exercise, {}), self.sheet.entries)
                self._reveal()
        self._setting = False
        self.begun.emit()
        self.changed.emit()

    def _go_on_with(self, work: Work) -> None:
        """Put back what stood in the exercise, and how it was judged."""
        assert self.exercise is not None
        for name, text in work.entries.items():
            self.sheet.put(name, text)
        self._firsts.update(work.firsts)
        self.hints, self.shown_how, self._noted = work.hints, work.shown_how, work.noted
        self._show_hint()
        if work.shown_how:
            self._reveal()
        elif work.checked:
            self.checked = work.checked
            history = self.practice.history(self.item) if self.item else ()
            self.grade = found = grade(self.exercise, work.checked, history)
            same = {n: s for n, s in found.cells.items() if work.entries.get(n) == work.checked[n]}
            self.sheet.judge(same, found.right and len(same) == len(found.cells))
            if self.done:
                self._state.uncover()

    def _show_hint(self) -> None:
        """Highlight cells after a hint; where they are to be marked that would be the answer."""
        if self.hints and not any(blank.mark for blank in self.sheet.blanks):
            self.sheet.give_hint()

    def _tell(self, found: Grade) -> None:
        """Show how the answer was judged, and what a mistake in it is about."""
        marks = any(blank.mark for blank in self.sheet.blanks)  # highlighted, they would be told
        about = found.mistakes[0].lit if found.mistakes and not marks else {}
        self.told_hint = 0
        self.sheet.judge(found.cells, found.right, about)
        self.changed.emit()
        self.judged.emit(found)

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
            answer = self.practice.answer(
                self.item,
                found,
                entries,
                first=first,
                hints=self.hints,
                shown=self.shown_how,
                seconds=self._clock.restart() / 1000,
                left=left,
            )
            self.round.settle(answer.outcome)
            if first and not answer.first:
                self.round.known.add(self.round.place)
            self.practice.keep(answer)
        except Refusal as refusal:
            # One that waits is given all the same: it is not to be counted once more.
            self._noted = self._noted or (first and self.practice.waits)
            self.failed.emit(refusal)
            return
        self._noted = self._noted or first
        self.stored.emit()
