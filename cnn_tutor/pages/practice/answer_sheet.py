"""What the learner fills in for an exercise: entries by blank, and how each was judged."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QObject

from cnn_tutor.document.document import Document
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.pages.state.hidden_cells import EntryCommand, HiddenCells
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import PRODUCTS, Blank, Exercise
from cnn_tutor.study.grading.sheet import EMPTY, NOT_A_NUMBER, RIGHT, WRONG
from cnn_tutor.widgets.grids.answer_model import Asked

MARKED, UNMARKED = "1", ""


class AnswerSheet(HiddenCells):
    """The blanks of one exercise, on the board and beside it, and what stands in them.

    Entries are texts, as they were typed, by the names of their blanks; they are undone like
    edits. Nothing is judged before :meth:`judge`; an entry that is changed after that is open
    again.
    """

    def __init__(
        self, document: Document, shown: ShownLayer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._shown = document, shown
        self.exercise: Exercise | None = None
        """The exercise that is on, if any is."""
        self.solved = False
        """Whether all is right, or was shown."""
        self._places: dict[tuple[str, Index], Blank] = {}
        self._entries: dict[str, str] = {}
        self._states: dict[str, str] = {}
        self._hinted = False
        self._about: Mapping[str, tuple[Index, ...]] = {}

    def begin(self, exercise: Exercise | None) -> None:
        """Take a new exercise, with nothing written yet; None for none."""
        self.exercise = exercise
        blanks = exercise.blanks if exercise else ()
        self._places = {(b.port, b.index): b for b in blanks if self._stands_on_board(b)}
        self._entries.clear()
        self._states.clear()
        self._hinted = self.solved = False
        self._about = {}
        self.changed.emit()

    # --- what there is ---------------------------------------------------------------------------

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """All blanks of the exercise."""
        return self.exercise.blanks if self.exercise else ()

    @property
    def beside(self) -> tuple[Blank, ...]:
        """The blanks that stand in the line beside the board, filled ones among them."""
        filled = self.exercise.filled if self.exercise else ()
        both = (*filled, *self.blanks)
        return tuple(blank for blank in both if not self._stands_on_board(blank))

    def is_filled(self, name: str) -> bool:
        """Say whether a blank is filled in from the beginning."""
        return self.exercise is not None and name in {b.name for b in self.exercise.filled}

    def text(self, name: str) -> str:
        """Return what stands in a blank, also in one that was filled in."""
        filled = self.exercise.filled if self.exercise else ()
        told = {blank.name: numbers.exact(blank.answer) for blank in filled}
        return told.get(name, self._entries.get(name, ""))

    @property
    def entries(self) -> dict[str, str]:
        """What was written, by the names of all blanks."""
        return {blank.name: self._entries.get(blank.name, "") for blank in self.blanks}

    def state(self, name: str) -> str:
        """Return how a blank was judged; ``"empty"`` where it was not, or is other since."""
        return self._states.get(name, EMPTY)

    @property
    def places(self) -> tuple[tuple[str, Index], ...]:
        """The port and the index of each blank that stands on the board."""
        return tuple(self._places)

    def blank_at(self, port: str, at: Index) -> Blank | None:
        """Return the blank that stands in a cell of the board."""
        return self._places.get((port, at))

    # --- what happens to it ----------------------------------------------------------------------

    def enter(self, name: str, text: str) -> None:
        """Write something into a blank; can be undone."""
        old = self._entries.get(name, "")
        if text.strip() != old and not self.solved and self.state(name) != RIGHT:
            put = partial(self.put, name)
            self._document.undo_stack.push(EntryCommand(put, old, text.strip(), self.tr("Answer")))

    def put(self, name: str, text: str) -> None:
        """Let an entry be another one, as when it is undone; what is right or shown stays."""
        blank = next((blank for blank in self.blanks if blank.name == name), None)
        if blank is None or self.solved or (self.state(name) == RIGHT and not blank.mark):
            return
        self._entries[name] = text
        self._states.pop(name, None)
        self.changed.emit()

    def judge(
        self,
        states: Mapping[str, str],
        solved: bool,
        about: Mapping[str, tuple[Index, ...]] = MappingProxyType({}),
    ) -> None:
        """Show how each blank was judged; ``about`` are cells to highlight, by port."""
        self._states, self._about, self.solved = dict(states), about, solved
        self.changed.emit()

    def give_hint(self) -> None:
        """Highlight what goes with a cell from now on: that is a hint."""
        self._hinted = True
        self.changed.emit()

    def reveal(self) -> None:
        """Fill in everything, for the way to it to be shown."""
        for blank in self.blanks:
            marked = MARKED if blank.answer else UNMARKED
            self._entries[blank.name] = marked if blank.mark else numbers.exact(blank.answer)
        self._states = dict.fromkeys((blank.name for blank in self.blanks), RIGHT)
        self._hinted = self.solved = True
        self.changed.emit()

    # --- what the board asks ---------------------------------------------------------------------

    @property
    def asked(self) -> tuple[Index, ...]:
        return tuple(at for port, at in self._places if port == OUTPUT)

    @property
    def worked_out(self) -> bool:
        if self.exercise is None:
            return True
        shown = self.workings or self.solved
        return self._asks_products or (shown and self.may_be_worked_out)

    @property
    def may_be_worked_out(self) -> bool:
        if self.exercise is None or self._asks_products:
            return True
        # Of a size, say, that is asked for beside the board, there is no way to be shown on it.
        of_cells = bool(self._places or self.exercise.at)
        return of_cells and not self.exercise.shown

    @property
    def _asks_products(self) -> bool:
        return any(port == PRODUCTS for port, _ in self._places)

    @property
    def workings(self) -> bool:
        return self.exercise is None or self.exercise.workings

    @property
    def highlights(self) -> bool:
        if self.exercise is None:
            return True
        # What stands on the board in place of the real numbers does not come about as these do.
        return (self._hinted or self.solved) and not self._shown.cover.shown

    @property
    def pointed(self) -> dict[str, tuple[Index, ...]]:
        exercise = self.exercise
        if exercise is None or self._about:
            return dict(self._about)
        found: dict[str, tuple[Index, ...]] = {}
        for port, at in exercise.given:
            found[port] = (*found.get(port, ()), at)
        if exercise.at and (OUTPUT, exercise.at) not in self._places and not found:
            found[OUTPUT] = (exercise.at,)
        return found

    @property
    def open(self) -> tuple[str, Index] | None:
        for state in (WRONG, NOT_A_NUMBER, EMPTY):
            for (port, at), blank in self._places.items():
                to_do = state != EMPTY or not self._entries.get(blank.name)
                if self.state(blank.name) == state and to_do:
                    return port, at
        return None

    def of(self, port: str) -> Asked | None:
        asked = any(where == port for where, _ in self._places)
        return _Port(self, port) if asked else None

    def is_asked(self, at: Index) -> bool:
        return (OUTPUT, at) in self._places

    def hides(self, at: Index) -> bool:
        if self.exercise is None or self.solved:
            return False
        blank = self._places.get((OUTPUT, at))
        if blank is not None and not blank.mark:
            return self.state(blank.name) != RIGHT
        # What is asked for elsewhere would stand in the way to any output.
        return any(port != OUTPUT or blank.mark for (port, _), blank in self._places.items())

    def masked(self, name: str) -> Array:
        return self._document.evaluation.value(name)

    def write(self, port: str, at: Index, number: float) -> None:
        blank = self._places.get((port, at))
        if blank is not None:
            self.enter(blank.name, numbers.exact(number))

    def take_back(self, port: str, at: Index) -> None:
        blank = self._places.get((port, at))
        if blank is not None:
            self.enter(blank.name, "")

    def set_mark(self, port: str, at: Index, marked: bool) -> None:
        blank = self._places.get((port, at))
        if blank is not None:
            self._states.pop(blank.name, None)  # one that was right can be taken away again
            self.enter(blank.name, MARKED if marked else UNMARKED)

    # --- inside ----------------------------------------------------------------------------------

    def _stands_on_board(self, blank: Blank) -> bool:
        return blank.port == PRODUCTS or blank.port in self._shown.shapes

    def number(self, blank: Blank) -> float | None:
        """Return the number in a blank; None where there is none."""
        try:
            return numbers.parse(self._entries.get(blank.name, ""))
        except Refusal:
            return None


class _Port:
    """The blanks of one port, as its grids ask about them."""

    def __init__(self, sheet: AnswerSheet, port: str) -> None:
        self._sheet, self._port = sheet, port

    def is_asked(self, at: Index) -> bool:
        return self._sheet.blank_at(self._port, at) is not None

    def entry(self, at: Index) -> float | None:
        blank = self._sheet.blank_at(self._port, at)
        return None if blank is None else self._sheet.number(blank)

    def right(self, at: Index) -> bool | None:
        blank = self._sheet.blank_at(self._port, at)
        state = EMPTY if blank is None else self._sheet.state(blank.name)
        return {RIGHT: True, WRONG: False}.get(state)

    def marked(self, at: Index) -> bool | None:
        blank = self._sheet.blank_at(self._port, at)
        if blank is None or not blank.mark:
            return None
        return self._sheet.entries[blank.name] == MARKED
