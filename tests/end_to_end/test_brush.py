"""Painting is a mode of its own: the brush is taken by its button or key, and put away again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton

from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.boards.views import CELLS, MATRICES, NETWORK, UNITS
from tests.helpers.boards import setting

Key = Qt.Key
ROW = ((0, 2), (0, 1), (0, 0))


def cursor(lab, name: str) -> Qt.CursorShape:
    return lab.grid(name).viewport().cursor().shape()


def paints(lab) -> bool:
    """Whether a drag paints now; it is undone at once."""
    stack = lab.document.undo_stack
    before = stack.index()
    lab.drag("x", *ROW)
    painted = stack.index() > before
    if painted:
        stack.undo()
    assert stack.index() == before
    seen = cursor(lab, "x") == Qt.CursorShape.BitmapCursor
    assert seen == lab.part("brush").isChecked() == painted
    return painted


def test_the_key_takes_the_brush_and_puts_it_away_again(drive) -> None:
    lab = drive()
    assert lab.part("brush").toolTip().endswith("(B)")
    assert not paints(lab)
    for expected in (True, False, True):
        QTest.keyClick(lab.grid("x"), Key.Key_B)
        assert paints(lab) is expected
    lab.write("kernel", 0, 0, "7")  # typing goes on with it
    assert lab.read("kernel")[0][0] == "7"
    QTest.keyClick(lab.grid("x"), Key.Key_Escape)
    assert not paints(lab)
    assert not lab.editing()


@pytest.mark.parametrize("part", ["x", "kernel", "output", "step_play", "brush", "code_tabs"])
def test_escape_puts_the_brush_away_wherever_the_keyboard_is(drive, part: str) -> None:
    lab = drive()
    lab.press("brush")
    assert paints(lab)
    lab.part(part).setFocus()
    QTest.keyClick(lab.part(part), Key.Key_Escape)
    assert not paints(lab)


def test_the_key_is_a_letter_where_text_is_typed(drive) -> None:
    lab = drive()
    line = QLineEdit(lab.lab)
    line.show()
    line.setFocus()
    QTest.keyClick(line, Key.Key_B)
    assert line.text() == "b"
    lab.click("kernel", 0, 0)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_1)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_B)
    assert QApplication.focusWidget().text() == "1b"
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert not paints(lab)


def test_it_stays_in_hand_where_the_layer_is_other_and_goes_with_other_work(drive) -> None:
    lab = drive()
    lab.press("brush")
    lab.lab.inspector.wanted.emit(setting("size:kernel"), (2, 2), 0)
    assert paints(lab)
    lab.document.begin(presets()["blur"].project(), "another")
    assert not paints(lab)


def test_it_paints_in_both_views_of_cells_and_is_put_away_in_the_others(drive) -> None:
    lab = drive()
    button = lab.part("brush")
    assert isinstance(button, QToolButton)
    lab.press("brush")
    lab.lab.state.show_view(MATRICES)
    QApplication.processEvents()
    assert button.isChecked()
    before = lab.read("x")
    kernel = lab.lab.views.view._panes.grids["kernel"]
    assert kernel.viewport().cursor().shape() == Qt.CursorShape.BitmapCursor
    for view in (UNITS, NETWORK):
        lab.lab.state.show_view(CELLS)
        assert button.isEnabled()
        button.setChecked(True)
        lab.lab.state.show_view(view)
        assert not button.isEnabled()
        assert not button.isChecked()
        QTest.keyClick(lab.lab, Key.Key_B)
        assert not button.isChecked()
    lab.lab.state.show_view(CELLS)
    assert button.isEnabled()
    assert not paints(lab)
    assert lab.read("x") == before


def test_out_of_sight_it_is_put_away_and_cannot_be_taken(drive) -> None:
    lab = drive()
    lab.press("brush")
    lab.lab.hide()
    assert not lab.lab.brush.isChecked()
    assert not lab.lab.brush.isEnabled()
    lab.lab.show()
    assert lab.lab.brush.isEnabled()
