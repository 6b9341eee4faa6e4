"""The menu that a right click on a cell opens, or the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.grids.cell_menu import PATTERNS, CellMenu, random_numbers
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.helpers.widgets import NONE, OFFSCREEN, SHIFT, Key, Sheet, cell_centre, picture, sheet
from tests.unit.widgets.grids.test_answer_model import Asking

pytestmark = OFFSCREEN
RIGHT = Qt.MouseButton.RightButton
RING = ((1, 1), (1, 1))


@pytest.fixture(autouse=True)
def _no_menu_stays() -> Iterator[None]:
    yield
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def right_click(paper: Sheet, place: QPoint) -> CellMenu:
    """Click with the right button where the system does, and return what opens."""
    at = paper.grid.viewport().mapTo(paper.window, place)
    window = paper.window.windowHandle()
    QTest.mouseClick(window, Qt.MouseButton.MiddleButton, NONE, QPoint(2, 2))  # no double click
    QTest.mouseClick(window, RIGHT, NONE, at)
    return opened()


def menu_at(paper: Sheet, row: int, column: int) -> CellMenu:
    return right_click(paper, cell_centre(paper.grid, row, column))


def opened() -> CellMenu:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, CellMenu)
    return popup


def choices(menu: QMenu) -> list[str]:
    """What can be chosen, of submenus what is in them."""
    found = []
    for action in menu.actions():
        if action.menu():
            found += [f"{action.text()} ▸ {inside}" for inside in choices(action.menu())]
        elif not action.isSeparator() and action.isEnabled():
            found.append(action.text())
    return found


def choose(menu: QMenu, *way: str) -> None:
    """Choose what is in a menu by the texts on the way to it."""
    chosen: list[QAction] = []  # PySide before 6.11 takes their menus away with them
    for text in way:
        chosen.append(next(a for a in menu.actions() if a.text() == text))
        menu = chosen[-1].menu() or menu
    chosen[-1].trigger()
    opened().close()


def test_a_right_click_offers_what_can_be_done_with_a_cell(paper: Sheet) -> None:
    QGuiApplication.clipboard().setText("5")
    assert choices(menu_at(paper, 1, 1)) == [
        "Copy",
        "Paste",
        "Fill ▸ 0",
        "Fill ▸ 1",
        "Fill ▸ Random",
        "Fill ▸ Pattern in all cells ▸ Checkerboard",
        "Fill ▸ Pattern in all cells ▸ Diagonal",
        "Fill ▸ Pattern in all cells ▸ Gradient",
        "Why this number?",
        "Copy as picture",
    ]
    assert paper.at == (1, 1)
    assert not paper.edits


def test_what_cannot_be_done_is_not_offered(qtbot: QtBot, paper: Sheet) -> None:
    QGuiApplication.clipboard().clear()
    assert "Paste" not in choices(menu_at(paper, 1, 1))
    opened().close()
    QGuiApplication.clipboard().setText("5")
    fixed = sheet(qtbot, editable=False)
    assert choices(menu_at(fixed, 1, 1)) == ["Copy", "Why this number?", "Copy as picture"]


def test_beside_the_cells_and_on_padding_only_the_grid_is_copied(qtbot: QtBot) -> None:
    paper = sheet(qtbot, pads=RING, size=(600, 600))
    assert choices(menu_at(paper, 0, 0)) == ["Copy as picture"]
    opened().close()
    corner = paper.grid.viewport().rect().bottomRight() - QPoint(4, 4)
    assert choices(right_click(paper, corner)) == ["Copy as picture"]


def test_switches_are_filled_only_with_what_they_take(qtbot: QtBot) -> None:
    paper = sheet(qtbot, np.ones((4, 4)), switches=True)
    offered = [c for c in choices(menu_at(paper, 0, 0)) if "Fill" in c]
    assert [c.rpartition(" ▸ ")[2] for c in offered] == [
        *("0", "1", "Random", "Checkerboard", "Diagonal")
    ]
    opened().close()
    choose(menu_at(paper, 0, 0), "Fill", "Pattern in all cells", "Checkerboard")
    assert paper.rows[0] == [1, 0, 1, 0]
    paper.click(0, 0)
    paper.click(3, 3, SHIFT)
    for _ in range(3):
        choose(menu_at(paper, 0, 0), "Fill", "Random")
        assert set(np.unique(paper.tensor)) <= {0, 1}
    assert not paper.refusals


def test_a_right_click_in_a_selection_keeps_it_and_elsewhere_takes_its_cell(paper: Sheet) -> None:
    paper.click(0, 0)
    paper.click(1, 1, SHIFT)
    menu_at(paper, 0, 1).close()
    assert len(paper.selected) == 4
    menu_at(paper, 2, 2).close()
    assert paper.selected == {(2, 2)}


def test_the_selection_is_filled_at_once_or_one_cell_alone(paper: Sheet) -> None:
    choose(menu_at(paper, 2, 1), "Fill", "0")
    assert paper.rows == [[1, 2, 3], [4, 5, 6], [7, 0, 9]]
    choose(menu_at(paper, 2, 2), "Fill", "Pattern in all cells", "Diagonal")
    assert paper.rows == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    paper.click(0, 0)
    paper.click(1, 2, SHIFT)
    choose(menu_at(paper, 0, 0), "Fill", "1")
    assert paper.rows == [[1, 1, 1], [1, 1, 1], [0, 0, 1]]
    paper.click(1, 1)
    paper.click(2, 2, SHIFT)
    choose(menu_at(paper, 1, 2), "Fill", "Pattern", "Gradient")
    assert paper.rows == [[1, 1, 1], [1, 0, 1], [0, 0, 1]]
    assert len(paper.edits) == 4


@pytest.mark.parametrize(("tone", "lot"), [("read", range(10)), ("weight", range(-2, 3))])
def test_random_numbers_are_like_those_of_exercises(qtbot: QtBot, tone: str, lot: range) -> None:
    grid = TensorGrid(tone, editable=True)
    qtbot.addWidget(grid)
    numbers = random_numbers(*grid.random_range)(30, 40)
    assert numbers.shape == (30, 40)
    assert set(np.unique(numbers)) == set(lot)
    assert not (numbers == random_numbers(*grid.random_range)(30, 40)).all()


def test_cells_are_copied_pasted_and_explained(paper: Sheet) -> None:
    choose(menu_at(paper, 2, 2), "Copy")
    choose(menu_at(paper, 0, 1), "Paste")
    assert paper.rows[0] == [1, 9, 3]
    pinned: list[tuple[int, int]] = []
    paper.grid.pinned.connect(pinned.append)
    menu = menu_at(paper, 1, 2)
    assert not pinned
    choose(menu, "Why this number?")
    assert pinned == [(1, 2)]


@pytest.mark.parametrize(("key", "held"), [(Key.Key_Menu, NONE), (Key.Key_F10, SHIFT)])
def test_the_keyboard_opens_the_menu_of_its_cell(
    qtbot: QtBot, paper: Sheet, key: Key, held: Qt.KeyboardModifier
) -> None:
    paper.click(1, 1)
    paper.press(key, modifiers=held)
    menu = opened()
    cell = paper.grid.cell_rect(1, 1).translated(paper.grid.mapToGlobal(QPoint()))
    assert cell.adjusted(-2, -2, 2, 2).contains(menu.pos())
    for step in (Key.Key_Down, Key.Key_Down, Key.Key_Down):
        QTest.keyClick(menu, step)
        if menu.activeAction() is not None and menu.activeAction().text() == "Fill":
            break
    QTest.keyClick(menu, Key.Key_Right)
    fills = QApplication.activePopupWidget()
    QTest.keyClick(fills, Key.Key_Return)
    assert paper.rows[1][1] == 0
    qtbot.waitUntil(paper.grid.hasFocus)


def test_what_the_menu_is_about_stands_out_while_it_is_open(qtbot: QtBot, paper: Sheet) -> None:
    paper.click(0, 0)
    paper.click(1, 1, SHIFT)
    before = picture(paper.grid)
    menu = menu_at(paper, 1, 1)
    QTest.keyClick(menu, Key.Key_Down)
    assert picture(paper.grid) == before
    menu.close()
    qtbot.waitUntil(paper.grid.hasFocus)
    qtbot.waitUntil(lambda: not paper.grid.findChildren(CellMenu))
    paper.grid.clearFocus()
    assert picture(paper.grid) != before


# --- the picture ---------------------------------------------------------------------------------


def copied(paper: Sheet) -> QImage:
    QGuiApplication.clipboard().clear()
    choose(menu_at(paper, *paper.at), "Copy as picture")
    picture = QGuiApplication.clipboard().image()
    assert not picture.isNull()
    return picture


def test_a_picture_has_every_cell_and_not_the_keyboard(qtbot: QtBot) -> None:
    paper = sheet(qtbot, np.arange(60.0).reshape(30, 2), size=(400, 300))
    width, height = paper.grid.cell_size()
    first = copied(paper)
    assert first.size().toTuple() == (2 * 2 * width, 2 * 30 * height)
    paper.click(3, 1)
    paper.click(5, 1, SHIFT)
    paper.grid.verticalScrollBar().setValue(20)
    assert copied(paper) == first
    paper.write({(29, 0, 0): -7.0}, 0)  # out of sight
    assert copied(paper) != first


def test_no_picture_copy_or_menu_tells_what_is_asked(qtbot: QtBot) -> None:
    pictures, texts = [], []
    for number in (12.0, 34.0):
        numbers = np.arange(9.0).reshape(3, 3)
        numbers[1, 1] = number
        paper = sheet(qtbot, numbers, editable=False)
        paper.grid.ask(Asking({(1, 1, 0): None}))
        menu = menu_at(paper, 1, 1)
        assert "Why this number?" not in choices(menu)
        assert not any(n in a for a in choices(menu) for n in ("12", "34"))
        choose(menu, "Copy")
        texts.append(QGuiApplication.clipboard().text())
        pictures.append(copied(paper))
    assert texts[0] == texts[1] == "\n"
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(
    ("name", "shape", "cells"),
    [
        ("checkerboard", (2, 3), [[1, 0, 1], [0, 1, 0]]),
        ("diagonal", (2, 3), [[1, 0, 0], [0, 1, 0]]),
        ("gradient", (2, 3), [[0, 1, 2], [0, 1, 2]]),
        ("gradient", (3, 1), [[0], [1], [2]]),
        ("gradient", (1, 1), [[0]]),
    ],
)
def test_patterns(name: str, shape: tuple[int, int], cells: list[list[float]]) -> None:
    assert PATTERNS[name](*shape).tolist() == cells
