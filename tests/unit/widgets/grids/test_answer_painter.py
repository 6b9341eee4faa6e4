"""Cells that the learner is to mark: with clicks, by drawing over them, with the space bar."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.app.style.appearance import Theme
from cnn_tutor.engine.explanation import Index
from cnn_tutor.study.words import say
from cnn_tutor.widgets.grids.marks import Mark
from tests.helpers.widgets import SHIFT, Key, Sheet, cell_centre, inks, picture, sheet
from tests.unit.widgets.grids.test_answer_model import ASKING, Asking

ROLE = Qt.ItemDataRole


UPPER = [(row, column, 0) for row in range(2) for column in range(3)]
"""The cells of the first two rows."""


@dataclass
class Bench:
    """A grid of three rows, the first two of which are asked for."""

    sheet: Sheet
    asking: Asking
    said: list[tuple[Index, bool]] = field(default_factory=list)

    def set_mark(self, at: Index, marked: bool) -> None:
        self.said.append((at, marked))
        assert self.asking.marks is not None
        (self.asking.marks.add if marked else self.asking.marks.discard)(at)
        self.sheet.grid.ask(self.asking)

    @property
    def on(self) -> set[tuple[int, int]]:
        return {at[:2] for at in self.asking.marks or ()}


@pytest.fixture
def made(qtbot: QtBot) -> Bench:
    asking = Asking(dict.fromkeys(UPPER), marks=set())
    made = Bench(sheet(qtbot, editable=False), asking)
    made.sheet.grid.marked.connect(made.set_mark)
    made.sheet.grid.ask(made.asking)
    return made


def test_a_click_marks_a_cell_and_another_takes_the_mark_away(qtbot: QtBot, made: Bench) -> None:
    made.sheet.click(0, 1)
    assert made.sheet.at == (0, 1)
    made.sheet.click(1, 2)
    assert made.on == {(0, 1), (1, 2)}
    made.sheet.click(0, 1)
    assert made.said == [((0, 1, 0), True), ((1, 2, 0), True), ((0, 1, 0), False)]
    made.sheet.click(2, 1)  # which is not asked for
    place = cell_centre(made.sheet.grid, 0, 0)
    qtbot.mouseClick(made.sheet.grid.viewport(), Qt.MouseButton.MiddleButton, pos=place)
    assert made.on == {(1, 2)}


def test_drawing_over_cells_marks_each_of_them_once(qtbot: QtBot, made: Bench) -> None:
    made.sheet.drag((0, 0), (0, 1), (0, 1), (0, 2), (0, 1), (1, 1), (2, 1))
    qtbot.mouseMove(made.sheet.grid.viewport(), cell_centre(made.sheet.grid, 1, 0))  # button is up
    assert made.on == {(0, 0), (0, 1), (0, 2), (1, 1)}
    assert len(made.said) == 4
    made.sheet.drag((2, 0), (1, 0), (1, 2))  # begins on a cell that is not asked for
    assert len(made.said) == 4
    assert made.sheet.edits == []


def test_drawing_that_begins_on_a_mark_takes_marks_away(made: Bench) -> None:
    made.sheet.drag((0, 0), (0, 1), (0, 2))
    made.sheet.click(1, 0)
    made.sheet.drag((0, 1), (0, 0), (1, 0), (1, 1))
    assert made.on == {(0, 2)}


def test_the_space_bar_marks_the_keyboards_cell_and_takes_it_back(made: Bench) -> None:
    made.sheet.press(Key.Key_Space)
    assert made.on == {(0, 0)}
    made.sheet.press(Key.Key_Right, Key.Key_Space)
    assert made.on == {(0, 0), (0, 1)}
    made.sheet.press(Key.Key_Space)
    assert made.on == {(0, 0)}
    made.sheet.press(Key.Key_Down, Key.Key_Down, Key.Key_Space)  # which is not asked for
    assert made.on == {(0, 0)}


def test_the_space_bar_marks_a_whole_selection_alike(made: Bench) -> None:
    made.sheet.press(Key.Key_Right, Key.Key_Space)
    made.sheet.press(Key.Key_Left)
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Down):
        made.sheet.press(key, modifiers=SHIFT)
    made.sheet.press(Key.Key_Space)
    # As the first of them was not: the one that was marked already stays, the third row is left.
    assert made.on == {(0, 0), (0, 1), (1, 0), (1, 1)}
    made.sheet.press(Key.Key_Space)
    assert made.on == set()


def test_nothing_can_be_typed_into_a_cell_that_is_to_be_marked(made: Bench) -> None:
    answers: list[object] = []
    made.sheet.grid.answered.connect(lambda *answer: answers.append(answer))
    made.sheet.type("5")
    made.sheet.press(Key.Key_F2)
    assert made.sheet.editor is None
    assert answers == []
    made.sheet.press(Key.Key_Space, Key.Key_Delete)
    assert [refusal.reason for *_, refusal in made.sheet.refusals] == ["computed_cell"]


def test_a_cell_shows_its_number_and_says_whether_it_is_marked(made: Bench) -> None:
    made.asking.marks = {(0, 1, 0), (0, 2, 0), (1, 0, 0)}
    made.asking.rights = {(0, 2, 0): True, (1, 0, 0): False, (1, 1, 0): True}
    made.sheet.grid.ask(made.asking)
    model = made.sheet.grid.tensor_model
    for role in (ROLE.AccessibleTextRole, ROLE.ToolTipRole):
        cells = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0))
        said = [model.index(row, column).data(role) for row, column in cells]
        assert said == [
            say("layers.unmarked_at", row=0, column=0, value=1),
            say("layers.marked_at", row=0, column=1, value=2),
            say("layers.marked_at", row=0, column=2, value=3) + say("layers.mark_right"),
            say("layers.marked_at", row=1, column=0, value=4) + say("layers.mark_wrong"),
            say("layers.unmarked_at", row=1, column=1, value=5),
            say("layers.value_at", row=2, column=0, value=7),
        ]
    assert [model.index(0, column).data() for column in range(3)] == ["1", "2", "3"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_are_outlined_and_judged_ones_have_a_tick_or_a_cross(
    made: Bench, theme: Theme
) -> None:
    appearance.apply(theme)
    made.sheet.grid.clearFocus()
    made.asking.marks = {(0, 0, 0), (0, 1, 0), (0, 2, 0)}
    made.asking.rights = {(0, 1, 0): True, (0, 2, 0): False, (1, 0, 0): True, (1, 1, 0): False}
    made.sheet.grid.ask(made.asking)
    image, names = picture(made.sheet.grid), ("accent", "written", "wrong")

    def outline(row: int, column: int) -> set[str]:
        rect = made.sheet.grid.cell_rect(row, column)
        return inks(image.copy(rect.x() + 4, rect.y() + 2, rect.width() - 9, 1), *names)

    def inside(row: int, column: int) -> set[str]:
        rect = made.sheet.grid.cell_rect(row, column)
        return inks(image.copy(rect.adjusted(6, 6, -6, -6)), *names)

    assert [outline(0, column) for column in range(3)] == [{"accent"}, {"written"}, {"wrong"}]
    assert [inside(0, column) for column in range(3)] == [set(), {"written"}, {"wrong"}]
    # What is not marked looks as before, right or not: else the rest would be given away.
    assert [outline(1, column) for column in range(3)] == [set()] * 3
    assert [inside(1, column) for column in range(3)] == [set()] * 3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("side", [12, 20, 48])
@pytest.mark.parametrize("mark", [Mark.NONE, Mark.WRITTEN])
def test_answers_are_told_apart_by_a_shape_in_the_corner(
    qtbot: QtBot, theme: Theme, side: int, mark: Mark
) -> None:
    appearance.apply(theme)
    bench = sheet(qtbot, ((1, 1, 1), (1, 1, 1)), editable=False, cell=(side, side))
    bench.grid.clearFocus()
    bench.grid.tensor_model.show(bench.tensor, (0,), visible=ASKING.shows)
    entries: dict[Index, float | None] = {(0, 0, 0): None, (0, 1, 0): 1.0, (0, 2, 0): 1.0}
    bench.grid.ask(Asking(entries, ASKING.rights))
    bench.grid.set_marks({(0, column): mark for column in range(3)} if mark else {})
    found = []
    for column in range(3):
        rect = bench.grid.cell_rect(0, column)
        corner = picture(bench.grid).copy(rect.adjusted(side // 2, 3, -3, -side // 2))
        found.append(inks(corner, "written", "wrong"))
    if side > 12 or not mark:
        assert found[1] == {"wrong"}
        assert "written" in found[2]
    assert "wrong" not in found[0] | found[2]
