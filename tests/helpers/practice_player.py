"""Works through exercises in the window as a learner does, by the keyboard alone.

Keys go to whatever has the keyboard, so that what can't be reached can't be answered. Nothing here
writes into the sheet; it is only read, to see what is asked and what has become of a key.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from cnn_tutor.pages.practice.answer_sheet import AnswerSheet
from cnn_tutor.pages.practice.drill import Drill
from cnn_tutor.pages.practice.practice_page import PracticePage
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import PRODUCTS, Blank, Exercise
from cnn_tutor.study.exercises.code import encode
from cnn_tutor.study.grading.grading import Grade
from cnn_tutor.study.practice.record.answer import Answer
from cnn_tutor.widgets.grids.grid_view import GridView
from cnn_tutor.widgets.grids.product_grid import ProductGrid
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.overlays.notice import Notice
from tests.helpers.drilling import mistaken, outcome_of, right, wrong
from tests.helpers.lesson_window import settle
from tests.helpers.player import Player, Stuck

__all__ = ["PracticePlayer", "mistaken", "outcome_of", "right", "wrong"]

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier

_KEYS_LIMIT = 60
"""Keys pressed on the way to a place before it counts as out of reach."""


class PracticePlayer(Player):
    """Answers exercises in a window, right or wrong, and reads what is said to that."""

    def look_over(self, when: str = "") -> None:
        on = self.drill.exercise
        super().look_over(f"{on.shape}/{on.kind}/{on.level}/{on.seed}, {when}" if on else when)

    # --- what is there ---------------------------------------------------------------------------

    @property
    def page(self) -> PracticePage:
        return self.window.practice.page

    @property
    def drill(self) -> Drill:
        return self.page.drill

    @property
    def sheet(self) -> AnswerSheet:
        return self.page.sheet

    @property
    def exercise(self) -> Exercise:
        exercise = self.drill.exercise
        if exercise is None:
            raise Stuck("no exercise is on")
        return exercise

    @property
    def grade(self) -> Grade:
        grade = self.drill.grade
        if grade is None:
            raise Stuck("nothing has been checked")
        return grade

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What has been stored of this learner, the oldest first."""
        pages = self.window.practice
        return pages.store.answers(pages.practice.learner.id)

    def said(self, name: str = "feedback") -> str:
        """Return what can be read on a label; a notice comes before the feedback."""
        notices = [n.text() for n in self.page.findChildren(Notice) if n.isVisible()]
        return notices[0] if notices and name == "feedback" else super().said(name)

    # --- setting exercises -----------------------------------------------------------------------

    def open(self, shape: str, kind: str, level: int = 1, seed: int = 1) -> Exercise:
        """Open an exercise by its code."""
        self.window.open_chapter(encode((shape, kind, level, seed)))
        settle()
        return self.exercise

    # --- answering -------------------------------------------------------------------------------

    def answer(self, entries: Mapping[str, str]) -> None:
        """Write what belongs into each blank, and have it checked with Enter."""
        self.fill(entries)
        self.press(Key.Key_Return)

    def fill(self, entries: Mapping[str, str]) -> None:
        """Write into each blank what is not there yet."""
        for name, text in entries.items():
            if self.sheet.entries[name] != text:
                self.write(self.exercise.blank(name), text)

    def write(self, blank: Blank, text: str) -> None:
        """Go to a blank and write into it, or mark it."""
        self.go_to(blank)
        if blank.mark:
            self.press(Key.Key_Space)
        elif isinstance(self.focus, QLineEdit):
            self.press(Key.Key_A, modifiers=CTRL)
            self.type(text)
            if not text:
                self.press(Key.Key_Delete)
            self.press(Key.Key_Tab)
        elif text:
            self.type(text)
            if not isinstance(self.focus, QLineEdit):
                raise Stuck(f"nothing can be typed into {blank.name}")
            self.press(Key.Key_Tab)
        else:
            self.press(Key.Key_Delete)
        got = self.sheet.entries[blank.name]
        if got != text and not (text and got and numbers.parse(got) == numbers.parse(text)):
            raise Stuck(f"{text!r} was typed into {blank.name}, but {got!r} stands there")

    def go_to(self, blank: Blank) -> None:
        """Bring the keyboard to a blank, by keys alone."""
        if not self.page.centre.isAncestorOf(self.focus):
            for _ in range(6):
                QTest.keyClick(self.focus, Key.Key_F6)
                settle()
                if self.page.centre.isAncestorOf(self.focus):
                    break
        if blank in self.sheet.beside:
            self._go_to_box(blank)
        else:
            self._go_to_cell(blank)

    def _go_to_box(self, blank: Blank) -> None:
        place = self.sheet.beside.index(blank)
        wanted = "answer" if place == 0 else f"answer[{blank.name}]"
        for _ in range(_KEYS_LIMIT):
            if self.focus.objectName() == wanted:
                return
            self._leave_part()
        raise Stuck(f"the keyboard does not come to the box of {blank.name}")

    def _go_to_cell(self, blank: Blank) -> None:
        grid, (row, column) = self._go_to_grid(blank)
        for _ in range(_KEYS_LIMIT):
            at = grid.currentIndex()
            down, right = row - at.row(), column - at.column()
            if down == right == 0:
                return
            if down:
                key = Key.Key_Down if down > 0 else Key.Key_Up
            else:
                key = Key.Key_Right if right > 0 else Key.Key_Left
            self.press(key)
        raise Stuck(f"the arrow keys do not come to {blank.name}")

    def _go_to_grid(self, blank: Blank) -> tuple[GridView, tuple[int, int]]:
        """Go from part to part until the keyboard is in the grid of a cell."""
        for _ in range(_KEYS_LIMIT):
            grid = self.focus
            if grid.objectName() == "cell_editor":
                self.press(Key.Key_Escape)  # Tab has begun to write into the next product
                continue
            if isinstance(grid, GridView):
                cell = _cell(grid, blank)
                if cell is not None:
                    return grid, cell
                name = grid.objectName().partition("[")[0]
                if name == blank.port and self._hidden(blank) and isinstance(grid, TensorGrid):
                    later = blank.index[2:] > grid.tensor_model.suffix
                    self.press(Key.Key_PageDown if later else Key.Key_PageUp, modifiers=CTRL)
                    if self.focus is not grid:
                        continue
            self._leave_part()
        raise Stuck(f"the keyboard does not come to the grid of {blank.name}")

    def _leave_part(self) -> None:
        """Go on to what comes next in the window, in one step even out of a grid."""
        in_grid = isinstance(self.focus, GridView)
        self.press(Key.Key_Tab, modifiers=CTRL if in_grid else NONE)

    def _hidden(self, blank: Blank) -> bool:
        grids = self.page.board.findChildren(GridView)
        return not any(grid.isVisible() and _cell(grid, blank) for grid in grids)


def _cell(grid: GridView, blank: Blank) -> tuple[int, int] | None:
    """Return where a blank stands in a grid; None if it does not."""
    if isinstance(grid, ProductGrid) and blank.port == PRODUCTS:
        model = grid.product_model
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                if model.tensor_index(row, column) == blank.index:
                    return row, column
    elif isinstance(grid, TensorGrid) and grid.objectName().partition("[")[0] == blank.port:
        return grid.tensor_model.cell_of(blank.index)
    return None
