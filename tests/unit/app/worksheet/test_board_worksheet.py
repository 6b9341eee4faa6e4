"""The exercise over the board that is open: from the menu to paper, or to a code."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QMessageBox, QPushButton

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.worksheet.board import board as on_paper
from cnn_tutor.app.worksheet.page_view import PageView
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.board_code import exercise_of, is_board_code
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.helpers.drilling import right
from tests.helpers.driver import Driver
from tests.helpers.lesson_window import press, settle
from tests.unit.app.worksheet.test_worksheet_dialog import choose, save_button

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


def select(window: MainWindow, name: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Click one cell, and another one with Shift."""
    driver = Driver(window)
    driver.click(name, *first)
    if last != first:
        grid = driver.grid(name).viewport()
        QTest.mouseClick(grid, LEFT, SHIFT, driver.centre(name, *last))
    settle()


def opened(window: MainWindow) -> QDialog:
    """Press the keys of the command, and return the dialog that comes."""
    press(window, "Ctrl+Shift+P")
    settle()
    (dialog,) = (d for d in window.findChildren(QDialog, "worksheet_dialog") if d.isVisible())
    return dialog


def activate(window: MainWindow) -> None:
    """Give the keyboard back to the window after a dialog: no window manager does it here."""
    settle()
    window.activateWindow()
    settle()


def copied(dialog: QDialog) -> str:
    """Press the button that copies the code, and return what is on the clipboard."""
    QGuiApplication.clipboard().clear()
    QTest.mouseClick(dialog.findChild(QPushButton, "worksheet_copy"), LEFT)
    return QGuiApplication.clipboard().text()


def said(dialog: QDialog) -> str:
    return dialog.findChild(QLabel, "worksheet_said").text()


def blanks(exercise: Exercise) -> list[str]:
    return [blank.name for blank in exercise.blanks]


def test_selected_outputs_become_blanks(window, qtbot) -> None:
    select(window, "output", (0, 1), (1, 2))
    dialog = opened(window)
    wanted = ["output[0,1,0]", "output[0,2,0]", "output[1,1,0]", "output[1,2,0]"]
    assert blanks(exercise_of(copied(dialog))) == wanted
    assert "Practice ▸ Exercise by code…" in said(dialog)
    dialog.close()


def test_the_menu_of_the_cells_offers_it(window) -> None:
    select(window, "output", (0, 0), (0, 1))
    grid = Driver(window).grid("output")
    menu = grid.cell_menu((0, 0))
    (action,) = (a for a in menu.actions() if a.text() == "Exercise from &board…")
    action.trigger()
    settle()
    (dialog,) = (d for d in window.findChildren(QDialog, "worksheet_dialog") if d.isVisible())
    assert blanks(exercise_of(copied(dialog))) == ["output[0,0,0]", "output[0,1,0]"]
    dialog.close()
    menu.deleteLater()


def test_the_board_of_an_exercise_does_not(player) -> None:
    player.open("whole_output", "conv2d")
    grid = player.window.practice.page.findChild(TensorGrid, "x")
    menu = grid.cell_menu((0, 0))
    assert not [a for a in menu.actions() if "from board" in a.text()]
    menu.deleteLater()


@pytest.mark.parametrize("name", ["x", "kernel"])
def test_one_cell_of_the_input_is_not_taken_for_a_choice(window, name: str) -> None:
    select(window, name, (1, 1), (1, 1))
    dialog = opened(window)
    assert len(exercise_of(copied(dialog)).blanks) == 9
    combo = dialog.findChild(QComboBox, "worksheet_blank")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert blanks(exercise_of(copied(dialog))) == [f"{name}[1,1,0{',0' * (name == 'kernel')}]"]
    dialog.close()


def test_the_code_opens_the_exercise_in_practice(player) -> None:
    window = player.window
    select(window, "x", (2, 2), (2, 3))
    dialog = opened(window)
    text = copied(dialog)
    assert is_board_code(text)
    dialog.close()
    activate(window)
    press(window, "Ctrl+G")
    settle()
    asks = window.findChild(QDialog, "asked_code_dialog")
    field = asks.findChild(QLineEdit, "asked_code")
    field.setFocus()
    press(window, "Ctrl+V")
    assert field.text() == text
    QTest.keyClick(field, Qt.Key.Key_Return)
    activate(window)
    assert window.chapters.on == "practice"
    assert blanks(player.exercise) == ["x[2,2,0]", "x[2,3,0]"]
    title = window.practice.page.findChild(QLabel, "exercise_title")
    assert title.text() == "From a board"
    player.answer(right(player.exercise))
    assert player.drill.done
    (answer,) = player.answers
    assert (answer.code, answer.right, answer.of, answer.evidence) == (text, 2, 2, False)
    assert not window.practice.page.again.isVisible()


def test_the_paper_has_the_board_with_the_cells_blank(window, qtbot, tmp_path) -> None:
    select(window, "output", (2, 2), (2, 2))
    dialog = opened(window)
    qtbot.waitUntil(save_button(dialog).isEnabled)
    assert dialog.findChild(PageView, "worksheet_pages").page_count == 2
    exercise = exercise_of(copied(dialog))
    output = on_paper(exercise).rows[0][-1].cells
    assert sum(cell.asked for cell in output) == 1
    assert sum(bool(cell.given) for cell in output) == 8
    path = tmp_path / "out.pdf"
    choose(qtbot, window, dialog, path)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages)
    assert "work out the blank cells of the output" in " ".join(text.split())
    assert "CNNT1" not in text
    for box in window.findChildren(QMessageBox):
        box.close()


def test_a_board_that_has_no_such_exercise_says_why(window, qtbot) -> None:
    window.open_chapter("max_pooling")
    select(window, "x", (0, 0), (1, 1))
    dialog = opened(window)
    assert said(dialog) == "The output does not tell what is in these cells. Select others."
    assert not save_button(dialog).isEnabled()
    assert not dialog.findChild(QPushButton, "worksheet_copy").isEnabled()
    combo = dialog.findChild(QComboBox, "worksheet_blank")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Up)
    qtbot.waitUntil(save_button(dialog).isEnabled)
    assert said(dialog) == ""
    dialog.close()


def test_the_dialog_can_still_make_other_worksheets(window, qtbot) -> None:
    dialog = opened(window)
    combo = dialog.findChild(QComboBox, "worksheet_skill")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert dialog.sheet.skill == "mix"
    assert dialog.sheet.board == ""
    assert not dialog.findChild(QComboBox, "worksheet_blank").isVisible()
    assert not dialog.findChild(QPushButton, "worksheet_copy").isVisible()
    dialog.close()


def test_a_layer_in_a_network_has_what_comes_to_it_as_its_input(window) -> None:
    window.open_chapter("convolution")
    project = window.document.project.inserted(1, "relu")
    window.document.open(project)
    settle()
    dialog = opened(window)
    exercise = exercise_of(copied(dialog))
    assert exercise.kind == "relu"
    assert (exercise.tensors["x"] == window.document.evaluation.value("conv2d_1")).all()
    assert {blank.port for blank in exercise.blanks} == {OUTPUT}
    dialog.close()
