"""The grid of products: each over its two factors, blank until it is multiplied."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.engine.explanation import STEP, Cell, Term
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.product_grid import ProductGrid, ProductModel
from cnn_tutor.widgets.style import colours
from tests.helpers.widgets import (
    LEFT,
    Key,
    cell_centre,
    contrast,
    in_window,
    picture,
    pixels,
    press,
    type_text,
)

ROLE = Qt.ItemDataRole
ACROSS, DOWN = 60, 44


def term(x: float, weight: float) -> Term:
    return Term((Cell("x", (0, 0, 0), x), Cell("kernel", (0, 0, 0, 0), weight)))


TERMS = tuple(term(n, 2) for n in range(1, 7))


def texts(of: ProductModel) -> list[list[str]]:
    return [
        [of.data(of.index(r, c)) for c in range(of.columnCount())] for r in range(of.rowCount())
    ]


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


def test_terms_are_laid_out_as_the_filter_is(qapp: QApplication) -> None:
    made = ProductModel()
    made.show(TERMS, 3, 6)
    assert texts(made) == [
        ["1×2 = 2", "2×2 = 4", "3×2 = 6"],
        ["4×2 = 8", "5×2 = 10", "6×2 = 12"],
    ]
    made.show(TERMS, 2, 6)
    assert (made.rowCount(), made.columnCount()) == (3, 2)


def test_negative_factors_stand_in_brackets(qapp: QApplication) -> None:
    made = ProductModel()
    made.show((term(3, -2), term(-1.5, 2)), 2, 2)
    assert texts(made) == [["3×(−2) = −6", "(−1.5)×2 = −3"]]


def test_products_that_are_not_multiplied_yet_are_blank(qapp: QApplication) -> None:
    made = ProductModel()
    made.show(TERMS, 3, 4)
    assert texts(made)[1] == ["4×2 = 8", "", ""]
    assert made.term(1, 1) is None
    assert made.term(1, 0) == TERMS[3]


def test_a_last_row_may_be_short(qapp: QApplication) -> None:
    made = ProductModel()
    made.show(TERMS[:5], 3, 5)
    assert (made.rowCount(), made.columnCount()) == (2, 3)
    assert texts(made)[1] == ["4×2 = 8", "5×2 = 10", ""]


def test_a_single_step_result_is_shown_alone(qapp: QApplication) -> None:
    made = ProductModel()
    made.show((Term((Cell(STEP, (0,), 7.0),)),), 3, 1)
    assert (made.rowCount(), made.columnCount()) == (1, 1)
    assert texts(made) == [["7"]]


def test_a_number_with_nothing_to_multiply_it_is_not_said_to_equal_itself(
    qapp: QApplication,
) -> None:
    made = ProductModel()
    alone, scaled = (Term((Cell("x", (0, n, 0), -3.0),), n + 1) for n in range(2))
    made.show((alone, scaled), 2, 2)
    assert texts(made) == [["−3", "2×(−3) = −6"]]


def test_screen_readers_and_tool_tips_have_the_whole_product(qapp: QApplication) -> None:
    made = ProductModel()
    made.show((term(1 / 3, 1e6),), 1, 1)
    for role in (ROLE.ToolTipRole, ROLE.AccessibleTextRole):
        assert made.data(made.index(0, 0), role) == "0.333333333333×1000000 = 333333.333333"
    assert made.data(made.index(0, 0), ROLE.EditRole) is None


def test_the_same_layout_again_keeps_the_keyboards_cell(qtbot: QtBot) -> None:
    grid = shown(qtbot, *TERMS)
    qtbot.mouseClick(grid.viewport(), LEFT, pos=cell_centre(grid, 1, 1))
    with qtbot.waitSignal(grid.product_model.dataChanged):
        grid.product_model.show(TERMS[::-1], 3, 2)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 1)
    press(qtbot, Key.Key_Up)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, 1)


def test_a_product_cannot_be_edited(qtbot: QtBot) -> None:
    grid = shown(qtbot, *TERMS)
    qtbot.mouseDClick(grid.viewport(), LEFT, pos=cell_centre(grid, 0, 0))
    press(qtbot, Key.Key_F2, Key.Key_Delete)
    type_text(qtbot, "5")
    assert QApplication.focusWidget() is grid
    assert texts(grid.product_model)[0][0] == "1×2 = 2"


def test_pointing_at_a_product_is_announced(qtbot: QtBot) -> None:
    grid = shown(qtbot, *TERMS)
    with qtbot.waitSignal(grid.hovered) as hovered:
        qtbot.mouseMove(grid.viewport(), cell_centre(grid, 1, 2))
    assert hovered.args == [(1, 2)]


def painted_cells(before: np.ndarray, after: np.ndarray) -> set[tuple[int, int]]:
    ys, xs = np.nonzero(before != after)
    return {(int(y) // DOWN, int(x) // ACROSS) for y, x in zip(ys, xs, strict=True)}


def test_short_numbers_stay_in_their_cell(qtbot: QtBot) -> None:
    grid = shown(qtbot, *[term(1, 1)] * 9)
    before = look(grid)
    grid.product_model.show((*[term(1, 1)] * 4, term(88, -8), *[term(1, 1)] * 4), 3, 9)
    assert painted_cells(before, look(grid)) == {(1, 1)}


def test_long_factors_stay_in_their_cell(qtbot: QtBot) -> None:
    grid = shown(qtbot, *[term(1, 1)] * 9)
    before = look(grid)
    grid.product_model.show((*[term(1, 1)] * 4, term(-1 / 3, -1 / 3), *[term(1, 1)] * 4), 3, 9)
    assert painted_cells(before, look(grid)) == {(1, 1)}


def test_a_blank_product_has_nothing_on_it(qtbot: QtBot) -> None:
    grid = shown(qtbot, *TERMS)
    grid.product_model.show(TERMS, 3, 2)
    inner = look(grid)[4 : DOWN - 4, 2 * ACROSS + 4 : 3 * ACROSS - 4]
    assert len(np.unique(inner)) == 1


def test_painting_leaves_the_grids_own_font_alone(qtbot: QtBot) -> None:
    grid = shown(qtbot, *TERMS)
    font = grid.font().toString()
    look(grid)
    assert grid.font().toString() == font


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_factors_and_product_are_in_their_colours(qtbot: QtBot, theme: str) -> None:
    appearance.apply(theme)  # type: ignore[arg-type]
    grid = ProductGrid()
    grid.set_cell_size(240, 180)
    in_window(qtbot, grid)
    grid.product_model.show((term(88, 88),), 1, 1)
    inks = {QColor.fromRgb(int(ink)).name() for ink in np.unique(look(grid)[6:174, 6:234])}
    now = colours.current()
    assert {now.read_text, now.weight_text, now.text} <= inks


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_factors_can_be_read_in_the_active_product(qtbot: QtBot, theme: str) -> None:
    appearance.apply(theme)  # type: ignore[arg-type]
    grid = ProductGrid()
    grid.set_cell_size(240, 180)
    in_window(qtbot, grid)
    grid.product_model.show((term(88, 88),), 1, 1)
    grid.set_marks({(0, 0): Mark.ACTIVE})
    ground = QColor.fromRgb(int(look(grid)[8, 8]))
    now = colours.current()
    for ink in (now.read_text, now.weight_text, now.text):
        assert contrast(ink, ground) >= 4.5
