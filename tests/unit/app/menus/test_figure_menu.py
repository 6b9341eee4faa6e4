"""The board that is on is exported or copied, and its formulas as LaTeX, wherever one looks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from cnn_tutor.app.figures.source import FORMULA
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.menus.figure_menu import source_of
from cnn_tutor.study.boards.views import NETWORK
from cnn_tutor.study.exercises.code import encode
from cnn_tutor.study.practice import RESULTS
from tests.helpers.lesson_window import settle
from tests.helpers.practice_window import CELL
from tests.helpers.programs import python

COPY, EXPORT = "Copy board as picture", "Export figure…"
LATEX, SIZE = "Copy formula as LaTeX", "Copy size formula as LaTeX"
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def action(window: MainWindow, text: str) -> QAction:
    (found,) = (a for a in window.findChildren(QAction) if a.text().replace("&", "") == text)
    return found


def copied() -> str:
    return QGuiApplication.clipboard().text()


def picture() -> QImage:
    return QImage(QGuiApplication.clipboard().image())


@pytest.fixture
def board(window) -> MainWindow:
    window.open_chapter("convolution")
    settle()
    return window


def test_the_board_is_copied_by_its_keys(board) -> None:
    QTest.keyClick(board, Qt.Key.Key_C, CONTROL_SHIFT)
    assert QGuiApplication.clipboard().mimeData().hasFormat("image/svg+xml")
    assert picture().width() > 1000


def test_the_view_that_is_on_is_what_is_copied(board) -> None:
    action(board, COPY).trigger()
    cells = picture()
    board.lab.state.show_view(NETWORK)
    settle()
    action(board, COPY).trigger()
    assert picture() != cells


def test_the_dialog_opens_by_its_keys(qtbot, board) -> None:
    QTest.keyClick(board, Qt.Key.Key_E, CONTROL_SHIFT)
    dialog = board.findChild(QDialog, "figure_dialog")
    qtbot.waitUntil(dialog.isVisible)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_is_being_typed_is_in_the_picture(board) -> None:
    action(board, COPY).trigger()
    before = picture()
    grid = board.lab.board.first_part
    grid.setFocus()
    QTest.keyClicks(grid, "7")
    action(board, COPY).trigger()
    assert board.document.project.x.max() == 7
    assert picture() != before


def test_the_formulas_are_copied_as_latex(board) -> None:
    board.lab.state.pin("output", (0, 0, 0))
    action(board, LATEX).trigger()
    assert copied().startswith(r"y_{0, 0, 0} = 0 \cdot 0 + ")
    action(board, SIZE).trigger()
    assert r"\frac{5 + 2 \cdot 0 - 3}{1}" in copied()


def test_a_layer_without_a_window_has_no_such_formula(board) -> None:
    board.open_chapter("dense")
    settle()
    QGuiApplication.clipboard().setText("before")
    action(board, SIZE).trigger()
    assert copied() == "before"
    assert board.pages.findChild(QWidget, "page_notice").isVisible()


def test_the_menus_of_cells_and_of_the_formula_offer_it_too(board, monkeypatch) -> None:
    # The offscreen platform warns of a menu that takes the keyboard.
    monkeypatch.setattr(QMenu, "popup", lambda menu, place: opened.append(menu))
    opened: list[QMenu] = []
    grid = board.lab.board.first_part
    texts = [a.text().replace("&", "") for a in grid.cell_menu((0, 0)).actions()]
    assert {COPY, LATEX} <= set(texts)
    written = board.lab.inspector.formula
    written.customContextMenuRequested.emit(written.rect().center())
    (menu,) = opened
    assert LATEX in [a.text().replace("&", "") for a in menu.actions()]
    menu.deleteLater()


def test_an_exercise_is_copied_as_it_stands(window) -> None:
    window.practice.set_one(*CELL)
    settle()
    source = source_of(window.parts)
    assert source is not None
    assert source.document is window.practice.page.document
    assert source.caption
    assert FORMULA not in source.subjects
    action(window, COPY).trigger()
    blank = picture()
    window.practice.page.drill.show_solution()
    settle()
    action(window, COPY).trigger()
    assert picture() != blank
    grid = window.practice.page.board.first_part
    assert COPY in [a.text().replace("&", "") for a in grid.actions()]


def test_the_formula_that_is_asked_for_is_not_given_away(window) -> None:
    window.practice.set_one(*CELL)
    settle()
    QGuiApplication.clipboard().setText("before")
    action(window, LATEX).trigger()
    assert copied() == "before"


def test_a_page_without_a_board_offers_nothing(window) -> None:
    assert action(window, EXPORT).isEnabled()
    window.open_chapter(RESULTS)
    settle()
    assert not action(window, EXPORT).isEnabled()
    assert source_of(window.parts) is None
    window.open_chapter(encode(("shape_chain", "conv2d", 1, 3)))
    settle()
    assert not action(window, COPY).isEnabled()
    window.open_chapter("relu")
    settle()
    assert action(window, COPY).isEnabled()


_LOADING = """
import sys
from PySide6.QtWidgets import QApplication
from cnn_tutor.app.main_window import MainWindow
app = QApplication([])
window = MainWindow()
print([name for name in ("PIL", "PySide6.QtSvg", "cnn_tutor.app.figures") if name in sys.modules])
"""


def test_a_window_loads_nothing_that_only_figures_need() -> None:
    done = python("-c", _LOADING)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
