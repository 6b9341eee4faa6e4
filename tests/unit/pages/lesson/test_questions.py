"""Output cells that the learner is asked for: judged, painted, and kept through every change."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.style import language
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.network import Node
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from tests.helpers.asking import FIRST, SECOND, ask, shown, spoken
from tests.helpers.boards import enter, said, tab


def test_an_asked_cell_holds_a_question_mark_and_the_others_their_numbers(drive) -> None:
    lab = drive()
    assert lab.read("output") == [["3", "0", "1"], ["0", "2", "0"], ["1", "0", "3"]]
    questions = ask(lab, FIRST, (1, 1, 0))
    assert lab.read("output") == [["?", "0", "1"], ["0", "?", "0"], ["1", "0", "3"]]
    assert questions.asked == (FIRST, (1, 1, 0))
    assert questions.workings
    assert questions.hides(FIRST)
    assert not questions.hides(SECOND)
    assert questions.entry(FIRST) is questions.right(FIRST) is None
    assert not questions.all_right
    questions.clear()
    assert shown(lab) == "3"
    assert questions.asked == ()


def test_what_is_right_follows_the_numbers(drive) -> None:
    lab = drive()
    questions = ask(lab)
    lab.write("output", 0, 0, "3")
    before = lab.lab.state.now.hidden
    lab.write("x", 0, 2, "2")  # from 1
    assert questions.right(FIRST) is False
    assert shown(lab) == "3"
    assert questions.hides(FIRST)
    lab.document.undo_stack.undo()
    assert questions.right(FIRST) is True
    assert lab.lab.state.now.hidden == before + 2
    lab.write("bias", 0, 0, "1")
    assert questions.entry(FIRST) == 3
    lab.write("output", 0, 0, "4")
    assert questions.all_right
    lab.document.undo_stack.undo()  # the answer is undone like an edit
    assert questions.entry(FIRST) == 3
    assert not questions.all_right
    lab.document.undo_stack.undo()
    assert questions.all_right


def test_a_cell_that_goes_is_not_asked_any_more(drive) -> None:
    lab = drive()
    questions = ask(lab, FIRST, (2, 2, 0), (9, 9, 0), (0, 0))
    assert questions.asked == (FIRST, (2, 2, 0))
    lab.write("output", 2, 2, "5")
    lab.write("output", 0, 0, "3")
    enter(lab, "size:x[0]", "4")
    assert questions.asked == (FIRST,)
    assert questions.entry((2, 2, 0)) is None
    assert questions.gone
    assert not questions.all_right  # a smaller board is no smaller question
    assert lab.read("output")[0][0] == "3"
    lab.document.undo_stack.undo()
    assert questions.asked == (FIRST, (2, 2, 0))
    assert questions.entry((2, 2, 0)) is None
    assert shown(lab, 2, 2) == "?"
    questions.answer((9, 9, 0), 1)
    questions.take_back("output", (9, 9, 0))


def test_a_question_waits_while_another_layer_is_shown(drive) -> None:
    x = np.arange(25.0).reshape(5, 5, 1)
    nodes = (
        Node("conv2d_1", Conv2D(), {"kernel": np.ones((3, 3, 1, 1)), "bias": np.zeros(1)}),
        Node("relu_1", ReLU(), {}),
    )
    lab = drive(Project.chain(x, nodes))
    lab.lab.state.select("conv2d_1")
    questions = ask(lab)
    lab.write("output", 0, 0, "5")
    lab.lab.state.select("relu_1")
    assert questions.asked == ()
    assert not questions.hides(FIRST)
    assert shown(lab) == "54"
    lab.lab.state.select("conv2d_1")
    assert questions.asked == (FIRST,)
    assert shown(lab) == "5"
    # In the layers after it, what comes of it would give it away.
    assert np.isnan(questions.masked("relu_1")[FIRST])
    assert np.isnan(questions.masked("relu_1")).sum() == 1
    assert not np.isnan(questions.masked("input")).any()
    lab.document.replace(lab.document.project.removed("conv2d_1"), "")
    assert questions.asked == ()
    lab.document.undo_stack.undo()
    lab.lab.state.select("conv2d_1")
    assert questions.asked == (FIRST,)


def test_other_work_takes_the_questions_away(drive) -> None:
    lab = drive()
    questions = ask(lab)
    lab.document.open(presets()["max_pooling"].project())
    assert questions.asked == ()
    assert shown(lab) == "3"
    ask(lab, (1, 1, 0))
    assert shown(lab, 1, 1) == "?"


def test_an_answer_may_bring_on_other_work_at_once(drive) -> None:
    lab = drive()
    questions = ask(lab)
    projects = iter([presets()["rgb"].project(), presets()["max_pooling"].project()])

    def go_on(*_: object) -> None:
        lab.document.open(next(projects))
        questions.ask([FIRST], True)

    questions.answered.connect(go_on)
    for answer in ("3", "4"):
        lab.write("output", 0, 0, answer)
        assert shown(lab) == "?"
    assert questions.entry(FIRST) is None
    assert lab.lab.shown.layer.kind == "max_pooling2d"


def test_pointing_at_an_asked_cell_highlights_its_window_even_ahead_of_the_playback(drive) -> None:
    lab = drive()
    lab.lab.playback.first()
    ask(lab, (2, 2, 0))
    assert lab.read("output")[2] == ["", "", "?"]
    lab.hover("output", 2, 1)
    assert lab.lab.state.highlight.at == FIRST
    lab.hover("output", 2, 2)
    found = lab.lab.state.highlight
    assert found.at == (2, 2, 0)
    assert found.hidden
    assert len(found.marks["x"]) == 9
    lab.leave()
    lab.click("output", 2, 2)
    assert lab.lab.playback.at == (2, 2, 0)
    lab.type("3")
    lab.lab.playback.first()
    assert shown(lab, 2, 2) == "3"  # found out already


@pytest.mark.parametrize("view", ["Matrices", "Units", "Network"])
def test_views_and_languages_change_while_something_is_asked(drive, view: str) -> None:
    lab = drive()
    questions = ask(lab)
    lab.write("output", 0, 0, "5")
    tab(lab.part("views"), view)
    language.apply("ja")
    QApplication.processEvents()
    assert questions.entry(FIRST) == 5
    questions.answer(FIRST, 3)
    questions.clear()
    ask(lab, FIRST, workings=False)
    tab(lab.part("views"), words.say("views.cells"))
    assert spoken(lab, 0, 0) == "0行0列: ここの数を求めてください"
    language.apply("en")
    QApplication.processEvents()
    assert shown(lab) == "?"
    assert spoken(lab, 0, 0) == "row 0, column 0: asked for"


# --- numbers written into output cells that the learner is asked for, by keyboard and ---

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
        qtbot.waitUntil(lambda cell=cell: at(lab) == cell)
        assert lab.lab.playback.at[:2] == cell  # what it reads is highlighted
    assert questions.all_right


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
