"""Products that the learner is asked for: how they are written, announced, refused and painted."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cnn_tutor.engine.explanation import Cell, Index, Term
from cnn_tutor.study import words
from cnn_tutor.widgets.grids.product_grid import ProductGrid, ProductModel
from cnn_tutor.widgets.style import colours
from tests.helpers.widgets import (
    LEFT,
    Key,
    cell_centre,
    focused,
    in_window,
    picture,
    pixels,
    press,
    type_text,
)
from tests.unit.widgets.grids.test_asked_cells import Asking

ROLE = Qt.ItemDataRole
STEP = 2
"""The place of the step whose products are asked for."""


def terms(count: int = 6) -> tuple[Term, ...]:
    return tuple(
        Term((Cell("x", (0, n, 0), float(n + 1)), Cell("kernel", (0, n, 0, 0), 2.0)))
        for n in range(count)
    )


@dataclass
class Desk:
    """A grid in which products are asked for, whose answers are kept as a sheet keeps them."""

    qtbot: QtBot
    grid: ProductGrid
    asking: Asking
    answers: list[tuple[Index, float]] = field(default_factory=list)
    taken: list[Index] = field(default_factory=list)
    refused: list[tuple[int, int, str]] = field(default_factory=list)

    def write(self, at: Index, number: float) -> None:
        self.answers.append((at, number))
        self.asking.entries[at] = number
        self.grid.product_model.ask(self.asking, STEP)

    def take_back(self, at: Index) -> None:
        self.taken.append(at)
        self.asking.entries[at] = None
        self.grid.product_model.ask(self.asking, STEP)

    @property
    def at(self) -> tuple[int, int]:
        index = self.grid.currentIndex()
        return index.row(), index.column()

    @property
    def editing(self) -> bool:
        return self.grid.state() == ProductGrid.State.EditingState

    def texts(self) -> list[list[str]]:
        model = self.grid.product_model
        return [
            [model.index(r, c).data() for c in range(model.columnCount())]
            for r in range(model.rowCount())
        ]

    def click(self, row: int, column: int) -> None:
        self.qtbot.mouseClick(self.grid.viewport(), LEFT, pos=cell_centre(self.grid, row, column))

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            typing = self.editing
            press(self.qtbot, key)
            if typing and key in (Key.Key_Return, Key.Key_Tab, Key.Key_Escape):
                QApplication.processEvents()

    def type(self, text: str) -> None:
        type_text(self.qtbot, text)


def desk(
    qtbot: QtBot, *asked: int, side: int = 60, entries: dict[int, float] | None = None
) -> Desk:
    """Show six products, some of which are asked for: by their place among the terms."""
    grid = ProductGrid()
    grid.set_cell_size(side, side)
    before, after = QLineEdit(), QLineEdit()
    in_window(qtbot, before, grid, after)
    grid.product_model.show(terms(), 3, 6)
    written = entries or {}
    asking = Asking({(STEP, n): written.get(n) for n in asked})
    made = Desk(qtbot, grid, asking)
    grid.product_model.ask(asking, STEP)
    grid.answered.connect(made.write)
    grid.taken_back.connect(made.take_back)
    grid.refused.connect(lambda r, c, why: made.refused.append((r, c, why.reason)))
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    return made


def test_an_asked_product_is_a_question_and_the_others_are_not(qtbot: QtBot) -> None:
    shown = desk(qtbot, 1, 5)
    assert shown.texts() == [["1×2 = 2", "?", "3×2 = 6"], ["4×2 = 8", "5×2 = 10", "?"]]
    model = shown.grid.product_model
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    assert QAbstractItemModelTester(model, fatal, None).model() is model


def test_nothing_tells_what_an_asked_product_is(qtbot: QtBot) -> None:
    shown = desk(qtbot, 1)
    model = shown.grid.product_model
    told = [model.data(model.index(0, 1), role) for role in ROLE if role != ROLE.UserRole]
    texts = [text for text in told if isinstance(text, str)]
    assert words.say("layers.asked_at", row=0, column=1) in texts
    assert not any("4" in text or "×" in text for text in texts)
    assert model.term(0, 1) is None


def test_only_asked_products_can_be_written_into(qtbot: QtBot) -> None:
    shown = desk(qtbot, 1)
    shown.click(0, 0)
    shown.type("5")
    shown.press(Key.Key_F2)
    assert not shown.editing
    assert shown.answers == []
    assert shown.refused == []
    other = shown.grid.product_model.index(0, 0)
    assert not shown.grid.product_model.setData(other, "5")


def test_a_number_is_typed_and_tab_goes_to_the_next_product(qtbot: QtBot) -> None:
    shown = desk(qtbot, 0, 1, 2)
    shown.click(0, 0)
    shown.type("2")
    assert shown.editing
    shown.press(Key.Key_Tab)
    assert shown.answers == [((STEP, 0), 2.0)]
    assert shown.at == (0, 1)
    shown.type("−4")
    shown.press(Key.Key_Return)
    assert shown.answers[1:] == [((STEP, 1), -4.0)]
    assert shown.texts()[0] == ["2", "−4", "?"]


def test_every_way_of_writing_a_number_is_understood(qtbot: QtBot) -> None:
    shown = desk(qtbot, 0)
    for text, value in (("１２", 12), ("−4", -4), ("ー3", -3), ("1/2", 0.5), ("2,5", 2.5)):
        shown.click(0, 0)
        shown.type(text)
        shown.press(Key.Key_Return)
        assert shown.answers[-1] == ((STEP, 0), value)
    assert not shown.refused


def test_what_was_written_can_be_changed(qtbot: QtBot) -> None:
    shown = desk(qtbot, 0, entries={0: 5.0})
    shown.click(0, 0)
    shown.press(Key.Key_F2)
    editor = focused()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "5"
    shown.press(Key.Key_Return)
    assert shown.answers == []  # it was only looked at
    shown.qtbot.mouseDClick(shown.grid.viewport(), LEFT, pos=cell_centre(shown.grid, 0, 0))
    assert shown.editing
    shown.type("7")
    shown.press(Key.Key_Escape)
    assert shown.answers == []
    assert shown.texts()[0][0] == "5"


def test_an_input_method_writes_into_an_asked_product(qtbot: QtBot) -> None:
    shown = desk(qtbot)
    shown.press(Key.Key_Right, Key.Key_Left)
    enabled = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert not shown.grid.testAttribute(enabled)
    shown.asking.entries[STEP, 0] = None
    shown.grid.product_model.ask(shown.asking, STEP)
    assert shown.at == (0, 0)
    assert shown.grid.testAttribute(enabled)
    event = QInputMethodEvent("", [])
    event.setCommitString("１２")
    QApplication.sendEvent(shown.grid, event)
    shown.press(Key.Key_Return)
    assert shown.answers == [((STEP, 0), 12.0)]


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_deleting_takes_an_entry_back_and_nothing_else(qtbot: QtBot, key: Qt.Key) -> None:
    shown = desk(qtbot, 0, entries={0: 5.0})
    shown.click(1, 1)
    shown.press(key)
    assert shown.taken == []
    shown.click(0, 0)
    shown.press(key)
    assert shown.taken == [(STEP, 0)]
    assert shown.texts()[0][0] == "?"
    assert not shown.editing


def test_what_is_no_number_is_refused_in_its_place(qtbot: QtBot) -> None:
    shown = desk(qtbot, 4)
    for text, why in (("x", "not_a_number"), ("1,000", "ambiguous_number"), ("3²", "not_a_number")):
        shown.click(1, 1)
        shown.type(text)
        shown.press(Key.Key_Return)
        assert shown.refused[-1] == (1, 1, why)
        assert shown.at == (1, 1)
    assert len(shown.refused) == 3
    assert shown.answers == []
    assert shown.texts()[1][1] == "?"


def test_what_was_found_right_is_a_product_like_the_others(qtbot: QtBot) -> None:
    shown = desk(qtbot, 0, entries={0: 2.0})
    shown.asking.rights[STEP, 0] = True
    shown.grid.product_model.ask(shown.asking, STEP)
    shown.click(0, 0)
    shown.type("9")
    shown.press(Key.Key_F2)
    assert not shown.editing
    assert shown.answers == []


def test_each_state_is_announced(qtbot: QtBot) -> None:
    shown = desk(qtbot, 0, 1, 2, 3, entries={1: 5.0, 2: -7.0, 3: 8.0})
    shown.asking.rights |= {(STEP, 2): False, (STEP, 3): True}
    model = shown.grid.product_model
    for language in words.LANGUAGES:
        words.speak(language)
        said = [model.index(*divmod(n, 3)).data(ROLE.AccessibleTextRole) for n in range(4)]
        assert said == [
            words.say("layers.asked_at", row=0, column=0),
            words.say("layers.written_at", row=0, column=1, value=5),
            words.say("layers.wrong_at", row=0, column=2, value=-7),
            words.say("layers.answered_at", row=1, column=0, value=8),
        ]


def test_products_of_another_step_are_not_asked_for(qtbot: QtBot) -> None:
    shown = desk(qtbot, 1)
    shown.grid.product_model.ask(shown.asking, STEP + 1)
    assert shown.texts()[0][1] == "2×2 = 4"


def test_it_is_said_when_what_is_asked_is_other_and_no_more_than_that(qtbot: QtBot) -> None:
    made = ProductModel()
    made.show(terms(), 3, 6)
    with qtbot.assertNotEmitted(made.dataChanged):
        made.ask(None, STEP)
    asking = Asking({(STEP, 0): None})
    for now in (asking, asking, None):
        with qtbot.waitSignal(made.dataChanged):
            made.ask(now, STEP)
    assert made.index(0, 0).data() == "1×2 = 2"


def inks(shown: Desk, row: int, column: int) -> set[str]:
    """Return the colours of the theme in the inside of a cell."""
    shown.grid.clearFocus()
    rect = shown.grid.cell_rect(row, column).adjusted(5, 5, -5, -5)
    theme = colours.current()
    seen = set(pixels(picture(shown.grid.viewport()).copy(rect)).flatten().tolist())
    names = ("written", "wrong", "wrong_text", "dim", "accent_text", "text", "read_text")
    return {name for name in names if QColor(getattr(theme, name)).rgb() in seen}


@pytest.mark.parametrize("theme", [colours.LIGHT, colours.DARK])
def test_question_entry_tick_and_cross_look_different(qtbot: QtBot, theme: colours.Colours) -> None:
    before = colours.current()
    colours.use(theme)
    try:
        shown = desk(qtbot, 0, 1, 2, 3, side=90, entries={1: 4.0, 2: 5.0, 3: 8.0})
        shown.asking.rights |= {(STEP, 2): False, (STEP, 3): True}
        shown.grid.product_model.ask(shown.asking, STEP)
        assert inks(shown, 0, 0) == {"dim"}  # the question mark
        assert inks(shown, 0, 1) == {"accent_text"}  # an entry that nobody has judged
        assert {"wrong", "wrong_text"} <= inks(shown, 0, 2)
        assert "written" not in inks(shown, 0, 2)
        assert {"written", "text"} <= inks(shown, 1, 0)
        assert not {"wrong", "wrong_text"} & inks(shown, 1, 0)
        assert "read_text" in inks(shown, 1, 1)  # a product that is shown, over its factors
        assert not any("read_text" in inks(shown, *divmod(n, 3)) for n in range(4))
    finally:
        colours.use(before)


def test_an_asked_product_has_a_dashed_frame_until_something_stands_in_it(qtbot: QtBot) -> None:
    shown = desk(qtbot, 0, 1, entries={1: 4.0})
    shown.grid.clearFocus()
    image = pixels(picture(shown.grid.viewport()))
    accent = QColor(colours.current().accent).rgb()

    def framed(column: int) -> int:
        rect = shown.grid.cell_rect(0, column)
        line = image[rect.y() + 1, rect.x() + 2 : rect.right() - 1]
        return int(np.count_nonzero(line == accent))

    assert framed(0) > 20
    assert framed(1) == framed(2) == 0
