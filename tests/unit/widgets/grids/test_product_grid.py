"""The grid of products: each over its two factors, empty until it is multiplied or answered."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.app.style.appearance import Theme
from cnn_tutor.engine.explanation import STEP, Cell, Index, Term
from cnn_tutor.study import words
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.product_grid import ProductGrid, ProductModel
from cnn_tutor.widgets.style import colours
from tests.helpers.widgets import (
    LEFT,
    Hands,
    Key,
    cell_centre,
    contrast,
    in_window,
    inks,
    picture,
    pixels,
    press,
    texts,
)
from tests.unit.widgets.grids.test_answer_model import Asking

ROLE = Qt.ItemDataRole
ACROSS, DOWN = 60, 44


def term(x: float, weight: float) -> Term:
    return Term((Cell("x", (0, 0, 0), x), Cell("kernel", (0, 0, 0, 0), weight)))


ALONE = Cell("x", (0, 0, 0), -3.0)
TERMS = tuple(term(n, 2) for n in range(1, 7))


def shown(qtbot: QtBot, *terms: Term, columns: int = 3) -> ProductGrid:
    grid = ProductGrid()
    grid.set_cell_size(ACROSS, DOWN)
    in_window(qtbot, grid)
    grid.product_model.show(terms, columns, len(terms))
    return grid


def look(grid: ProductGrid) -> np.ndarray:
    return pixels(picture(grid.viewport()))


def test_qt_finds_nothing_wrong_with_the_model(qapp: QApplication) -> None:
    made = ProductModel()
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(made, fatal, None)
    for terms, columns, count in ((TERMS, 3, 2), (TERMS, 3, 6), (TERMS, 2, 0), ((), 3, 0)):
        made.show(terms, columns, count)
    assert tester.model() is made
    assert made.rowCount() == made.columnCount() == 0


@pytest.mark.parametrize(
    ("terms", "columns", "count", "said"),
    [
        (TERMS, 3, 4, [["1×2 = 2", "2×2 = 4", "3×2 = 6"], ["4×2 = 8", "", ""]]),
        (TERMS[:3], 2, 3, [["1×2 = 2", "2×2 = 4"], ["3×2 = 6", ""]]),
        ((term(3, -2), term(-1.5, 2)), 2, 2, [["3×(−2) = −6", "(−1.5)×2 = −3"]]),
        ((Term((Cell(STEP, (0,), 7.0),)),), 3, 1, [["7"]]),
        ((Term((ALONE,)), Term((ALONE,), 2)), 2, 2, [["−3", "2×(−3) = −6"]]),
    ],
)
def test_terms_are_laid_out_as_the_filter_is_and_empty_until_they_are_multiplied(
    qapp: QApplication, terms: tuple[Term, ...], columns: int, count: int, said: list[list[str]]
) -> None:
    made = ProductModel()
    made.show(terms, columns, count)
    assert texts(made) == said
    shown = [made.term(*divmod(n, columns)) for n in range(len(terms))]
    assert shown == [*terms[:count], *[None] * (len(terms) - count)]


def test_screen_readers_and_tool_tips_have_the_whole_product(qapp: QApplication) -> None:
    made = ProductModel()
    made.show((term(1 / 3, 1e6),), 1, 1)
    whole, first = "0.333333333333×1000000 = 333333.333333", made.index(0, 0)
    assert made.data(first, ROLE.ToolTipRole) == whole
    said = words.say("layers.value_at", row=0, column=0, value=whole)
    assert made.data(first, ROLE.AccessibleTextRole) == said
    assert made.data(made.index(0, 0), ROLE.EditRole) is None


def test_the_same_layout_again_keeps_the_keyboards_cell(qtbot: QtBot) -> None:
    grid = shown(qtbot, *TERMS)
    qtbot.mouseClick(grid.viewport(), LEFT, pos=cell_centre(grid, 1, 1))
    with qtbot.waitSignal(grid.product_model.dataChanged):
        grid.product_model.show(TERMS[::-1], 3, 2)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 1)
    press(qtbot, Key.Key_Up)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, 1)


def painted_cells(before: np.ndarray, after: np.ndarray) -> set[tuple[int, int]]:
    ys, xs = np.nonzero(before != after)
    return {(int(y) // DOWN, int(x) // ACROSS) for y, x in zip(ys, xs, strict=True)}


@pytest.mark.parametrize("long", [term(88, -8), term(-1 / 3, -1 / 3)])
def test_long_factors_and_products_stay_in_their_cell(qtbot: QtBot, long: Term) -> None:
    grid = shown(qtbot, *[term(1, 1)] * 9)
    before = look(grid)
    grid.product_model.show((*[term(1, 1)] * 4, long, *[term(1, 1)] * 4), 3, 9)
    assert painted_cells(before, look(grid)) == {(1, 1)}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("mark", [Mark.NONE, Mark.ACTIVE])
def test_factors_and_product_are_in_their_colours_and_can_be_read(
    qtbot: QtBot, theme: Theme, mark: Mark
) -> None:
    appearance.apply(theme)
    grid = shown(qtbot, term(88, 88))
    grid.set_cell_size(240, 180)
    grid.set_marks({(0, 0): mark})
    look_of = look(grid)
    inks = {QColor.fromRgb(int(ink)).name() for ink in np.unique(look_of[6:174, 6:234])}
    ground, now = QColor.fromRgb(int(look_of[8, 8])), colours.current()
    for ink in (now.read_text, now.weight_text, now.text):
        assert ink in inks
        assert contrast(ink, ground) >= 4.5


def test_an_empty_product_has_nothing_on_it(qtbot: QtBot) -> None:
    grid = shown(qtbot, *TERMS)
    grid.product_model.show(TERMS, 3, 2)
    inner = look(grid)[4 : DOWN - 4, 2 * ACROSS + 4 : 3 * ACROSS - 4]
    assert len(np.unique(inner)) == 1


PLACE = 2
"""The place of the step whose products are asked for."""


@dataclass
class Bench(Hands):
    """A grid in which products are asked for, whose answers are kept as a sheet keeps them."""

    grid: ProductGrid
    asking: Asking
    answers: list[tuple[Index, float]] = field(default_factory=list)
    taken: list[Index] = field(default_factory=list)
    refused: list[tuple[int, int, str]] = field(default_factory=list)

    def write(self, at: Index, number: float) -> None:
        self.answers.append((at, number))
        self.asking.entries[at] = number
        self.grid.product_model.ask(self.asking, PLACE)

    def take_back(self, at: Index) -> None:
        self.taken.append(at)
        self.asking.entries[at] = None
        self.grid.product_model.ask(self.asking, PLACE)

    def texts(self) -> list[list[str]]:
        return texts(self.grid.product_model)


def bench(
    qtbot: QtBot, *asked: int, side: int = 60, entries: dict[int, float] | None = None
) -> Bench:
    """Show six products, some of which are asked for: by their place among the terms."""
    grid = ProductGrid()
    grid.set_cell_size(side, side)
    before, after = QLineEdit(), QLineEdit()
    in_window(qtbot, before, grid, after)
    grid.product_model.show(TERMS, 3, 6)
    written = entries or {}
    asking = Asking({(PLACE, n): written.get(n) for n in asked})
    made = Bench(qtbot, grid, asking)
    grid.product_model.ask(asking, PLACE)
    grid.answered.connect(made.write)
    grid.taken_back.connect(made.take_back)
    grid.refused.connect(lambda r, c, why: made.refused.append((r, c, why.reason)))
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    return made


def test_each_state_is_shown_and_announced_and_nothing_tells_what_is_asked(qtbot: QtBot) -> None:
    shown = bench(qtbot, 0, 1, 2, 3, entries={1: 5.0, 2: -7.0, 3: 8.0})
    shown.asking.rights |= {(PLACE, 2): False, (PLACE, 3): True}
    model = shown.grid.product_model
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    assert QAbstractItemModelTester(model, fatal, None).model() is model
    assert shown.texts() == [["?", "5", "−7"], ["8", "5×2 = 10", "6×2 = 12"]]
    assert texts(model, ROLE.AccessibleTextRole) == [
        [
            words.say("layers.asked_at", row=0, column=0),
            words.say("layers.written_at", row=0, column=1, value=5),
            words.say("layers.wrong_at", row=0, column=2, value=-7),
        ],
        [
            words.say("layers.answered_at", row=1, column=0, value=8),
            words.say("layers.value_at", row=1, column=1, value="5×2 = 10"),
            words.say("layers.value_at", row=1, column=2, value="6×2 = 12"),
        ],
    ]
    told = [model.data(model.index(0, 0), role) for role in ROLE if role != ROLE.UserRole]
    assert not any("2" in text or "×" in text for text in told if isinstance(text, str))
    assert model.term(0, 0) is None


def test_only_asked_products_that_are_not_right_yet_can_be_written_into(qtbot: QtBot) -> None:
    shown = bench(qtbot, 1, entries={1: 4.0})
    shown.asking.rights[PLACE, 1] = True
    shown.grid.product_model.ask(shown.asking, PLACE)
    for cell in ((0, 0), (0, 1)):
        shown.click(*cell)
        shown.type("5")
        shown.press(Key.Key_F2)
        assert shown.editor is None
        assert not shown.grid.product_model.setData(shown.grid.currentIndex(), "5")
    assert shown.answers == []
    assert shown.refused == []
    shown.grid.product_model.ask(shown.asking, PLACE + 1)  # those of another step are not
    assert shown.texts()[0][1] == "2×2 = 4"


def test_a_number_is_typed_and_tab_goes_to_the_next_product(qtbot: QtBot) -> None:
    shown = bench(qtbot, 0, 1, 2)
    shown.click(0, 0)
    shown.type("2")
    assert shown.editor is not None
    shown.press(Key.Key_Tab)
    assert shown.answers == [((PLACE, 0), 2.0)]
    assert shown.at == (0, 1)
    shown.type("−4")
    shown.press(Key.Key_Return)
    assert shown.answers[1:] == [((PLACE, 1), -4.0)]
    shown.click(0, 2)
    shown.type("x")
    shown.press(Key.Key_Return)
    assert shown.refused == [(0, 2, "not_a_number")]
    assert shown.at == (0, 2)
    assert shown.texts()[0] == ["2", "−4", "?"]


def test_what_was_written_can_be_changed(qtbot: QtBot) -> None:
    shown = bench(qtbot, 0, entries={0: 5.0})
    shown.click(0, 0)
    shown.press(Key.Key_F2)
    assert shown.editor is not None
    assert shown.editor.text() == "5"
    shown.press(Key.Key_Return)
    assert shown.answers == []  # it was only looked at
    shown.qtbot.mouseDClick(shown.grid.viewport(), LEFT, pos=cell_centre(shown.grid, 0, 0))
    assert shown.editor is not None
    shown.type("7")
    shown.press(Key.Key_Escape)
    assert shown.answers == []
    assert shown.texts()[0][0] == "5"


def test_an_input_method_writes_into_an_asked_product(qtbot: QtBot) -> None:
    shown = bench(qtbot)
    shown.press(Key.Key_Right, Key.Key_Left)
    enabled = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert not shown.grid.testAttribute(enabled)
    shown.asking.entries[PLACE, 0] = None
    shown.grid.product_model.ask(shown.asking, PLACE)
    assert shown.at == (0, 0)
    assert shown.grid.testAttribute(enabled)
    event = QInputMethodEvent("", [])
    event.setCommitString("１２")
    QApplication.sendEvent(shown.grid, event)
    shown.press(Key.Key_Return)
    assert shown.answers == [((PLACE, 0), 12.0)]


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_deleting_takes_an_entry_back_and_nothing_else(qtbot: QtBot, key: Qt.Key) -> None:
    shown = bench(qtbot, 0, entries={0: 5.0})
    shown.click(1, 1)
    shown.press(key)
    assert shown.taken == []
    shown.click(0, 0)
    shown.press(key)
    assert shown.taken == [(PLACE, 0)]
    assert shown.texts()[0][0] == "?"
    assert shown.editor is None


def inks_of(shown: Bench, row: int, column: int) -> set[str]:
    """Return the colours of the theme in the inside of a cell."""
    shown.grid.clearFocus()
    rect = shown.grid.cell_rect(row, column).adjusted(5, 5, -5, -5)
    names = ("written", "wrong", "wrong_text", "dim", "accent_text", "text", "read_text")
    return inks(picture(shown.grid.viewport()).copy(rect), *names)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_question_entry_tick_and_cross_look_different(qtbot: QtBot, theme: Theme) -> None:
    appearance.apply(theme)
    shown = bench(qtbot, 0, 1, 2, 3, side=90, entries={1: 4.0, 2: 5.0, 3: 8.0})
    shown.asking.rights |= {(PLACE, 2): False, (PLACE, 3): True}
    shown.grid.product_model.ask(shown.asking, PLACE)
    assert inks_of(shown, 0, 0) == {"dim"}  # the question mark
    assert inks_of(shown, 0, 1) == {"accent_text"}  # an entry that nobody has judged
    assert {"wrong", "wrong_text"} <= inks_of(shown, 0, 2)
    assert "written" not in inks_of(shown, 0, 2)
    assert {"written", "text"} <= inks_of(shown, 1, 0)
    assert not {"wrong", "wrong_text"} & inks_of(shown, 1, 0)
    assert "read_text" in inks_of(shown, 1, 1)  # a product that is shown, over its factors
    assert not any("read_text" in inks_of(shown, *divmod(n, 3)) for n in range(4))


def test_an_asked_product_has_a_dashed_frame_until_something_stands_in_it(qtbot: QtBot) -> None:
    shown = bench(qtbot, 0, 1, entries={1: 4.0})
    shown.grid.clearFocus()
    image = pixels(picture(shown.grid.viewport()))
    accent = QColor(colours.current().accent).rgb()

    def framed(column: int) -> int:
        rect = shown.grid.cell_rect(0, column)
        line = image[rect.y() + 1, rect.x() + 2 : rect.right() - 1]
        return int(np.count_nonzero(line == accent))

    assert framed(0) > 20
    assert framed(1) == framed(2) == 0
