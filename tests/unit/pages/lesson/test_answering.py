"""Numbers written into output cells that the learner is asked for, by keyboard and clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from cnn_tutor.study import words
from tests.unit.pages.asking import FIRST, SECOND, ask, shown, spoken
from tests.unit.pages.boards import said

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def at(lab) -> tuple[int, int]:
    index = lab.grid("output").currentIndex()
    return index.row(), index.column()


def press(*keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def test_wrong_and_then_right_by_keyboard_alone(drive) -> None:
    lab = drive()
    questions = ask(lab)
    answers = QSignalSpy(questions.answered)
    lab.grid("output").setFocus()
    press(KEY.Key_Home, modifiers=CTRL)
    assert at(lab) == (0, 0)
    lab.type("5")
    assert shown(lab) == "5"
    assert (questions.entry(FIRST), questions.right(FIRST)) == (5, False)
    assert at(lab) == (0, 0)
    assert lab.grid("output").hasFocus()
    assert spoken(lab, 0, 0) == words.say("layers.wrong_at", row=0, column=0, value=5)
    press(KEY.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "5"
    editor.selectAll()
    lab.type("3")
    assert shown(lab) == "3"
    assert questions.right(FIRST)
    assert questions.all_right
    assert not questions.hides(FIRST)
    assert at(lab) == (0, 0)
    assert spoken(lab, 0, 0) == words.say("layers.answered_at", row=0, column=0, value=3)
    assert [answers.at(n) for n in range(answers.count())] == [[FIRST, 5, False], [FIRST, 3, True]]
    assert lab.document.undo_stack.count() == 2
    press(KEY.Key_Return)  # nothing is open: Enter goes on as everywhere
    assert at(lab) == (1, 0)


def test_numbers_are_understood_as_everywhere_and_what_is_none_is_not_wrong(drive) -> None:
    lab = drive()
    questions = ask(lab)
    answers = QSignalSpy(questions.answered)
    for text in ("x", "1..2", "1e999"):
        lab.click("output", 0, 0)
        lab.type(text)
        assert len(said(lab)) == 1, text
        assert shown(lab) == "?"
        assert at(lab) == (0, 0)
        press(KEY.Key_Escape)
    assert questions.entry(FIRST) is None
    assert answers.count() == 0
    for text, value in (("−4", -4), ("5", 5), ("1/2", 0.5), ("3", 3)):
        lab.click("output", 0, 0)
        lab.type(text)
        assert questions.entry(FIRST) == value
    assert questions.right(FIRST)
    assert not said(lab)


def test_an_input_method_writes_into_an_asked_cell(drive) -> None:
    lab = drive()
    grid = lab.grid("output")
    grid.setFocus()
    grid.go_to(0, 0)
    assert not grid.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    questions = ask(lab)
    assert grid.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    event = QInputMethodEvent("", [])
    event.setCommitString("3")
    QApplication.sendEvent(grid, event)
    press(KEY.Key_Return)
    assert questions.all_right


def test_an_empty_editor_is_no_answer(drive) -> None:
    lab = drive()
    questions = ask(lab)
    lab.click("output", 0, 0)
    press(KEY.Key_F2)
    press(KEY.Key_Return)
    assert questions.entry(FIRST) is None
    assert not said(lab)
    QTest.mouseDClick(
        lab.grid("output").viewport(), Qt.MouseButton.LeftButton, pos=lab.centre("output", 0, 0)
    )
    assert lab.editing()
    press(KEY.Key_Escape)
    assert shown(lab) == "?"


def test_other_outputs_are_refused_as_before(drive) -> None:
    lab = drive()
    ask(lab)
    lab.click("output", 0, 1)
    lab.type("7")
    assert said(lab) == [words.say("errors.computed_cell")]
    assert shown(lab, 0, 1) == "0"
    press(KEY.Key_F2)
    assert not lab.editing()


def current(grid: QTableView) -> tuple[int, int]:
    return grid.currentIndex().row(), grid.currentIndex().column()


@pytest.mark.parametrize("key", [KEY.Key_Delete, KEY.Key_Backspace])
def test_deleting_takes_the_entry_back(drive, key: Qt.Key) -> None:
    lab = drive()
    questions = ask(lab, FIRST, SECOND)
    lab.write("output", 0, 0, "5")
    lab.write("output", 0, 1, "9")
    assert lab.read("output")[0][:2] == ["5", "9"]
    press(key)
    lab.click("output", 0, 0)
    press(key)
    assert lab.read("output")[0][:2] == ["?", "?"]
    assert questions.entry(FIRST) is questions.entry(SECOND) is None
    lab.click("output", 1, 1)
    press(key)
    assert shown(lab, 1, 1) == "2"


def test_what_was_answered_rightly_stays(drive) -> None:
    lab = drive()
    questions = ask(lab, FIRST, SECOND)
    lab.write("output", 0, 0, "3")
    lab.write("output", 0, 0, "4")
    assert said(lab) == [words.say("errors.computed_cell")]
    press(KEY.Key_Delete)
    assert questions.entry(FIRST) == 3
    lab.write("bias", 0, 0, "1")  # which makes it another number
    lab.write("output", 0, 0, "4")
    assert questions.right(FIRST)


@pytest.mark.parametrize("end", [KEY.Key_Return, KEY.Key_Tab])
def test_after_a_right_answer_the_keyboard_is_at_the_next_cell(drive, qtbot, end) -> None:
    lab = drive()
    questions = ask(lab, FIRST, SECOND, (2, 2, 0))
    lab.click("output", 0, 0)
    for number, cell in (("3", (0, 1)), ("5", (0, 1)), ("0", (2, 2)), ("3", (2, 2))):
        lab.type(number, end)
        grid = lab.grid("output")
        qtbot.waitUntil(lambda at=cell, grid=grid: current(grid) == at)
        assert lab.lab.walk.at[:2] == cell  # what it reads is lit
    assert questions.all_right


def test_nothing_else_writes_into_an_asked_cell(drive) -> None:
    lab = drive()
    questions = ask(lab, FIRST, SECOND)
    lab.click("output", 0, 0)
    press(KEY.Key_Up, KEY.Key_Down, modifiers=CTRL)
    lab.click("output", 0, 0)
    lab.wheel("output", 0, 0, 1, Qt.KeyboardModifier.AltModifier)
    viewport, button = lab.grid("output").viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, button, pos=lab.centre("output", 1, 1))
    QTest.mouseMove(viewport, lab.centre("output", 0, 0))
    QTest.mouseRelease(viewport, button, pos=lab.centre("output", 0, 0))
    assert questions.entry(FIRST) is None
    assert lab.read("output")[0][:2] == ["?", "?"]


def test_one_number_can_be_pasted_and_a_cell_keeps_its_entry_when_it_is_cut(drive) -> None:
    lab = drive()
    questions = ask(lab, FIRST, SECOND)
    lab.click("output", 0, 0)
    QGuiApplication.clipboard().setText("1\t2\n")
    press(KEY.Key_V, modifiers=CTRL)
    assert questions.entry(FIRST) is None
    QGuiApplication.clipboard().setText("nothing")
    press(KEY.Key_V, modifiers=CTRL)
    assert len(said(lab)) == 1
    QGuiApplication.clipboard().setText("４")
    press(KEY.Key_V, modifiers=CTRL)
    assert questions.entry(FIRST) == 4
    press(KEY.Key_X, modifiers=CTRL)
    assert questions.entry(FIRST) == 4
    press(KEY.Key_Right, modifiers=Qt.KeyboardModifier.ShiftModifier)
    press(KEY.Key_V, modifiers=CTRL)
    assert questions.entry(SECOND) is None
    lab.click("output", 1, 1)
    press(KEY.Key_V, modifiers=CTRL)
    assert shown(lab, 1, 1) == "2"
